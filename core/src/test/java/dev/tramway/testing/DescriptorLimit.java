package dev.tramway.testing;

import dev.tramway.BindFailedException;
import dev.tramway.ConnectFailedException;
import dev.tramway.ErrorEvent;
import dev.tramway.IoService;
import dev.tramway.ServerListener;
import dev.tramway.ServerStats;
import dev.tramway.Session;
import dev.tramway.TcpClient;
import dev.tramway.TcpServer;
import dev.tramway.Transport;
import dev.tramway.UdpEndpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * A program for a JVM of its own that runs out of descriptors: serves an echo, and does what it is told by lines of its
 * input.
 */
public final class DescriptorLimit implements ServerListener {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<InputStream> hoard = new ArrayList<>();
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private DescriptorLimit() {}

    /** Serves with the transport that is named, until its input ends. */
    public static void main(String... arguments) throws Exception {
        loadAll();
        new DescriptorLimit().serve(Transport.valueOf(arguments[0]));
    }

    private static void loadAll() throws Exception {
        loadAll(TcpServer.class, "");
        loadAll(DescriptorLimit.class, DescriptorLimit.class.getSimpleName());
    }

    /** Class files in directories need descriptors too. */
    private static void loadAll(Class<?> beside, String named) throws Exception {
        Path classes = Path.of(
                beside.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".class")
                            && one.getFileName().toString().startsWith(named))
                    .toList()) {
                String name = classes.relativize(file).toString().replace(".class", "");
                if (!name.contains("-info") && !name.contains("Kqueue")) {
                    Class.forName(name.replace(file.getFileSystem().getSeparator(), "."));
                }
            }
        }
    }

    private void serve(Transport transport) throws Exception {
        try (IoService io = IoService.builder().transport(transport).threads(1).start();
                TcpServer server = TcpServer.on(io)
                        .address("127.0.0.1")
                        .port(0)
                        .onMessage(Session::send)
                        .listen(this)
                        .start()) {
            meetEveryFailureOnce(io);
            out.println("port " + server.port());
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                switch (line) {
                    case "stats" -> tellStats(server.stats());
                    case "told" -> out.println("told " + told);
                    case "exhaust" -> exhaust();
                    case "free" -> free();
                    default -> tryAll(io, server.port());
                }
            }
        }
    }

    /** What the JDK loads for an exception, and for its text, is loaded now. */
    private static void meetEveryFailureOnce(IoService io) {
        try {
            TcpClient.on(io).to("127.0.0.1", 1).connect().close();
        } catch (ConnectFailedException expected) {
            assert !expected.toString().isEmpty();
        }
    }

    private void tellStats(ServerStats now) {
        out.println("stats " + now.accepted() + " " + now.acceptsFailed() + " " + now.sessions());
    }

    @Override
    public void onError(TcpServer server, ErrorEvent error) {
        told.add(error.toString());
    }

    /** Takes every descriptor that there is. */
    private void exhaust() {
        try {
            while (true) {
                hoard.add(Files.newInputStream(Path.of("/dev/null")));
            }
        } catch (IOException noMore) {
            out.println("exhausted " + hoard.size());
        }
    }

    private void free() throws IOException {
        for (InputStream one : hoard) {
            one.close();
        }
        hoard.clear();
        out.println("freed");
    }

    /** Tries everything that needs a descriptor. */
    private void tryAll(IoService io, int port) {
        out.println(
                "client " + outcome(() -> TcpClient.on(io).to("127.0.0.1", port).connect()));
        out.println("server "
                + outcome(() -> TcpServer.on(io).address("127.0.0.1").port(0).start()));
        out.println("endpoint "
                + outcome(() -> UdpEndpoint.on(io).bind("127.0.0.1", 0).start()));
    }

    private interface Attempt {
        AutoCloseable make();
    }

    private static String outcome(Attempt attempt) {
        try (AutoCloseable made = attempt.make()) {
            return "works " + (made != null);
        } catch (ConnectFailedException | BindFailedException e) {
            return e.getClass().getSimpleName() + " " + e.getMessage();
        } catch (Exception e) {
            return "unexpected " + e;
        }
    }
}
