package dev.tramway.bench.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The process of one Java server under test. It prints {@code READY port}. Each line of its input is a command:
 * {@code rate R} changes how many messages it broadcasts in a second, {@code mark} begins a window, {@code report} prints
 * one line of JSON about it, {@code heap} collects garbage and prints the bytes that are left. When its input is closed it
 * reports and ends.
 */
@Command(name = "peer", description = "Runs one Java server under test.", mixinStandardHelpOptions = true)
public final class PeerMain implements Callable<Integer> {
    @Parameters(index = "0", description = "name of the library")
    private String peer = "";

    @Parameters(index = "1", description = "${COMPLETION-CANDIDATES}")
    private Work work = Work.ECHO;

    @Option(names = "--port", description = "on 127.0.0.1; 0: any (default)")
    private int port;

    @Option(names = "--threads", description = "event loops (${DEFAULT-VALUE})")
    private int threads = 1;

    @Option(names = "--rate", description = "broadcast messages per second (${DEFAULT-VALUE})")
    private double rate = 1_000;

    @Option(names = "--size", description = "bytes of a broadcast message (${DEFAULT-VALUE})")
    private int size = 32;

    @Option(names = "--certificate", description = "chain and key, PEM, for TLS")
    private Optional<Path> certificate = Optional.empty();

    private PeerMain() {}

    /** Runs the server until standard input ends. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new PeerMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws Exception {
        var settings = new ServerSettings(work, port, threads, rate, size, certificate);
        var library = Peers.find(peer)
                .orElseThrow(() ->
                        new IllegalArgumentException("peer: " + peer + " (expected: one of " + Peers.names() + ")"));
        try (var server = library.start(settings)) {
            System.out.println("READY " + server.port());
            obey(server, new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), System.out);
        }
        return CommandLine.ExitCode.OK;
    }

    private static void obey(Peer.Running server, BufferedReader commands, PrintStream out) throws IOException {
        var window = new Window(server);
        for (String line; (line = commands.readLine()) != null; ) {
            var words = line.strip().split(" ", 2);
            switch (words[0]) {
                case "rate" -> server.rate(Double.parseDouble(words[1]));
                case "mark" -> window = new Window(server);
                case "report" -> out.println(window.report().toJson());
                case "heap" -> out.println(heapAfterCollection());
                default -> out.println("commands: rate R, mark, report, heap; ends with the input");
            }
        }
        out.println(window.report().toJson());
    }

    private static long heapAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
