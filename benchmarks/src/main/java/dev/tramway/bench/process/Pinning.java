package dev.tramway.bench.process;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where processes run.
 *
 * @param on true to pin servers to core 0 and the load client to core 1
 */
public record Pinning(boolean on) {
    /** Pins if the system has {@code taskset} and two cores. */
    public static Pinning detect() {
        return new Pinning(Runtime.getRuntime().availableProcessors() > 1 && Executables.exist("taskset"));
    }

    /** The command that runs a server. */
    public List<String> server(List<String> command) {
        return on(0, command);
    }

    /** The command that runs a load client. */
    List<String> load(List<String> command) {
        return on(1, command);
    }

    /** Has this process, all threads of it, run where load clients do. */
    public void loadHere() {
        if (on) {
            var pid = Long.toString(ProcessHandle.current().pid());
            try (var moved = Child.startMerged(List.of("taskset", "-a", "-c", "-p", "1", pid))) {
                moved.exitCode();
            }
        }
    }

    private List<String> on(int core, List<String> command) {
        var prefix = on ? List.of("taskset", "-c", Integer.toString(core)) : List.<String>of();
        return Stream.concat(prefix.stream(), command.stream()).toList();
    }

    @Override
    public String toString() {
        return on ? "server on core 0, load on core 1" : "not pinned";
    }
}
