package dev.tramway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServeToolTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int serve(String... args) {
        return new ServeTool().run(new PrintWriter(out), new PrintWriter(err), args);
    }

    @Test
    void helpNamesEveryOption() {
        assertThat(serve("--help")).isZero();
        assertThat(out.toString())
                .contains("Usage: tramway serve")
                .contains("--listen", "--tcp", "--no-tcp", "--tls", "--no-tls", "--certificate", "--key", "--password")
                .contains("--state", "--threads", "--handlers", "--transport", "--waiting", "--drain", "--verbose");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--tcp=65536|--tcp: 65536",
                "--threads=-1|--threads: -1",
                "--waiting=sometimes|'sometimes' is no way to wait",
                "--waiting=adaptive:50|'50' is no time",
                "--drain=soon|'soon' is no time",
                "--transport=pigeon|pigeon",
                "--key=server.key|need --certificate",
                "--group=127.0.0.1|group: 127.0.0.1",
                "--interface=nowhere|interface: nowhere",
                "--interval=0s|--interval: 0",
                "--ttl=256|--ttl: 256",
                "--no-such-option|--no-such-option",
            })
    void wrongUsageIsOneLineAndExitCode2(String option, String complaint) {
        assertThat(serve("--no-tls", option)).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("tramway serve: ")
                .contains(complaint)
                .hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aWrongConfigurationHasAnExitCodeOfItsOwn(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("server.yaml"), "listeners: { plant: { prot: 12986 } }\n");
        assertThat(serve(file.toString())).isEqualTo(78);
        assertThat(err.toString()).contains("server.yaml:1:").contains("prot");
    }

    @Test
    void servingNothingIsWrongUsage() {
        assertThat(serve("--no-tcp", "--no-tls", "--no-udp", "--no-multicast")).isEqualTo(2);
        assertThat(err.toString()).contains("at least one listener");
    }

    @Test
    void busyUdpPortIsAFailureToo() throws IOException {
        try (var taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            assertThat(serve("--no-tls", "--tcp=0", "--udp=" + taken.getLocalPort()))
                    .isEqualTo(1);
            assertThat(err.toString())
                    .startsWith("tramway serve: ")
                    .contains("127.0.0.1:" + taken.getLocalPort())
                    .contains("in use")
                    .hasLineCount(1);
        }
    }

    @Test
    void missingCertificateIsAFailureThatNamesTheFile() {
        assertThat(serve("--certificate=/no/such/file.pem")).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("tramway serve: ")
                .contains("/no/such/file.pem")
                .hasLineCount(1);
    }

    @Test
    void addressThatIsNotOursIsAFailure() {
        assertThat(serve("--no-tls", "--tcp=0", "--udp=0", "--listen=192.0.2.1"))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("192.0.2.1")
                .contains("give one that it has")
                .hasLineCount(1);
    }

    @Test
    void busyPortIsOneLineWithARemedyAndTheOtherPortsAreFreeAgain(@TempDir Path state) throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int first = free.getLocalPort();
            free.close();
            assertThat(serve("--tcp=" + first, "--tls=" + taken.getLocalPort(), "--udp=0", "--state=" + state))
                    .isEqualTo(1);
            assertThat(err.toString())
                    .startsWith("tramway serve: cannot listen on 127.0.0.1:" + taken.getLocalPort())
                    .contains("in use")
                    .contains("choose another port")
                    .hasLineCount(1);
            assertThat(out.toString()).isEmpty();
            new ServerSocket(first, 1, InetAddress.getLoopbackAddress()).close();
        }
    }
}
