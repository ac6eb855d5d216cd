package dev.tramway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.Certificates;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be wrong when {@code tramway serve} starts: one line that names the place and the remedy, and a code. */
class ServeFaultsTest {
    @TempDir
    private Path state;

    /** On free ports, but for the options given. */
    private Program serve(String... options) {
        var given = List.of(options);
        var arguments = new ArrayList<>(List.of("serve"));
        Stream.of("--tcp=0", "--tls=0", "--udp=0", "--multicast=0", "--state=" + state)
                .filter(usual -> given.stream().noneMatch(option -> name(option).equals(name(usual))))
                .forEach(arguments::add);
        arguments.addAll(given);
        return Program.tramway(arguments.toArray(String[]::new)).endInput();
    }

    private static String name(String option) {
        return option.substring(0, option.indexOf('='));
    }

    private static void failsWith(int code, Program program, String... told) {
        try (program) {
            assertThat(program.exitCode()).isEqualTo(code);
            assertThat(program.errors()).startsWith("tramway serve: ").contains(told);
            assertThat(program.output()).as("nothing is said to listen").doesNotContain("127.0.0.1:");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--tcp=", "--tls="})
    void aBusyPortIsNamedWithTheRemedy(String option) throws IOException {
        try (var busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            failsWith(
                    1,
                    serve(option + busy.getLocalPort()),
                    "127.0.0.1:" + busy.getLocalPort(),
                    "in use",
                    "choose another port");
        }
    }

    @Test
    void aBusyUdpPortIsNamedWithTheRemedy() throws IOException {
        try (var busy = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            failsWith(
                    1,
                    serve("--udp=" + busy.getLocalPort()),
                    "127.0.0.1:" + busy.getLocalPort(),
                    "choose another port");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsNamed() {
        failsWith(1, serve("--listen=203.0.113.5"), "203.0.113.5");
    }

    @Test
    void aCertificateThatIsMissingOrEmptyIsNamed() throws IOException {
        failsWith(1, serve("--certificate=" + state.resolve("none.pem")), "none.pem");
        Path empty = Files.createFile(state.resolve("empty.pem"));
        failsWith(1, serve("--certificate=" + empty), "empty.pem");
    }

    @Test
    void aWrongPasswordIsToldAndNeverShown() {
        Path file = state.resolve("server.pem");
        Certificates.server("localhost").make().writePem(file, "qwerty");
        var wrong = serve("--certificate=" + file, "--password=azerty");
        failsWith(1, wrong, "server.pem", "password");
        assertThat(wrong.errors()).doesNotContain("azerty");
        try (var right = serve("--certificate=" + file, "--password=qwerty")) {
            right.awaitOutput("stop  ");
            assertThat(right.terminate().exitCode()).isZero();
        }
    }

    @Test
    void aStateDirectoryThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.createFile(state.resolve("a-file"));
        failsWith(1, serve("--state=" + file.resolve("below")), "a-file", "--state", "--certificate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--tpc=1",
                "--tcp=70000",
                "--waiting=never",
                "--transport=pigeon",
                "--drain=soon",
                "--threads=-1",
                "--ttl=300",
                "--group=10.0.0.1"
            })
    void wrongUsageNamesTheOption(String option) {
        failsWith(2, serve(option), name(option).substring(2));
    }
}
