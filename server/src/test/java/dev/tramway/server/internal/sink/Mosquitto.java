package dev.tramway.server.internal.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A real broker on a port of its own, which can go and come back with what it knew, and a real client that hears everything. */
public final class Mosquitto implements AutoCloseable {
    private final Path directory;
    private final int port;
    private final Path configuration;
    private Process broker;

    private Mosquitto(Path directory, List<String> settings) throws IOException {
        this.directory = directory;
        this.port = Ports.free();
        var lines = new ArrayList<>(List.of(
                "listener " + port + " 127.0.0.1",
                "persistence true",
                "persistence_location " + directory + "/",
                "max_queued_messages 0",
                "user root",
                "log_dest file " + directory + "/log"));
        lines.addAll(settings);
        this.configuration = Files.write(directory.resolve("mosquitto.conf"), lines);
        this.broker = run();
    }

    /** Starts one to which everybody may come. */
    public static Mosquitto start(Path directory) throws IOException {
        return start(directory, List.of("allow_anonymous true"));
    }

    /** Starts one with more settings. */
    static Mosquitto start(Path directory, List<String> settings) throws IOException {
        return new Mosquitto(directory, settings);
    }

    private Process run() throws IOException {
        Path program = Installed.program("mosquitto", "mosquitto");
        Process process = new ProcessBuilder(program.toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        Ports.awaitOpen(port, process);
        return process;
    }

    public int port() {
        return port;
    }

    /** Ends it in an orderly way. */
    public void stop() throws InterruptedException {
        broker.destroy();
        broker.waitFor();
    }

    /** Lets it come back. */
    public void startAgain() throws IOException {
        broker = run();
    }

    /** A client that hears everything below a topic, also what comes while it is away; ready when this returns. */
    public Listener listen(String topics, String... options) throws IOException {
        var listener = new Listener(port, topics, options);
        // The client says when the broker has its subscription.
        Ports.await(listener.process, () -> assertThat(listener.subscribed).isTrue());
        return listener;
    }

    @Override
    public void close() {
        broker.destroyForcibly();
    }

    /** What somebody has published. */
    record Message(String topic, boolean retained, String text) {}

    /** Runs {@code mosquitto_sub}, which connects again by itself. */
    public static final class Listener implements AutoCloseable {
        private final ConcurrentLinkedQueue<Message> messages = new ConcurrentLinkedQueue<>();
        private final Process process;
        private volatile boolean subscribed;

        private Listener(int port, String topics, String... options) throws IOException {
            var command = new ArrayList<>(List.of(
                    "stdbuf",
                    "-oL", // or else it keeps to itself that it has subscribed
                    Installed.program("mosquitto_sub", "mosquitto-clients").toString(),
                    "-h",
                    "localhost",
                    "-p",
                    Integer.toString(port),
                    "-t",
                    topics,
                    "-q",
                    "1",
                    "-c",
                    "-i",
                    "listener",
                    "-d",
                    "-F",
                    "> %t\t%r\t%p"));
            command.addAll(List.of(options));
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            Thread.ofPlatform().daemon().name("mosquitto_sub").start(this::read);
        }

        private void read() {
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("> ")) {
                        String[] parts = line.substring(2).split("\t", 3);
                        messages.add(new Message(parts[0], parts[1].equals("1"), parts[2]));
                    } else if (line.startsWith("Subscribed")) {
                        subscribed = true;
                    }
                }
            } catch (IOException e) {
                // closed
            }
        }

        List<Message> messages() {
            return List.copyOf(messages);
        }

        /** What was published, without topics. */
        public List<String> texts() {
            return messages.stream().map(Message::text).toList();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
