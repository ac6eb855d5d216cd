package dev.tramway.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections that each exchange ten messages a second, in processes of their own: nothing is lost or out of order. */
class LiveConnectionsTest {
    private static final int RATE = 10;

    private static final List<String> FLAGS = List.of(Setup.NO_LEAK_RECORDS);

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Table TABLE = new Table(
            "Round trip in ms at " + RATE
                    + " messages a second on each connection; goal (P8): p99 5 ms, 15 % of a core",
            "server",
            "connections",
            "seconds",
            "p50",
            "p99",
            "p99.9",
            "max",
            "server CPU (% of a core)",
            "client CPU (% of a core)");

    @TempDir
    private Path directory;

    @AfterAll
    static void print() {
        TABLE.print();
    }

    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    @Test
    void liveConnectionsLoseAndReorderNothing() {
        check(new Setup(1, false), 100, 0, 2);
    }

    @Tag("long")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    @ParameterizedTest
    @CsvSource({"1, false", "0, false", "1, true", "0, true"})
    void fifteenHundredLiveConnectionsLoseAndReorderNothing(int loops, boolean tls) {
        check(new Setup(loops, tls), 1_500, 10, 30);
    }

    /** The first seconds compile the program, and are not in the figures. */
    private void check(Setup setup, int connections, int firstSeconds, int seconds) {
        try (Child server = setup.server(directory, FLAGS);
                Child clients = setup.clients(directory, server, FLAGS)) {
            clients.ask("connect " + connections, PATIENCE);
            clients.ask("live " + RATE + " " + firstSeconds, PATIENCE);
            Figures serverBefore = server.ask("figures");
            Figures clientsBefore = clients.ask("figures");
            Figures live = clients.ask("live " + RATE + " " + seconds, PATIENCE);
            Figures serverAfter = server.ask("figures");

            TABLE.row(
                    setup,
                    connections,
                    seconds,
                    millis(live.get("p50")),
                    millis(live.get("p99")),
                    millis(live.get("p999")),
                    millis(live.get("max")),
                    cpu(serverBefore, serverAfter, seconds),
                    cpu(clientsBefore, live, seconds));
            long messages = (long) connections * RATE * seconds;
            assertThat(live.get("echoes")).isEqualTo(messages);
            assertThat(live.get("open")).isEqualTo(connections);
            assertThat(live.get("faults")).isZero();
            assertThat(serverAfter.get("messages") - serverBefore.get("messages"))
                    .isEqualTo(messages);
            assertThat(serverAfter.get("faults")).isZero();
            assertThat(serverAfter.get("sessions")).isEqualTo(connections);
            assertThat(server.ask("stop", PATIENCE).get("buffers")).isZero();
        }
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    private static double cpu(Figures before, Figures after, int seconds) {
        return (after.get("cpu") - before.get("cpu")) / 1e9 / seconds * 100;
    }
}
