package dev.tramway.onescript.internal.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the tutorial do what they say. */
class ExampleScriptsTest {
    private static final Path EXAMPLES = Path.of("..", "examples", "scripts").toAbsolutePath();

    @TempDir
    Path directory;

    private ScriptRun run(String name) {
        return ScriptRun.start(EXAMPLES.resolve(name), directory, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo-ru.os", "echo-en.os"})
    void echo(String name) throws Exception {
        try (ScriptRun script = run(name);
                TestPeer peer = TestPeer.connect(script.port())) {
            assertThat(script.line()).contains("1");
            peer.send("то же самое\n");
            assertThat(peer.line()).isEqualTo("то же самое");
            peer.close();
            assertThat(script.line()).contains("1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "chat-ru.os, Вы в комнате общая, Гость 2 вошел, Гость 1: , /комната тихая, Вы в комнате тихая",
        "chat-en.os, You are in room lobby, Guest 2 has come, Guest 1: , /room quiet, You are in room quiet"
    })
    void chat(String name, String welcome, String comes, String says, String command, String moved) throws Exception {
        try (ScriptRun script = run(name)) {
            int port = script.port();
            try (TestPeer first = TestPeer.connect(port)) {
                assertThat(first.line()).isEqualTo(welcome);
                try (TestPeer second = TestPeer.connect(port)) {
                    assertThat(second.line()).isEqualTo(welcome);
                    assertThat(first.line()).isEqualTo(comes);
                    first.send("привет\n");
                    assertThat(second.line()).isEqualTo(says + " привет");
                    second.send(command + "\n");
                    assertThat(second.line()).isEqualTo(moved);
                    first.send(command + "\n");
                    assertThat(first.line()).isEqualTo(moved);
                    assertThat(second.line()).contains("1");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"protocol-ru.os", "protocol-en.os"})
    void protocol(String name) throws Exception {
        try (ScriptRun script = run(name);
                TestPeer peer = TestPeer.connect(script.port())) {
            ByteBuffer sum = ByteBuffer.allocate(13).order(ByteOrder.LITTLE_ENDIAN);
            sum.putInt(9).put((byte) 1).putInt(40).putInt(2);
            peer.send(sum.array());
            ByteBuffer answer = ByteBuffer.wrap(peer.bytes(9)).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(answer.getInt()).isEqualTo(5);
            assertThat(answer.get()).isEqualTo((byte) 129);
            assertThat(answer.getInt()).isEqualTo(42);
            peer.send(new byte[] {4, 0, 0, 0, 2, 'a', 'b', 'c'});
            assertThat(peer.bytes(8)).isEqualTo(new byte[] {4, 0, 0, 0, (byte) 130, 'c', 'b', 'a'});
        }
    }

    @ParameterizedTest
    @CsvSource({"tls-ru.os, 'Сервер ответил: Здравствуй, TLS!'", "tls-en.os, 'The server answers: Hello, TLS!'"})
    void tls(String name, String answer) throws Exception {
        try (ScriptRun script = run(name)) {
            assertThat(script.line()).startsWith("Сертификат сохранен: ");
            assertThat(script.line()).startsWith("Сертификат сохранен: ");
            assertThat(script.port()).isPositive();
            assertThat(script.line()).isEqualTo(answer);
            assertThat(script.exitCode()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"background-ru.os, Принято байтов: 5", "background-en.os, Bytes received: 5"})
    void background(String name, String answer) throws Exception {
        try (ScriptRun script = run(name)) {
            assertThat(script.port()).isPositive();
            assertThat(script.line()).isEqualTo(answer);
            assertThat(script.exitCode()).isZero();
        }
    }
}
