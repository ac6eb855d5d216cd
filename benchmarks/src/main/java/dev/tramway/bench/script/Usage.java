package dev.tramway.bench.script;

import dev.tramway.bench.process.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * CPU time of a process so far, in nanoseconds.
 *
 * @param whole of all its threads, those of the JVM among them
 * @param sockets of its event loops
 */
record Usage(long whole, long sockets) {
    /** Both kinds of programs name their event loops so. */
    static final String LOOPS = "script";

    static Usage of(long pid) {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return tasks.map(Usage::ofThread).reduce(new Usage(0, 0), Usage::plus);
        } catch (IOException e) {
            throw new BenchException("this system does not tell CPU time of threads", e);
        }
    }

    /** The first number of schedstat is the time on a CPU. */
    private static Usage ofThread(Path task) {
        try {
            var name = Files.readString(task.resolve("comm")).strip();
            var times = Files.readString(task.resolve("schedstat"));
            long nanos = Long.parseLong(times.substring(0, times.indexOf(' ')));
            return new Usage(nanos, name.startsWith(LOOPS + "-") ? nanos : 0);
        } catch (IOException ended) {
            return new Usage(0, 0);
        }
    }

    private Usage plus(Usage other) {
        return new Usage(whole + other.whole, sockets + other.sockets);
    }

    Usage since(Usage earlier) {
        return new Usage(whole - earlier.whole, sockets - earlier.sockets);
    }
}
