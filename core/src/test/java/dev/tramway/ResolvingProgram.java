package dev.tramway;

import dev.tramway.testing.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Connects to names that a file gives, which it changes meanwhile. A program of its own, because the JDK takes the place of
 * that file, and how long it remembers a name, from its start.
 */
final class ResolvingProgram {
    private ResolvingProgram() {}

    /** Runs it in a process of its own and gives what it said. */
    static List<String> run() throws IOException, InterruptedException {
        Path hosts = Files.createTempFile("hosts", "");
        Path output = Files.createTempFile("said", "");
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Djdk.net.hosts.file=" + hosts,
                            "-cp",
                            System.getProperty("java.class.path"),
                            ResolvingProgram.class.getName(),
                            hosts.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(2 * Await.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return Files.readAllLines(output);
        } finally {
            Files.delete(hosts);
            Files.delete(output);
        }
    }

    /**
     * The program.
     *
     * @param args the file with the names
     */
    public static void main(String[] args) throws Exception {
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        Path hosts = Path.of(args[0]);
        Files.writeString(hosts, "127.0.0.1 localhost\n", StandardCharsets.UTF_8);
        try (IoService io =
                        IoService.builder().transport(Transport.NIO).threads(1).start();
                TcpServer three = TcpServer.on(io).address("127.0.0.3").port(0).start();
                TcpServer four =
                        TcpServer.on(io).address("127.0.0.4").port(three.port()).start();
                TcpClient client = TcpClient.on(io)
                        .to("moving.test", three.port())
                        .from("127.0.0.1", 0)
                        .build()) {
            say("unknown: " + (failure(client).contains("the name is not known") ? "the name is not known" : ""));
            name(hosts, "127.0.0.2", "127.0.0.3");
            say("first address refused, connected to " + connectedTo(client));
            three.stop(Duration.ZERO).join();
            name(hosts, "127.0.0.4");
            say("moved: connected to " + connectedTo(client));
            four.stop(Duration.ZERO).join();
            name(hosts, "127.0.0.5", "127.0.0.6");
            String refusals = failure(client);
            say("all refused: "
                    + (refusals.contains("127.0.0.5") && refusals.contains("127.0.0.6")
                            ? "127.0.0.5 and 127.0.0.6 named"
                            : refusals));
        }
    }

    private static void name(Path hosts, String... addresses) throws IOException {
        Files.writeString(hosts, String.join(" moving.test\n", addresses) + " moving.test\n", StandardCharsets.UTF_8);
    }

    private static String connectedTo(TcpClient client) {
        client.disconnect().join();
        client.connect();
        return client.session().orElseThrow().remoteAddress().getAddress().getHostAddress();
    }

    private static String failure(TcpClient client) {
        client.disconnect().join();
        try {
            client.connect();
            return "connected";
        } catch (ConnectFailedException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
