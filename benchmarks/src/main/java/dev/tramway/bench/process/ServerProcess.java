package dev.tramway.bench.process;

import dev.tramway.bench.peer.ServerReport;
import dev.tramway.bench.peer.ServerSettings;
import dev.tramway.bench.peer.Work;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A running server under test: the process, its port, and what it and the kernel tell about it. */
public final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String READY = "READY ";
    /** Threads that every JVM has, whatever it runs; the main thread only waits for commands. */
    private static final Pattern OF_THE_JVM = Pattern.compile("java|VM .*|GC .*|G1 .*|C[12] .*|Common-Cleaner|Signal.*"
            + "|Finalizer|Reference .*|Service .*|Monitor .*|Notification.*|Attach.*|Sweeper.*|StreamPrinter.*");

    private final Child child;
    private final boolean java;
    private final int port;

    private ServerProcess(Child child, boolean java, int port) {
        this.child = child;
        this.java = java;
        this.port = port;
    }

    /** Starts a server and waits until it listens. It makes no messages on its own until it is given a rate. */
    static ServerProcess start(Contender contender, ServerSettings settings, Pinning pinning) {
        var placed = settings.work() == Work.GROUP ? settings.withPort(freeDatagramPort()) : settings;
        var child = Child.start(pinning.server(contender.command(placed.withRate(0))));
        try {
            int port = child.nextLine(PATIENCE)
                    .filter(line -> line.startsWith(READY))
                    .map(line -> Integer.parseInt(line.substring(READY.length())))
                    .orElseThrow(() -> new BenchException(contender.name() + " does not start"));
            return new ServerProcess(child, contender instanceof Contender.Java, port);
        } catch (BenchException e) {
            child.close();
            throw e;
        }
    }

    /** A group has no server that could choose. */
    private static int freeDatagramPort() {
        try (var socket = new DatagramSocket()) {
            return socket.getLocalPort();
        } catch (SocketException e) {
            throw new BenchException("no free port", e);
        }
    }

    int port() {
        return port;
    }

    /** Changes how many messages it makes in a second. */
    void rate(double perSecond) {
        child.tell("rate " + perSecond);
    }

    /** Begins a window. */
    void mark() {
        child.tell("mark");
    }

    /** What it did since. */
    ServerReport report() {
        child.tell("report");
        var line = answer();
        try {
            return ServerReport.parse(line);
        } catch (IllegalArgumentException e) {
            throw new BenchException("a server's report cannot be read: " + line, e);
        }
    }

    private String answer() {
        return child.nextLine(PATIENCE).orElseThrow(() -> new BenchException("a server has ended early"));
    }

    /** Its number in the system. */
    long pid() {
        return child.pid();
    }

    /** Bytes on the Java heap after a collection, where there is one. */
    public OptionalLong heapBytes() {
        if (!java) {
            return OptionalLong.empty();
        }
        child.tell("heap");
        return OptionalLong.of(Long.parseLong(answer()));
    }

    /** Bytes of physical memory. */
    public long residentBytes() {
        return 1_024 * number(Path.of("/proc", Long.toString(pid()), "status"), "VmRSS:");
    }

    /** How often its threads, those of every JVM left out, have gone to sleep so far. */
    public long sleeps() {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid()), "task"))) {
            return tasks.filter(this::isOfTheServer)
                    .mapToLong(task -> number(task.resolve("status"), "voluntary_ctxt_switches:"))
                    .sum();
        } catch (IOException e) {
            throw new BenchException("this system does not tell how often a process sleeps", e);
        }
    }

    private boolean isOfTheServer(Path task) {
        try {
            return !java
                    || !OF_THE_JVM
                            .matcher(Files.readString(task.resolve("comm")).strip())
                            .matches();
        } catch (IOException ended) {
            return false;
        }
    }

    private static long number(Path file, String name) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new BenchException("cannot read " + file, e);
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
