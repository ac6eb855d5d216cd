package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tramway.testing.Await;
import dev.tramway.testing.DescriptorLimit;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Peer;
import dev.tramway.testing.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;

/** A process that has no descriptor left waits for one without turning in circles, and says so once. */
@Timeout(180)
class DescriptorLimitTest {
    private static final int LIMIT = 200;

    /** A JVM with few descriptors; see {@link DescriptorLimit}. */
    private static final class Limited implements AutoCloseable {
        private final Process process;
        private final BufferedReader answers;
        private final PrintStream orders;
        final int port;

        Limited(Wire wire) {
            Path shell = Path.of("/bin/sh");
            assumeThat(Files.isExecutable(shell)).as("a shell that sets limits").isTrue();
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            try {
                process = new ProcessBuilder(
                                shell.toString(),
                                "-c",
                                "ulimit -n " + LIMIT + " && exec \"$@\"",
                                "limited",
                                java,
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                DescriptorLimit.class.getName(),
                                wire.transport().name())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            answers = process.inputReader(StandardCharsets.UTF_8);
            orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
            port = Integer.parseInt(firstAnswer().substring("port ".length()));
        }

        String ask(String order) {
            orders.println(order);
            return answer();
        }

        String answer() {
            return Await.get(CompletableFuture.supplyAsync(this::line));
        }

        /** A JVM takes its time to start on a busy machine; the timeout of the class bounds this. */
        private String firstAnswer() {
            return line();
        }

        private String line() {
            try {
                return Optional.ofNullable(answers.readLine()).orElse("(ended)");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Accepted, failed accepts, open sessions. */
        long[] stats() {
            String[] words = ask("stats").split(" ", -1);
            return new long[] {Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3])};
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void aServerWithoutDescriptorsWaitsTellsItOnceAndAcceptsAgain(Wire wire) {
        List<Peer> peers = new ArrayList<>();
        try (Limited server = new Limited(wire)) {
            long start = System.nanoTime();
            for (int i = 0; i < LIMIT + 50; i++) {
                peers.add(Peer.connect(wire, server.port));
            }
            Await.until("several failed attempts", () -> server.stats()[1] >= 5);
            int served = (int) server.stats()[0];
            assertThat(served).isBetween(50, LIMIT);
            for (Peer peer : peers.subList(0, served)) {
                assertThat(peer.send("open").receiveText(4)).isEqualTo("open");
            }
            // Ten attempts a second at most; turning in circles would be many thousands.
            long failed = server.stats()[1];
            assertThat(failed)
                    .isLessThanOrEqualTo(
                            10 * Duration.ofNanos(System.nanoTime() - start).toSeconds() + 20);
            assertThat(server.ask("told"))
                    .startsWith("told [SYSTEM EMFILE: accepting on 127.0.0.1:" + server.port)
                    .contains(
                            "Too many open files (the process has no file descriptor left; close connections, or raise")
                    .doesNotContain("], [");

            List<Peer> leaving = peers.subList(0, 20);
            leaving.forEach(Peer::close);
            for (Peer waited : peers.subList(served, served + 20)) {
                assertThat(waited.send("in now").receiveText(6)).isEqualTo("in now");
            }
            peers.subList(20, peers.size()).forEach(Peer::close);
            Await.until("all left", () -> server.stats()[2] == 0);
            try (Peer last = Peer.connect(wire, server.port)) {
                assertThat(last.send("as ever").receiveText(7)).isEqualTo("as ever");
            }
            assertThat(server.ask("told").split("EMFILE", -1)).as("told once").hasSize(2);
        } finally {
            peers.forEach(Peer::close);
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void whatNeedsADescriptorFailsClearlyAndWorksAgainLater(Wire wire) {
        try (Limited process = new Limited(wire)) {
            for (int round = 0; round < 2; round++) {
                assertThat(process.ask("exhaust")).startsWith("exhausted ");
                assertThat(process.ask("try"))
                        .startsWith("client ConnectFailedException cannot connect to 127.0.0.1:" + process.port)
                        .contains("Too many open files (the process has no file descriptor left;");
                assertThat(process.answer())
                        .startsWith("server BindFailedException cannot listen on 127.0.0.1:0: Too many open files")
                        .contains("raise its limit (ulimit -n)");
                assertThat(process.answer())
                        .startsWith("endpoint BindFailedException cannot listen on 127.0.0.1:0: Too many open files")
                        .contains("raise its limit (ulimit -n)");
                assertThat(process.ask("free")).isEqualTo("freed");
                assertThat(process.ask("try")).isEqualTo("client works true");
                assertThat(process.answer()).isEqualTo("server works true");
                assertThat(process.answer()).isEqualTo("endpoint works true");
            }
        }
    }
}
