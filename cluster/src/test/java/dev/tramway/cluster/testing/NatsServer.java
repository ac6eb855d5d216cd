package dev.tramway.cluster.testing;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real nats-server with JetStream on loopback, which can be killed and come back on the same port with what it knew. */
public final class NatsServer implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("(?:nats|tls)://[0-9.]+:(\\d+)");

    private final Network network;
    private final Path directory;
    private final List<String> more;
    private Process process;
    private int port;

    /**
     * Where it runs.
     *
     * @param enter what its command begins with
     * @param address where it is reached there
     */
    private record Network(List<String> enter, String address) {
        private static final Network OWN = new Network(List.of(), "127.0.0.1");
    }

    private NatsServer(Network network, Path directory, int port, List<String> more) throws IOException {
        this.network = network;
        this.directory = directory;
        this.more = more;
        this.process = run(port);
        this.port = port > 0 ? port : readPort();
        awaitOpen();
    }

    /** Starts one on a port of the system's choice; ready when this returns. */
    public static NatsServer start(Path directory, String... more) throws IOException {
        return new NatsServer(Network.OWN, Files.createDirectories(directory), -1, List.of(more));
    }

    /**
     * Starts one in another network.
     *
     * @param enter what its command begins with
     * @param address where it is reached there
     */
    public static NatsServer startIn(List<String> enter, String address, Path directory) throws IOException {
        return new NatsServer(new Network(enter, address), Files.createDirectories(directory), -1, List.of());
    }

    /** Starts several that are one cluster. */
    public static List<NatsServer> startCluster(Path directory, int servers) throws IOException {
        List<Integer> routes = new ArrayList<>();
        for (int i = 0; i < servers; i++) {
            routes.add(freePort());
        }
        String all = String.join(
                ",", routes.stream().map(route -> "nats://127.0.0.1:" + route).toList());
        List<NatsServer> started = new ArrayList<>();
        for (int i = 0; i < servers; i++) {
            started.add(start(
                    directory.resolve("server" + i),
                    "-n",
                    "server" + i,
                    "--cluster_name",
                    "test",
                    "--cluster",
                    "nats://127.0.0.1:" + routes.get(i),
                    "--routes",
                    all));
        }
        return started;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process run(int wanted) throws IOException {
        List<String> command = new ArrayList<>(network.enter());
        command.addAll(List.of(
                program().toString(),
                "-a",
                network.address(),
                "-p",
                Integer.toString(wanted),
                "-js",
                "-sd",
                directory.toString(),
                "--ports_file_dir",
                directory.toString()));
        command.addAll(more);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("output").toFile()))
                .start();
    }

    /** Where it is missing, its tests are left out, except in CI, where they fail. */
    private static Path program() {
        Optional<Path> found = Stream.concat(
                        Arrays.stream(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
                .map(place -> Path.of(place, "nats-server"))
                .filter(Files::isExecutable)
                .findFirst();
        String missing = "nats-server is missing: install the package nats-server";
        if (found.isEmpty() && System.getenv("CI") != null) {
            throw new AssertionError(missing);
        }
        assumeThat(found).as(missing).isPresent();
        return found.orElseThrow();
    }

    private int readPort() {
        Path file = directory.resolve("nats-server_" + process.pid() + ".ports");
        int[] found = new int[1];
        Await.until("port of nats-server", () -> {
            try {
                Matcher port = PORT.matcher(Files.exists(file) ? Files.readString(file) : "");
                found[0] = port.find() ? Integer.parseInt(port.group(1)) : 0;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return found[0] > 0;
        });
        return found[0];
    }

    /** It writes its port down once it takes connections; one that has come back is tried, as only those in this network are. */
    private void awaitOpen() {
        if (!network.equals(Network.OWN)) {
            return;
        }
        Await.until("nats-server takes connections", () -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    /** Where clients connect to. */
    public String url() {
        return "nats://" + network.address() + ":" + port;
    }

    /** Stops its process for a while, or has it go on, as a signal does. */
    public void signal(String name) throws IOException, InterruptedException {
        Signals.send(process.pid(), name);
    }

    /** Ends it without a word. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    /** Lets it come back. */
    public void startAgain() throws IOException {
        process = run(port);
        awaitOpen();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
