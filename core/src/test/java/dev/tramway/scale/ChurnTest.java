package dev.tramway.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Connections that come and go in every way there is, from several addresses, plain and TLS: each is told to listeners
 * exactly once with the right reason, and no buffer, descriptor or session is left.
 */
class ChurnTest {
    private static final Duration PATIENCE = Duration.ofMinutes(26);

    private static final Table TABLE = new Table(
            "Connects and disconnects, in the shares of Ending",
            "loops",
            "connections",
            "addresses",
            "seconds",
            "handshakes failed",
            "descriptors before, after",
            "buffers before, after, stopped");

    @TempDir
    private Path directory;

    @AfterAll
    static void print() {
        TABLE.print();
    }

    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    @Test
    void connectionsThatComeAndGoLeaveNothing() {
        check(0, 1_000);
    }

    @Tag("long")
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    @ParameterizedTest
    @ValueSource(ints = {1, 0})
    void aHundredThousandConnectionsThatComeAndGoLeaveNothing(int loops) {
        check(loops, 100_000);
    }

    private void check(int loops, int connections) {
        try (Child server = new Setup(loops, true).server(directory, List.of());
                Child clients = Setup.churn(directory, server)) {
            server.ask("pairs");
            int first = connections / 5;
            clients.ask("churn " + first, PATIENCE);
            Figures before = Sessions.await(server, 0);

            Figures churned = clients.ask("churn " + (connections - first), PATIENCE);
            Figures after = Sessions.await(server, 0);
            Figures stopped = server.ask("stop");
            TABLE.row(
                    loops == 0 ? "one per core" : loops,
                    connections,
                    churned.get("addresses"),
                    churned.get("nanos") / 1e9,
                    after.get("handshakesFailed"),
                    before.get("descriptors") + ", " + after.get("descriptors"),
                    before.get("buffers") + ", " + after.get("buffers") + ", " + stopped.get("buffers"));

            assertCountsAddUp(connections, churned, after);
            assertThat(after.get("descriptors")).isEqualTo(before.get("descriptors"));
            assertThat(stopped.get("buffers")).isZero();
            assertThat(stopped.get("leaks")).as("leaks: " + server.log()).isZero();
            assertThat(server.log()).as("log").isEmpty();
        }
    }

    private static void assertCountsAddUp(long connections, Figures churned, Figures served) {
        assertThat(served.get("accepted")).isEqualTo(connections);
        assertThat(served.get("connects") + served.get("handshakesFailed")).isEqualTo(connections);
        assertThat(served.get("wrong")).as("events in a wrong order").isZero();
        assertThat(served.get("faults")).isZero();
        Map<String, Long> expected = new TreeMap<>();
        for (Ending ending : Ending.values()) {
            expected.merge(ending.told, churned.get(ending.name()), Long::sum);
        }
        Map<String, Long> told = new TreeMap<>(served.values());
        told.keySet().removeIf(name -> !name.contains("."));
        assertThat(told).isEqualTo(expected);
    }
}
