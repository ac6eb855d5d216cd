package dev.tramway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ExampleToolTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return new ExampleTool().run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    @Test
    void listsAllExamplesWithOneLineEach() {
        assertThat(run()).isZero();
        for (Example example : Example.ALL) {
            assertThat(out.toString()).containsPattern("(?m)^ +" + example.name() + " .*\\w");
        }
    }

    @Test
    void tellsTheArgumentsOfAnExampleAndTheirDefaults() {
        assertThat(run("tcp-chat-client", "--help")).isZero();
        assertThat(out.toString())
                .contains("tcp-chat-client")
                .contains("[ADDRESS]")
                .contains("[PORT]");
    }

    @Test
    void suggestsANameForOneThatIsNotKnown() {
        assertThat(run("tcp-chat-sever")).isEqualTo(2);
        assertThat(err.toString()).contains("tcp-chat-sever").contains("tcp-chat-server");
    }

    @Test
    void saysInOneLineThatAPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            String port = String.valueOf(taken.getLocalPort());
            assertThat(run("tcp-chat-server", port)).isEqualTo(1);
            assertThat(err.toString()).hasLineCount(1).contains(port);
        }
    }

    @Test
    void saysInOneLineThatAnArgumentIsWrong() {
        assertThat(run("tcp-chat-server", "http")).isEqualTo(2);
        assertThat(err.toString()).hasLineCount(1).contains("http").contains("number");
    }

    @Test
    void saysInOneLineThatAPortIsOutOfRange() {
        assertThat(run("tcp-chat-client", "127.0.0.1", "70000")).isEqualTo(2);
        assertThat(err.toString()).hasLineCount(1).contains("70000").contains("65535");
    }

    @Test
    void saysInOneLineThatTheServersCertificateIsNotThere() {
        assertThat(run("tls-chat-client", "127.0.0.1", "2222", "no-such-directory"))
                .isEqualTo(1);
        assertThat(err.toString()).hasLineCount(1).contains("no-such-directory");
    }
}
