package dev.tramway.cli.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A nats-server of our own: on loopback, on a port of its choice, with JetStream in a directory that goes with it. */
final class NatsProcess implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("nats://127\\.0\\.0\\.1:(\\d+)");
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long LOOK_MILLIS = 20;

    private final Path directory;
    private final Process process;
    private final int port;
    private final Thread atExit = new Thread(this::end, "nats-server");

    private NatsProcess(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
        Runtime.getRuntime().addShutdownHook(atExit);
        this.port = awaitPort();
    }

    /**
     * Starts it; takes connections when this returns.
     *
     * @throws UncheckedIOException if it is not installed, or does not start
     */
    static NatsProcess start() {
        try {
            Path directory = Files.createTempDirectory("tramway-nats");
            Process process = new ProcessBuilder(List.of(
                            program().toString(),
                            "-a",
                            "127.0.0.1",
                            "-p",
                            "-1",
                            "-js",
                            "-sd",
                            directory.toString(),
                            "--ports_file_dir",
                            directory.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("output").toFile())
                    .start();
            return new NatsProcess(directory, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static Path program() throws IOException {
        return Stream.concat(Arrays.stream(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
                .map(place -> Path.of(place, "nats-server"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException("nats-server is not installed: apt-get install nats-server, or see"
                        + " https://nats.io/download"));
    }

    private int awaitPort() {
        Path file = directory.resolve("nats-server_" + process.pid() + ".ports");
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (process.isAlive() && System.nanoTime() - until < 0) {
            try {
                Matcher found = PORT.matcher(Files.exists(file) ? Files.readString(file) : "");
                if (found.find() && takesConnections(Integer.parseInt(found.group(1)))) {
                    return Integer.parseInt(found.group(1));
                }
                Thread.sleep(LOOK_MILLIS);
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        process.destroyForcibly();
        throw new UncheckedIOException(
                "nats-server did not start; it said: " + directory.resolve("output"), new IOException("no port"));
    }

    private static boolean takesConnections(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    String url() {
        return "nats://127.0.0.1:" + port;
    }

    private void end() {
        process.destroyForcibly();
        try (Stream<Path> files = Files.walk(directory)) {
            process.waitFor(1, TimeUnit.SECONDS);
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException left) {
            // It lies in the directory for temporary files.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException exiting) {
            // It is what closes us, or will find nothing to do.
        }
    }
}
