package dev.tramway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.cli.frames.FramesTool;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FramesToolTest {
    private static final String MEASUREMENT = "00250100000000002001100103026d0020211015191833000000420041480000";

    @TempDir
    Path dir;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int frames(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new FramesTool().run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    @Test
    void everyBuiltinPassesItsTests() {
        assertThat(frames("list")).isZero();
        for (String line : out.toString().lines().toList()) {
            String name = line.substring(0, line.indexOf(' '));
            assertThat(frames("test", name)).as("%s %s", out, err).isZero();
        }
    }

    @Test
    void aFrameIsExplained() {
        assertThat(frames("explain", "aqua-plc", MEASUREMENT, "--colour", "never"))
                .isZero();
        assertThat(out.toString()).startsWith("measurement, 32 bytes").contains("value = 12.5");
        assertThat(frames("explain", "aqua-plc", MEASUREMENT.replace("0042", "004f"), "--colour", "never"))
                .isEqualTo(1);
        assertThat(out.toString()).contains("! field nut");
    }

    @Test
    void aMessageIsEncoded() {
        assertThat(frames(
                        "encode",
                        "aqua-plc",
                        "relay",
                        "sd=00200110",
                        "rf=1",
                        "sc=3",
                        "ch=2",
                        "ts=2021-10-15T19:22:00Z",
                        "nut=47",
                        "relay=3",
                        "operation=1"))
                .as("%s", err)
                .isZero();
        assertThat(out.toString().strip()).isEqualTo("00220100000000002001100103026f0020211015192200000000470301");
        assertThat(frames("encode", "aqua-plc", "relay", "relay=3")).isEqualTo(2);
        assertThat(err.toString()).contains("aqua-plc relay: sd: no value was given");
    }

    @Test
    void mistakesAreNamedWithTheirPlace() throws IOException {
        Path file = Files.writeString(dir.resolve("mine.yaml"), """
                fdl: 1
                protocol: mine
                limits: { frame: 16 }
                framing: { fixed: 2 }
                messages: { one: { fields: [ { value: u17x } ] } }
                """);
        assertThat(frames("check", file.toString())).isEqualTo(1);
        assertThat(err.toString()).startsWith("mine.yaml:5:39: ");
        assertThat(frames("check", dir.resolve("none.yaml").toString())).isEqualTo(2);
        assertThat(frames("explain", "aqua-plc", "xyz")).isEqualTo(2);
        assertThat(frames()).isEqualTo(2);
    }

    @Test
    void watchShowsWhatDevicesSend() throws Exception {
        Path file = Files.writeString(dir.resolve("mine.yaml"), """
                fdl: 1
                protocol: mine
                limits: { frame: 16 }
                framing: { fixed: 2 }
                messages: { one: { fields: [ { value: u16 } ] } }
                """);
        try (Program watch =
                Program.tramway("frames", "watch", file.toString(), "--frames", "1", "--colour", "never")) {
            int port = Integer.parseInt(watch.awaitOutput("for mine").find("Listening on 127\\.0\\.0\\.1:(\\d+)"));
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write(new byte[] {1, 2});
                watch.awaitOutput("value = 258");
                assertThat(watch.exitCode()).isZero();
            }
        }
    }
}
