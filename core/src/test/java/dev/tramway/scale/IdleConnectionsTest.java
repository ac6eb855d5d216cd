package dev.tramway.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Idle connections in processes of their own: all stay open, and each costs little memory, measured as the slope between
 * two numbers of them.
 */
class IdleConnectionsTest {
    /**
     * A heap that is resident from the beginning, so that what becomes resident later is memory beside the heap;
     * and collections that leave nothing dead behind, which this collector otherwise may.
     */
    private static final List<String> FLAGS = List.of(
            "-Xms512m",
            "-Xmx512m",
            "-XX:+AlwaysPreTouch",
            "-XX:+UseSerialGC",
            "-XX:MarkSweepDeadRatio=0",
            Setup.NO_LEAK_RECORDS);

    /** Descriptors of a process that are none of its connections. */
    private static final int OTHER_DESCRIPTORS = 500;

    /** Heap that a program may take in between for something that has nothing to do with its sessions. */
    private static final long ONCE = 4 << 20;

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Table TABLE = new Table(
            "Memory of an idle session in bytes; goal (P7): 2,048 plain, 12,288 TLS",
            "server",
            "sessions",
            "heap",
            "direct",
            "resident beside the heap",
            "in all",
            "descriptors");

    @TempDir
    private Path directory;

    @AfterAll
    static void print() {
        TABLE.print();
    }

    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    @ParameterizedTest
    @CsvSource({"1, false", "0, true"})
    void idleConnectionsStayOpenAndCostLittle(int loops, boolean tls) {
        check(new Setup(loops, tls), 50, 300, 1);
    }

    @Tag("long")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    @ParameterizedTest
    @CsvSource({"1, false", "0, false", "1, true", "0, true"})
    void fifteenThousandIdleConnectionsStayOpenAndCostLittle(int loops, boolean tls) {
        int many = (int) Math.min(15_000, Machine.descriptorLimit() - OTHER_DESCRIPTORS);
        assumeTrue(many >= 3_000, "the limit of descriptors is too low: ulimit -n");
        if (many < 15_000) {
            System.out.println("Shortened to " + many + " connections: the limit of descriptors (ulimit -n) is "
                    + Machine.descriptorLimit());
        }
        check(new Setup(loops, tls), 1_000, many, 7);
    }

    private void check(Setup setup, int few, int many, int rounds) {
        try (Child server = setup.server(directory, FLAGS);
                Child clients = setup.clients(directory, server, List.of(Setup.NO_LEAK_RECORDS))) {
            warmUp(server, clients, 2 * few, rounds);

            connect(server, clients, few);
            Figures before = server.ask("memory", PATIENCE);
            connect(server, clients, many);
            Figures after = server.ask("memory", PATIENCE);
            long heap = tell(setup, before, after);

            assertThat(after.get("sessions") - before.get("sessions")).isEqualTo(many - few);
            if (after.get("descriptors") > 0) {
                assertThat(after.get("descriptors") - before.get("descriptors")).isEqualTo(many - few);
            }
            long most = setup.tls() ? 32 * 1024 : 8 * 1024;
            assertThat(heap).as("heap of a session").isLessThan(most + ONCE / (many - few));

            Figures answered = clients.ask("ask", PATIENCE);
            assertThat(answered.get("open")).isEqualTo(many);
            assertThat(answered.get("faults")).isZero();
            Figures end = server.ask("figures");
            assertThat(end.get("sessions")).isEqualTo(many);
            assertThat(end.get("faults")).isZero();
            assertThat(server.ask("stop", PATIENCE).get("buffers")).isZero();
        }
    }

    /** What is loaded, compiled and pooled with the first connections belongs to none of them. */
    private static void warmUp(Child server, Child clients, int connections, int rounds) {
        for (int round = 0; round < rounds; round++) {
            connect(server, clients, connections);
            clients.ask("ask", PATIENCE);
            clients.ask("disconnect", PATIENCE);
            Sessions.await(server, 0);
        }
    }

    private static void connect(Child server, Child clients, int total) {
        assertThat(clients.ask("connect " + total, PATIENCE).get("open")).isEqualTo(total);
        Sessions.await(server, total);
    }

    private static long tell(Setup setup, Figures before, Figures after) {
        long sessions = after.get("sessions") - before.get("sessions");
        long heap = slope("heap", before, after, sessions);
        long resident = slope("resident", before, after, sessions);
        boolean known = after.get("resident") > 0;
        TABLE.row(
                setup,
                before.get("sessions") + " to " + after.get("sessions"),
                heap,
                slope("direct", before, after, sessions),
                known ? resident : "not known here",
                known ? heap + resident : "not known here",
                after.get("descriptors"));
        return heap;
    }

    private static long slope(String name, Figures before, Figures after, long sessions) {
        return (after.get(name) - before.get(name)) / sessions;
    }
}
