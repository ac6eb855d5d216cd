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

/** Many messages through processes of their own: none is lost, out of order or damaged, and nothing leaks. */
class VolumeTest {
    private static final int CONNECTIONS = 10;
    private static final int WINDOW = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private static final Table TABLE = new Table(
            "Messages echoed, numbered and checked at both ends, " + CONNECTIONS + " connections with " + WINDOW
                    + " on the way",
            "server",
            "messages",
            "seconds",
            "messages a second");

    @TempDir
    private Path directory;

    @AfterAll
    static void print() {
        TABLE.print();
    }

    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    @Test
    void messagesArriveInOrder() {
        check(new Setup(0, true), 200_000);
    }

    @Tag("long")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    @ParameterizedTest
    @CsvSource({"1, false, 10000000", "0, false, 10000000", "1, true, 1000000", "0, true, 1000000"})
    void millionsOfMessagesArriveInOrder(int loops, boolean tls, long messages) {
        check(new Setup(loops, tls), messages);
    }

    private void check(Setup setup, long messages) {
        try (Child server = setup.server(directory, List.of());
                Child clients = setup.clients(directory, server, List.of())) {
            clients.ask("connect " + CONNECTIONS);
            Figures sent = clients.ask("volume " + messages + " " + WINDOW, PATIENCE);
            double seconds = sent.get("nanos") / 1e9;
            TABLE.row(setup, messages, seconds, Math.round(messages / seconds));

            assertThat(sent.get("messages")).isEqualTo(messages);
            assertThat(sent.get("faults")).isZero();
            assertThat(sent.get("open")).isEqualTo(CONNECTIONS);
            Figures served = server.ask("figures");
            assertThat(served.get("messages")).isEqualTo(messages);
            assertThat(served.get("faults")).isZero();
            assertThat(served.get("dropped")).isZero();
            clients.ask("disconnect");
            Sessions.await(server, 0);
            Figures stopped = server.ask("stop");
            assertThat(stopped.get("buffers")).isZero();
            assertThat(stopped.get("leaks")).as("leaks: " + server.log()).isZero();
        }
    }
}
