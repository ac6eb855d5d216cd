package dev.tramway.server.internal.sink;

import static dev.tramway.server.internal.reading.Readings.row;
import static dev.tramway.server.internal.reading.Readings.valued;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.server.internal.spool.Spool;
import dev.tramway.server.internal.spool.SpoolLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class PostgresSinkTest {
    private static Postgres server;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = Postgres.create();
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    private static Sink sink(String table) {
        return Sinks.create("postgresql", "database", new SinkOptions(Map.of("url", server.url(), "table", table)));
    }

    @Test
    void valuesOfEveryKindAreInserted() throws IOException, InterruptedException {
        try (Sink sink = sink("kinds")) {
            sink.deliver(List.of(
                    valued("a", "1", Long.MAX_VALUE),
                    valued("a", "2", -0.125),
                    valued("a", "3", true),
                    valued("a", "4", "it's \0 \"; drop table kinds; --"),
                    valued("a", "5", Double.NaN)));
        }
        assertThat(server.query("select id, number, flag, text from kinds order by id"))
                .containsExactly(
                        "1|9223372036854775807|null|null",
                        "2|-0.125|null|null",
                        "3|null|t|null",
                        "4|null|null|it's \ufffd \"; drop table kinds; --",
                        "5|null|null|NaN");
        assertThat(
                        server.query(
                                "select listener, device, source, name, unit, quality,"
                                        + " device_time = '2026-11-27T00:15:00.123457Z', server_time > device_time from kinds where id = '1'"))
                .containsExactly("plant|a|pump-2/level|pressure|bar|good|t|t");
    }

    @Test
    void readingThatComesAgainIsInsertedOnce() throws IOException, InterruptedException {
        try (Sink sink = sink("again")) {
            sink.deliver(row("a", 0, 700));
            sink.deliver(row("a", 500, 700));
            sink.deliver(List.of(row("a", 0, 1).getFirst(), row("a", 0, 1).getFirst()));
        }
        assertThat(server.query("select count(*) from again")).containsExactly("1200");
    }

    @Test
    void rowThatTheTableForbidsIsRefusedAndItsNeighboursAreInserted()
            throws IOException, InterruptedException, SQLException {
        try (Sink maker = sink("strict")) {
            maker.deliver(row("a", 0, 1));
        }
        server.execute("alter table strict add check (number <> 7)");
        try (Spool spool = Spool.open(directory, SpoolLimits.DEFAULT, List.of(sink("strict")))) {
            Waits.get(spool.store(row("a", 0, 20)));
            Waits.asserted(() -> assertThat(spool.sinks().getFirst().lag()).isZero());
            assertThat(spool.sinks().getFirst().refused()).isEqualTo(1);
        }
        assertThat(server.query("select count(*) from strict")).containsExactly("19");
    }

    @Test
    void tableThatIsMissingIsATroubleUntilItIsThere() throws IOException, InterruptedException, SQLException {
        var options = new SinkOptions(Map.of("url", server.url(), "table", "later", "create", false));
        try (Sink sink = Sinks.create("postgresql", "database", options)) {
            assertThatThrownBy(() -> sink.deliver(row("a", 0, 1)))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(RefusedException.class)
                    .hasMessageContaining("later");
            try (Sink maker = sink("later")) {
                maker.deliver(row("b", 0, 1));
            }
            sink.deliver(row("a", 0, 1));
        }
        assertThat(server.query("select count(*) from later")).containsExactly("2");
    }

    @Test
    void everyReadingArrivesOnceThoughTheServerIsKilled() throws IOException {
        try (Spool spool = Spool.open(directory, SpoolLimits.DEFAULT, List.of(sink("killed")))) {
            Waits.get(spool.store(row("a", 0, 500)));
            Waits.asserted(
                    () -> assertThat(spool.sinks().getFirst().delivered()).isEqualTo(500));
            server.kill();
            Waits.get(spool.store(row("a", 500, 500)));
            Waits.asserted(() -> assertThat(spool.sinks().getFirst().healthy()).isFalse());
            server.startAgain();
            Waits.get(spool.store(row("a", 1000, 500)));
            Waits.asserted(() -> assertThat(spool.sinks().getFirst().lag()).isZero());
        }
        assertThat(server.query("select count(*), min(number), max(number) from killed"))
                .containsExactly("1500|0|1499");
    }
}
