package dev.tramway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.Certificates;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code tramway connect} as a process, as a client of {@code tramway serve}. */
class ConnectProcessTest {
    @TempDir
    private static Path state;

    private static Program server;
    private static String tcp;
    private static String tls;
    private static String udp;
    private static String certificate;

    @BeforeAll
    static void start() {
        server = Program.tramway(
                        "serve",
                        "--tcp=0",
                        "--tls=0",
                        "--udp=0",
                        "--multicast=0",
                        "--interval=100ms",
                        "--state=" + state)
                .endInput()
                .awaitOutput("stop  ");
        tcp = server.find("^TCP chat +127\\.0\\.0\\.1:(\\d+)");
        tls = server.find("^TLS chat +127\\.0\\.0\\.1:(\\d+)");
        udp = server.find("^UDP echo +127\\.0\\.0\\.1:(\\d+)");
        certificate = state.resolve("serve.crt").toString();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Program connect(String... more) {
        String[] arguments = new String[more.length + 1];
        arguments[0] = "connect";
        System.arraycopy(more, 0, arguments, 1, more.length);
        return Program.tramway(arguments);
    }

    @Test
    void plainAndEncryptedChatWithEachOther() {
        try (var plain = connect("127.0.0.1", tcp).awaitOutput("Hello from the TCP chat!");
                var encrypted =
                        connect("--trust", certificate, "localhost", tls).awaitOutput("Hello from the TLS chat!")) {
            plain.type("from plain: grüße\n");
            encrypted.awaitOutput("from plain: grüße\n").type("from encrypted\n");
            plain.awaitOutput("from encrypted\n").type("!\n");
            assertThat(plain.exitCode()).as("the server ends it in order").isZero();
            assertThat(encrypted.endInput().exitCode())
                    .as("it ends with its input")
                    .isZero();
            assertThat(encrypted.errors()).isEmpty();
        }
    }

    @Test
    void answersThatComeAfterTheEndOfInputAreShown() {
        try (var piped = connect("--wait=3", "127.0.0.1", tcp).type("one\n").endInput()) {
            assertThat(piped.exitCode()).isZero();
            assertThat(piped.output()).contains("one\n");
        }
    }

    @Test
    void eachLineIsADatagram() {
        try (var client = connect("--udp", "127.0.0.1", udp)) {
            client.type("there and back\n").awaitOutput("there and back\n");
            client.type("again\n").awaitOutput("again\n");
            assertThat(client.endInput().exitCode()).isZero();
        }
    }

    @Test
    void hearsAGroup() {
        String port = server.find("^multicast +239\\.255\\.0\\.1:(\\d+)");
        try (var listener = connect("--multicast", "239.255.0.1", port).endInput()) {
            listener.awaitOutput("tramway ").awaitOutput(" sessions=");
        }
    }

    @Test
    void whoCannotBeReachedIsNamed() {
        try (var nobody = connect("127.0.0.1", "1");
                var unknown = connect("no-such-host.invalid", "1111")) {
            assertThat(nobody.exitCode()).isOne();
            assertThat(nobody.errors()).startsWith("tramway connect: ").contains("127.0.0.1:1", "refused");
            assertThat(unknown.exitCode()).isOne();
            assertThat(unknown.errors()).startsWith("tramway connect: ").contains("no-such-host.invalid");
        }
    }

    @Test
    void nobodyAtAUdpPortIsTold() {
        try (var client = connect("--udp", "--wait=60", "127.0.0.1", "1").type("anybody?\n")) {
            assertThat(client.exitCode()).isOne();
            assertThat(client.errors()).startsWith("tramway connect: ");
        }
    }

    @Test
    void aCertificateThatIsNotTrustedOrForAnotherHostEndsIt(@TempDir Path other) {
        Path stranger = other.resolve("stranger.crt");
        Certificates.server("localhost").make().writeCertificates(stranger);
        try (var untrusted = connect("--trust", stranger.toString(), "localhost", tls);
                var wrongName = connect("--trust", certificate, "--server-name", "elsewhere.test", "localhost", tls);
                var insecure = connect("--insecure", "localhost", tls).awaitOutput("Hello from the TLS chat!")) {
            assertThat(untrusted.exitCode()).isOne();
            assertThat(untrusted.errors()).startsWith("tramway connect: ");
            assertThat(untrusted.output()).isEmpty();
            assertThat(wrongName.exitCode()).isOne();
            assertThat(wrongName.errors()).contains("elsewhere.test");
            assertThat(insecure.endInput().exitCode()).isZero();
        }
    }

    @Test
    void theWrongPortForTlsEndsInAnError() {
        try (var encrypted = connect("--trust", certificate, "localhost", tcp);
                var plain = connect("127.0.0.1", tls).type("hello?\n")) {
            assertThat(encrypted.exitCode()).isOne();
            assertThat(encrypted.errors()).startsWith("tramway connect: ");
            plain.exitCode(); // what a TLS server answers to text is up to its library; it must end
            assertThat(plain.output()).doesNotContain("Hello from the TLS chat!");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'connect 127.0.0.1', 'expected: HOST PORT'",
        "'connect 127.0.0.1 99999', 'expected: 1 to 65535'",
        "'connect 127.0.0.1 http', 'expected: 1 to 65535'",
        "'connect --udp --tls 127.0.0.1 1', 'TLS goes over TCP'",
        "'connect --key some.key 127.0.0.1 1', 'add --certificate'",
        "'connect --multicast 10.0.0.1 3334', '10.0.0.1'",
        "'connect --tsl 127.0.0.1 1', '--tsl'",
    })
    void wrongUsageIsToldAndIsExitCodeTwo(String line, String told) {
        try (var wrong = Program.tramway(line.split(" "))) {
            assertThat(wrong.exitCode()).isEqualTo(2);
            assertThat(wrong.errors()).startsWith("tramway connect: ").contains(told);
            assertThat(wrong.output()).isEmpty();
        }
    }
}
