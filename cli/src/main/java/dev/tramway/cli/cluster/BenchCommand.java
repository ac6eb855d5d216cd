package dev.tramway.cli.cluster;

import dev.tramway.IoService;
import dev.tramway.SendResult;
import dev.tramway.TcpServer;
import dev.tramway.cluster.NatsCluster;
import dev.tramway.cluster.NatsOptions;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code cluster bench}: deliveries for each second of processor time of a node that receives broadcasts of another, beside those of a node
 * that broadcasts to its own sessions; and the time a message takes.
 */
@Command(
        name = "bench",
        description = "Measures broadcasts of 32 bytes from one node to the clients of another, and their latency.",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    private static final List<Integer> CLIENTS = List.of(100, 1000);
    private static final int WARM_UP = 500;
    private static final long FULL_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long each figure is measured (default: ${DEFAULT-VALUE}).")
    private int seconds = 5;

    @Option(
            names = "--messages",
            paramLabel = "N",
            description = "How many the latency is taken of (default: ${DEFAULT-VALUE}).")
    private int messages = 5000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        if (seconds < 1 || messages < 1) {
            throw new IllegalArgumentException("--seconds and --messages: (expected: 1 or more)");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (NatsProcess nats = NatsProcess.start();
                IoService io = IoService.builder().threads(1).start();
                NatsCluster cluster =
                        NatsCluster.connect(NatsOptions.to(nats.url()).prefix("bench"));
                TcpServer sender = NodeCommand.server(io, cluster)) {
            out.println("| Clients | Broadcasts from | Deliveries/s | Deliveries/s and core |");
            out.println("|---|---|---|---|");
            out.flush();
            for (int clients : CLIENTS) {
                try (Receiver receiver = new Receiver(nats.url(), clients)) {
                    out.println(row(clients, "another node", measure(receiver, () -> flood(sender))));
                    out.println(
                            row(clients, "the node itself", measure(receiver, () -> receiver.floodItself(seconds))));
                    out.flush();
                }
            }
            latency(nats.url(), sender, out);
        }
        return 0;
    }

    private static String row(int clients, String from, Rate rate) {
        return String.format("| %,d | %s | %,.0f | %,.0f |", clients, from, rate.perSecond(), rate.perCore());
    }

    private record Rate(double perSecond, double perCore) {}

    /** Something that goes on for {@link #seconds}. */
    @FunctionalInterface
    private interface Load {
        void run() throws IOException, InterruptedException;
    }

    private Rate measure(Receiver receiver, Load load) throws IOException, InterruptedException {
        load.run(); // compiles, and fills what is to be full
        long began = System.nanoTime();
        long bytes = receiver.sinks.bytes();
        Duration cpu = receiver.cpu();
        load.run();
        double count = (double) (receiver.sinks.bytes() - bytes) / NodeCommand.SIZE;
        double took = (System.nanoTime() - began) / 1e9;
        return new Rate(count / took, count / (receiver.cpu().minus(cpu).toNanos() / 1e9));
    }

    private void flood(TcpServer sender) {
        ByteBuffer message = ByteBuffer.allocate(NodeCommand.SIZE);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() - until < 0) {
            if (sender.everywhere().broadcast(message) == SendResult.FULL) {
                LockSupport.parkNanos(FULL_NANOS);
            }
        }
    }

    // ---- latency ----------------------------------------------------------------------------------------------------

    /** One message after the other, a millisecond apart, to a client here and one on the other node. */
    private void latency(String url, TcpServer sender, PrintWriter out) throws IOException, InterruptedException {
        try (Receiver receiver = new Receiver(url, 0);
                Socket here = new Socket(InetAddress.getLoopbackAddress(), sender.port());
                Socket there = new Socket(InetAddress.getLoopbackAddress(), receiver.port)) {
            Timing local = new Timing(here);
            Timing remote = new Timing(there);
            while (sender.everyone().size() < 1) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            for (int i = 0; i < WARM_UP + messages; i++) {
                ByteBuffer message = ByteBuffer.allocate(NodeCommand.SIZE).putLong(System.nanoTime());
                sender.everywhere().broadcast(message.clear());
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            out.println();
            out.println("| Message to a client of | p50 | p99 |");
            out.println("|---|---|---|");
            out.println(local.row("the same node"));
            out.println(remote.row("another node"));
            out.flush();
        }
    }

    private final class Timing {
        private final long[] nanos = new long[messages];
        private final Thread thread;
        private int counted;

        Timing(Socket socket) throws IOException {
            DataInputStream input = new DataInputStream(socket.getInputStream());
            thread = Thread.ofPlatform().daemon().start(() -> read(input));
        }

        private void read(DataInputStream input) {
            try {
                for (int i = 0; i < WARM_UP + messages; i++) {
                    long sent = input.readLong();
                    input.skipNBytes(NodeCommand.SIZE - Long.BYTES);
                    if (i >= WARM_UP) {
                        nanos[counted++] = System.nanoTime() - sent;
                    }
                }
            } catch (IOException ended) {
                // What was counted is enough.
            }
        }

        String row(String where) throws InterruptedException {
            thread.join(TimeUnit.SECONDS.toMillis(2)); // a client that came late waits for messages in vain
            long[] sorted = Arrays.copyOf(nanos, Math.max(counted, 1));
            Arrays.sort(sorted);
            return String.format(
                    "| %s | %,d µs | %,d µs |",
                    where, sorted[sorted.length / 2] / 1000, sorted[(int) (sorted.length * 0.99)] / 1000);
        }
    }

    // ---- the other node ---------------------------------------------------------------------------------------------

    private static final class Receiver implements AutoCloseable {
        private final Process process;
        private final int port;
        private final Sinks sinks;

        Receiver(String url, int clients) throws IOException {
            process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "dev.tramway.cli.Main",
                            "cluster",
                            "node",
                            url))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            port = awaitPort(process.inputReader(StandardCharsets.UTF_8));
            sinks = new Sinks(port, clients);
        }

        private static int awaitPort(BufferedReader lines) throws IOException {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(NodeCommand.READY)) {
                    return Integer.parseInt(line.substring(NodeCommand.READY.length()));
                }
            }
            throw new IOException("the receiving node has ended before it was ready");
        }

        Duration cpu() {
            return process.info().totalCpuDuration().orElseThrow();
        }

        void floodItself(int seconds) throws IOException, InterruptedException {
            long millis = TimeUnit.SECONDS.toMillis(seconds);
            process.getOutputStream().write((NodeCommand.LOCAL + millis + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            Thread.sleep(millis);
        }

        @Override
        public void close() throws IOException {
            process.destroy();
            sinks.close();
        }
    }
}
