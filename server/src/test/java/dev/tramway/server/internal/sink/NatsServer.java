package dev.tramway.server.internal.sink;

import java.io.IOException;
import java.nio.file.Path;

/** A real nats-server with JetStream, on a port of its own, which can go and come back with what it knew. */
public final class NatsServer implements AutoCloseable {
    private final Path directory;
    private final int port;
    private Process process;

    private NatsServer(Path directory) throws IOException {
        this.directory = directory;
        this.port = Ports.free();
        this.process = run();
    }

    /** Starts one; takes connections when this returns. */
    public static NatsServer start(Path directory) throws IOException {
        return new NatsServer(directory);
    }

    private Process run() throws IOException {
        Process started = new ProcessBuilder(
                        Installed.program("nats-server", "nats-server").toString(),
                        "-a",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-js",
                        "-sd",
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        Ports.awaitOpen(port, started);
        return started;
    }

    /** Where clients connect to. */
    public String url() {
        return "nats://127.0.0.1:" + port;
    }

    /** Ends it without a word. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Lets it come back. */
    public void startAgain() throws IOException {
        process = run();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
