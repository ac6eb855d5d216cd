package dev.tramway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.IoService;
import dev.tramway.TcpServer;
import dev.tramway.frames.Conversation;
import dev.tramway.frames.Protocol;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulateToolTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int simulate(String... args) {
        return new SimulateTool().run(new PrintWriter(out), new PrintWriter(err), args);
    }

    @Test
    void helpNamesTheOptions() {
        assertThat(simulate("--help")).isZero();
        assertThat(out.toString())
                .contains("Usage: tramway simulate", "--devices", "--port", "--interval", "--rate", "--secure")
                .contains("--segment", "--delay", "--corrupt", "--reconnect", "--storm", "--duplicate", "--record");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--port=0|port: 0",
                "--devices=0|devices: 0",
                "--interval=0s|interval: PT0S",
                "--rate=-1|--rate: -1",
                "--corrupt=2|corrupt: 2",
                "--vary=ch|--vary: ch",
                "--secure|--secure needs --key or --keys",
                "--report=weather|message weather",
                "--no-such-option|--no-such-option",
                "no-such-file.yaml|no-such-file.yaml: no such file",
            })
    void wrongUsageIsOneLineAndExitCode2(String option, String complaint) {
        assertThat(simulate(option)).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("tramway simulate: ")
                .contains(complaint)
                .hasLineCount(1);
    }

    @Test
    void devicesThatReachedTheServerAreASuccess(@TempDir Path directory) throws IOException {
        Protocol plc = Protocol.builtin("aqua-plc");
        Path record = directory.resolve("record.jsonl");
        try (IoService io = IoService.start();
                TcpServer server = TcpServer.on(io)
                        .address("127.0.0.1")
                        .port(0)
                        .framing(plc.framing())
                        .onMessage(
                                plc.codec(),
                                (session, message) -> new Conversation(plc)
                                        .acknowledgement(message)
                                        .ifPresent(answer -> session.send(answer, plc.codec())))
                        .start()) {
            int code = simulate(
                    "--port=" + server.port(),
                    "--devices=3",
                    "--interval=50ms",
                    "--for=2s",
                    "--drain=20s",
                    "--record=" + record);
            assertThat(code).isZero();
        }
        assertThat(out.toString())
                .contains("3 devices of aqua-plc")
                .containsPattern("connections +3 ")
                .contains(" acknowledged, 0 not yet");
        assertThat(Files.readString(record))
                .contains("\"kind\":\"up\"", "\"kind\":\"down\"", "\"session\":\"00200112\"");
    }

    @Test
    void noServerIsAFailure() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThat(simulate("--port=" + port, "--devices=1", "--for=100ms", "--drain=0s"))
                .isEqualTo(1);
        assertThat(out.toString()).containsPattern("connections +0 ");
    }
}
