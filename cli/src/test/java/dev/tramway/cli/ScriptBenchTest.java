package dev.tramway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Scripts are measured in processes of their own; here for a moment, with a few clients: what is lost makes it fail. */
class ScriptBenchTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void aServerIsMeasuredBesidePlainJava() {
        try (var bench = Program.tramway("bench", "script", "--only=live", "--seconds=0.2", "--clients=5")) {
            bench.awaitOutput("| 5 clients, answer, p99, ms | <= 5 | ")
                    .awaitOutput("| everything to everybody, deliveries, 1/s |  | ");
            assertThat(bench.exitCode()).as(bench.output()).isZero();
        }
    }

    @Test
    void whatCannotBeMeasuredIsSaid() {
        try (var bench = Program.tramway("bench", "script", "--only=speed")) {
            assertThat(bench.exitCode()).isEqualTo(2);
            assertThat(bench.errors()).contains("speed", "latency");
        }
    }
}
