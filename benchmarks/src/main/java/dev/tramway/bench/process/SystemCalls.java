package dev.tramway.bench.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** Counts the system calls of a server with {@code perf}, which does not slow it down as a tracer would. */
public final class SystemCalls implements Probe {
    /** Calls per second. */
    public static final String PER_SECOND = "system calls/s";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String EVENT = "raw_syscalls:sys_enter";

    private Optional<Child> counter = Optional.empty();
    private long beganNanos;

    /** True if this system can count them. */
    public static boolean available() {
        if (!Executables.exist("perf")) {
            return false;
        }
        try (var trial = Child.startMerged(List.of("perf", "stat", "-e", EVENT, "--", "true"))) {
            read(trial);
            return trial.exitCode() == 0;
        } catch (BenchException e) {
            return false;
        }
    }

    @Override
    public void begin(ServerProcess server) {
        counter = Optional.of(
                Child.startMerged(List.of("perf", "stat", "-x", ",", "-e", EVENT, "-p", Long.toString(server.pid()))));
        beganNanos = System.nanoTime();
    }

    @Override
    public Map<String, Double> end(ServerProcess server) {
        try (var running = counter.orElseThrow()) {
            double seconds = (System.nanoTime() - beganNanos) / 1e9;
            running.interrupt();
            return Map.of(PER_SECOND, count(read(running)) / seconds);
        }
    }

    private static String read(Child child) {
        var text = new StringJoiner("\n");
        for (var line = child.nextLine(PATIENCE); line.isPresent(); line = child.nextLine(PATIENCE)) {
            text.add(line.get());
        }
        return text.toString();
    }

    private static double count(String text) {
        return text.lines()
                .filter(line -> line.contains(EVENT))
                .map(line -> line.substring(0, line.indexOf(',')))
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElseThrow(() -> new BenchException("perf counts no system calls: " + text));
    }
}
