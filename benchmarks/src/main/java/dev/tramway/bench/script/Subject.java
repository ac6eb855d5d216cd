package dev.tramway.bench.script;

import dev.tramway.bench.process.BenchException;
import dev.tramway.bench.process.Child;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** A program under test in a process of its own. */
final class Subject implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_NANOS = 20_000_000;

    /** A line such as "Total  12345  678901": objects and bytes. */
    private static final Pattern TOTAL = Pattern.compile("Total +[0-9]+ +([0-9]+).*");

    private final Child child;
    /** A server does not notice that nobody measures it any more. */
    private final Thread orphaned;

    Subject(Child child) {
        this.child = child;
        this.orphaned = new Thread(child::end, "end of a program");
        Runtime.getRuntime().addShutdownHook(orphaned);
    }

    /** Returns a port that nobody listens on. */
    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new BenchException("no free port", e);
        }
    }

    /** Waits until somebody listens. */
    Subject listening(int port) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && child.isAlive()) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return this;
            } catch (IOException notYet) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        close();
        throw new BenchException("a server does not start");
    }

    /** Returns the next line that it prints. */
    String line() {
        return child.nextLine(PATIENCE).orElseThrow(() -> new BenchException("a program has ended early"));
    }

    /** Waits until it has ended by itself, whatever it says meanwhile. */
    void awaitEnd() {
        while (child.nextLine(PATIENCE).isPresent()) {
            // not asked for
        }
    }

    long pid() {
        return child.pid();
    }

    Usage usage() {
        return Usage.of(pid());
    }

    /** Returns bytes of live objects on the Java heap, as the JDK's own tool counts them. */
    long liveHeap() {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try (var counting = Child.start(List.of(jcmd, Long.toString(pid()), "GC.class_histogram"))) {
            for (var line = counting.nextLine(PATIENCE); line.isPresent(); line = counting.nextLine(PATIENCE)) {
                var total = TOTAL.matcher(line.get());
                if (total.matches()) {
                    return Long.parseLong(total.group(1));
                }
            }
            throw new BenchException("the heap of a server cannot be counted");
        }
    }

    @Override
    public void close() {
        child.end();
        Runtime.getRuntime().removeShutdownHook(orphaned);
    }
}
