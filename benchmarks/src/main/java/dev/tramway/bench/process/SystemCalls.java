package dev.tramway.bench.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * Counts the system calls of a server with {@code perf}, which does not slow it down as a tracer would, and, among them,
 * those that wait for I/O: one for each turn of an event loop, whatever the library.
 */
public final class SystemCalls implements Probe {
    /** Calls per second. */
    public static final String PER_SECOND = "system calls/s";

    /** Turns of event loops per second. */
    public static final String TURNS_PER_SECOND = "turns/s";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String ALL = "raw_syscalls:sys_enter";
    private static final String WAITS =
            "syscalls:sys_enter_epoll_wait,syscalls:sys_enter_epoll_pwait,syscalls:sys_enter_epoll_pwait2"
                    + ",syscalls:sys_enter_io_uring_enter";
    private static final List<String> COMMAND = List.of("env", "LC_ALL=C", "perf", "stat", "-e", ALL + ',' + WAITS);
    /** A line such as "  1234  raw_syscalls:sys_enter  ", or "  1.5 seconds time elapsed". */
    private static final Pattern COUNT = Pattern.compile("\\s*([0-9.,]+)\\s+(\\S+).*");

    private Optional<Child> counter = Optional.empty();

    /** True if this system can count them. */
    public static boolean available() {
        if (!Executables.exist("perf")) {
            return false;
        }
        try (var trial = start(List.of("--", "true"))) {
            read(trial);
            return trial.exitCode() == 0;
        } catch (BenchException e) {
            return false;
        }
    }

    private static Child start(List<String> what) {
        var command = new ArrayList<>(COMMAND);
        command.addAll(what);
        return Child.startMerged(command);
    }

    @Override
    public void begin(ServerProcess server) {
        counter = Optional.of(start(List.of("-p", Long.toString(server.pid()))));
    }

    @Override
    public Map<String, Double> end(ServerProcess server) {
        try (var running = counter.orElseThrow()) {
            running.interrupt();
            var text = read(running);
            double seconds = sum(text, "seconds");
            return Map.of(
                    PER_SECOND, sum(text, ALL) / seconds, TURNS_PER_SECOND, sum(text, "syscalls:sys_enter_") / seconds);
        }
    }

    private static String read(Child child) {
        var text = new StringJoiner("\n");
        for (var line = child.nextLine(PATIENCE); line.isPresent(); line = child.nextLine(PATIENCE)) {
            text.add(line.get());
        }
        return text.toString();
    }

    /** The numbers before all names that begin so. */
    private static double sum(String text, String name) {
        return text.lines()
                .map(COUNT::matcher)
                .filter(matcher -> matcher.matches() && matcher.group(2).startsWith(name))
                .mapToDouble(matcher -> Double.parseDouble(matcher.group(1).replace(",", "")))
                .reduce(Double::sum)
                .orElseThrow(() -> new BenchException("perf counts no " + name + ": " + text));
    }
}
