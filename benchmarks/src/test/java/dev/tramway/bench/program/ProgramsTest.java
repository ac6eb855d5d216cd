package dev.tramway.bench.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.bench.BenchTool;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each scenario program over loopback for a moment, the servers as processes: counts and exit codes, no speed. */
class ProgramsTest {
    private static final Pattern PORT = Pattern.compile("Listening on port (\\d+)");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tls"})
    void aTotalComesBackWhole(String protocol) {
        try (var server = Server.start(protocol + "-echo-server", "-a", "127.0.0.1", "-p", "0", "-t", "1")) {
            int code = client(
                    protocol + "-echo-client",
                    server.port,
                    "--mode=total",
                    "--clients=3",
                    "--messages=1001",
                    "--size=100");
            assertThat(err.toString()).isEmpty();
            assertThat(code).isZero();
            assertThat(value("Total messages")).isEqualTo("1001");
            assertThat(value("Errors")).isEqualTo("0");
            assertThat(value("Total data")).isEqualTo("97.754 KiB");
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp, windowed", "tls, windowed", "udp, windowed", "tcp, rate", "udp, rate"})
    void aTimedRunCountsWhatComesBack(String protocol, String mode) {
        try (var server = Server.start(protocol + "-echo-server", "-a", "127.0.0.1", "-p", "0", "-t", "1")) {
            int code = client(
                    protocol + "-echo-client",
                    server.port,
                    "--mode=" + mode,
                    "-c2",
                    "-m20",
                    "-s32",
                    "-z0.5",
                    "--stall=20");
            assertThat(err.toString()).isEmpty();
            assertThat(code).isZero();
            assertThat(Long.parseLong(value("Total messages"))).isPositive();
            assertThat(out.toString().contains("Round trip: p50")).isEqualTo(mode.equals("rate"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void pingPongMeasuresEachRoundTrip(String protocol) {
        try (var server = Server.start(protocol + "-echo-server", "-a", "127.0.0.1", "-p", "0", "-t", "1")) {
            assertThat(client(protocol + "-echo-client", server.port, "--mode=ping-pong", "-c2", "-m101"))
                    .isZero();
            assertThat(value("Total messages")).isEqualTo("101");
            assertThat(value("Missing")).isEqualTo("0");
            assertThat(out.toString()).contains("Round trip: p50");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tls"})
    void multicastReachesAllClients(String protocol) {
        try (var server = Server.start(
                protocol + "-multicast-server", "-a", "127.0.0.1", "-p", "0", "-t", "1", "-m", "2000", "--pace=even")) {
            assertThat(client(protocol + "-multicast-client", server.port, "-c3", "-z0.5", "--stall=20"))
                    .isZero();
            assertThat(Long.parseLong(value("Total messages"))).isPositive();
            assertThat(server.stop()).contains("Messages dropped: 0").anyMatch(line -> line.startsWith("CPU time: "));
        }
    }

    @Test
    void datagramsReachTheGroupOnLoopback() throws IOException {
        int port = freeUdpPort();
        try (var server = Server.start(
                "udp-multicast-server",
                "-p",
                "" + port,
                "-m",
                "1000",
                "--pace=even",
                "--interface=127.0.0.1",
                "--ttl=0")) {
            assertThat(client("udp-multicast-client", port, "-c2", "-z0.5", "--stall=20", "--interface=127.0.0.1"))
                    .isZero();
            assertThat(Long.parseLong(value("Total messages"))).isPositive();
            assertThat(server.stop()).anyMatch(line -> line.startsWith("Messages sent: "));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-echo-client", "tls-echo-client", "udp-echo-client", "tcp-multicast-client"})
    void aMissingServerIsAnError(String program) throws IOException {
        int port = program.startsWith("udp") ? freeUdpPort() : freeTcpPort();
        assertThat(client(program, port, "-c2", "-z20", "--stall=1")).isEqualTo(1);
        assertThat(err.toString()).contains(String.valueOf(port));
    }

    @Test
    void aSilentServerIsAnError() throws IOException {
        try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            assertThat(client("tcp-echo-client", silent.getLocalPort(), "-c1", "-m1", "--stall=0.3"))
                    .isEqualTo(1);
            assertThat(err.toString()).contains("Nothing has come from 127.0.0.1:" + silent.getLocalPort());
        }
    }

    @Test
    void optionsThatMakeNoSenseAreWrongUsage() {
        assertThat(client("tcp-echo-client", 1, "-c0")).isEqualTo(2);
        assertThat(err.toString()).contains("clients: 0 (expected: at least 1)");
        assertThat(client("udp-echo-client", 1, "--mode=rate", "-s4")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"tcp-echo-client, 1111", "tls-echo-server, 2222", "udp-multicast-client, 3333"})
    void helpTellsTheDefaultsOfTheFoundingDocuments(String program, String port) {
        assertThat(run(program, "--help")).isZero();
        assertThat(out.toString()).contains("(" + port + ")");
        assertThat(out.toString().contains("239.255.0.1")).isEqualTo(program.startsWith("udp-multicast"));
    }

    private int client(String program, int port, String... more) {
        var arguments = new ArrayList<>(List.of(program, "-t", "1", "-p", Integer.toString(port)));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        return new BenchTool().run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private String value(String name) {
        return out.toString()
                .lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElseThrow();
    }

    private static int freeTcpPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static int freeUdpPort() throws IOException {
        try (var socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** A server program in a process of its own, ended by the end of its input. */
    private static final class Server implements AutoCloseable {
        private final Process process;
        private final BufferedReader lines;
        private final int port;

        private Server(Process process) throws IOException {
            this.process = process;
            this.lines = process.inputReader(StandardCharsets.UTF_8);
            for (var line = lines.readLine(); ; line = lines.readLine()) {
                if (line == null) {
                    throw new IOException("the server does not start");
                }
                var matcher = PORT.matcher(line);
                if (matcher.matches()) {
                    port = Integer.parseInt(matcher.group(1));
                    return;
                }
            }
        }

        static Server start(String... arguments) {
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName()));
            command.addAll(List.of(arguments));
            try {
                return new Server(new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Ends it; what it still said. */
        List<String> stop() {
            try {
                process.outputWriter(StandardCharsets.UTF_8).close();
                return lines.lines().toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            process.destroy();
        }
    }

    /** The tool as a process. */
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) {
            System.exit(new BenchTool().run(writer(System.out), writer(System.err), arguments));
        }

        private static PrintWriter writer(OutputStream out) {
            return new PrintWriter(out, true, StandardCharsets.UTF_8);
        }
    }
}
