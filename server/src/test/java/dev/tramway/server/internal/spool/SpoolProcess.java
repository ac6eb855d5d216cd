package dev.tramway.server.internal.spool;

import dev.tramway.server.internal.reading.Readings;
import dev.tramway.server.internal.sink.Sink;
import dev.tramway.server.internal.sink.SinkOptions;
import dev.tramway.server.internal.sink.Sinks;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * A process that stores readings of a few devices without end and says of each that was acknowledged: {@code device number}. It is
 * there to be killed. Whoever starts it reads what it says; a line that was cut off counts for nothing.
 */
public final class SpoolProcess implements AutoCloseable {
    static final int DEVICES = 4;
    private static final int UNDER_WAY = 200;

    private final Process process;
    private final BufferedReader acknowledged;

    private SpoolProcess(Process process) {
        this.process = process;
        this.acknowledged = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts one.
     *
     * @param from number at which each device goes on
     * @param sinks each as kind, and options as {@code name=value}, with commas between them
     */
    public static SpoolProcess start(Path directory, List<Long> from, List<String> sinks) throws IOException {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SpoolProcess.class.getName(),
                directory.toString()));
        from.forEach(number -> command.add(number.toString()));
        command.addAll(sinks);
        return new SpoolProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** The next one that was acknowledged. */
    String next() throws IOException {
        String line = acknowledged.readLine();
        if (line == null) {
            throw new IOException("the process has ended by itself");
        }
        return line;
    }

    /** Kills it, and gives what it had still said. */
    List<String> kill() throws IOException {
        process.toHandle().destroyForcibly(); // the process itself would close what can still be read
        var rest = new ArrayList<String>();
        var whole = new StringBuilder();
        for (int c = acknowledged.read(); c >= 0; c = acknowledged.read()) {
            if (c == '\n') {
                rest.add(whole.toString());
                whole.setLength(0);
            } else {
                whole.append((char) c);
            }
        }
        process.onExit().join();
        return rest;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Runs until it is killed. */
    public static void main(String[] args) throws IOException, InterruptedException {
        var sinks = new ArrayList<Sink>();
        for (int i = 1 + DEVICES; i < args.length; i++) {
            sinks.add(sink(args[i]));
        }
        // Neither closed nor left: that is the point.
        Spool spool = Spool.open(Path.of(args[0]), SpoolLimits.DEFAULT, sinks);
        var free = new Semaphore(UNDER_WAY);
        long[] next = new long[DEVICES];
        for (int device = 0; device < DEVICES; device++) {
            next[device] = Long.parseLong(args[1 + device]);
        }
        for (int device = 0; ; device = (device + 1) % DEVICES) {
            free.acquire();
            String name = "d" + device;
            long number = next[device]++;
            spool.store(List.of(Readings.numbered(name, number))).thenRun(() -> {
                System.out.print(name + " " + number + "\n");
                System.out.flush();
                free.release();
            });
        }
    }

    static Sink sink(String text) {
        String[] parts = text.split(",", -1);
        Map<String, String> options = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            options.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
        }
        return Sinks.create(parts[0], parts[0], new SinkOptions(options));
    }
}
