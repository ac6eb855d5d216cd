package dev.tramway.server.internal.traffic;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tramway.IoService;
import dev.tramway.Session;
import dev.tramway.TcpServer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traffic recorded between a device and a server, and played again. */
class TrafficTest {
    private static final int LIMIT_MILLIS = 30_000;

    @TempDir
    private Path directory = Path.of("");

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final IoService io = IoService.start();
    private final TcpServer server = TcpServer.on(io)
            .address("127.0.0.1")
            .port(0)
            .onMessage(this::received)
            .start();

    @AfterEach
    void stop() {
        server.close();
        io.close();
    }

    private void received(Session session, ByteBuffer bytes) {
        String text = US_ASCII.decode(bytes.duplicate()).toString();
        heard.add(text);
        session.send("<" + text + ">");
    }

    private Path recorded(String... words) throws Exception {
        Path file = directory.resolve("traffic.jsonl");
        try (Tunnel tunnel = new Tunnel("127.0.0.1", 0, "127.0.0.1", server.port(), file);
                Socket device = new Socket(InetAddress.getLoopbackAddress(), tunnel.port())) {
            device.setSoTimeout(LIMIT_MILLIS);
            for (String word : words) {
                device.getOutputStream().write(word.getBytes(US_ASCII));
                byte[] answer = device.getInputStream().readNBytes(word.length() + 2);
                assertThat(new String(answer, US_ASCII)).isEqualTo("<" + word + ">");
            }
            assertThat(tunnel.connections()).isEqualTo(1);
        }
        return file;
    }

    @Test
    void theTunnelPassesOnAndWritesDownBothWays() throws Exception {
        List<String> lines = Files.readAllLines(recorded("one", "two"));
        assertThat(lines).hasSizeGreaterThanOrEqualTo(5);
        assertThat(lines.get(0)).contains("\"session\":\"1\"", "\"kind\":\"open\"");
        assertThat(lines.get(1)).contains("\"kind\":\"up\"", "\"hex\":\"6f6e65\"");
        assertThat(lines.get(2)).contains("\"kind\":\"down\"", "\"hex\":\"3c6f6e653e\"");
        assertThat(lines.get(3)).contains("\"kind\":\"up\"", "\"hex\":\"74776f\"");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1})
    void aReplaySendsWhatTheDeviceSent(double speed) throws Exception {
        Path file = recorded("one", "two");
        heard.clear();
        Replay.Report report = new Replay(file, "127.0.0.1", server.port(), speed).run();
        assertThat(report.connections()).isEqualTo(1);
        assertThat(report.sent()).isEqualTo(6);
        await().atMost(Duration.ofMillis(LIMIT_MILLIS))
                .untilAsserted(() -> assertThat(String.join("", heard)).isEqualTo("onetwo"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "{\"time\":\"yesterday\",\"session\":\"1\",\"kind\":\"up\",\"hex\":\"00\"}",
                "{\"time\":\"2026-11-27T00:00:00Z\",\"session\":\"1\",\"kind\":\"sideways\",\"hex\":\"00\"}",
                "{\"time\":\"2026-11-27T00:00:00Z\",\"session\":\"1\",\"kind\":\"up\",\"hex\":\"0\"}"
            })
    void aWrongLineIsNamed(String line) throws Exception {
        Path file = directory.resolve("wrong.jsonl");
        Files.writeString(
                file, "{\"time\":\"2026-11-27T00:00:00Z\",\"session\":\"1\",\"kind\":\"open\"}\n" + line + "\n");
        assertThatThrownBy(() -> new Replay(file, "127.0.0.1", server.port(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wrong.jsonl:2");
    }
}
