package dev.tramway.cli.script;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.ScriptEngine;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Option;

/** Bounds for scripts that are not trusted: no files, no processes, no other hosts, and no more than so much of everything. */
final class Sandbox {
    private static final Set<Permission> ALLOWED = EnumSet.of(
            Permission.PURE,
            Permission.CONSOLE,
            Permission.LISTEN,
            Permission.EVALUATE,
            Permission.COMPONENTS,
            Permission.JOBS,
            Permission.REFLECT,
            Permission.EXIT);

    /** This machine; a name that is resolved could be made to mean another. */
    private static final Set<String> HERE = Set.of("127.0.0.1", "[::1]", "::1");

    private static final long MEBIBYTE = 1 << 20;

    @Option(
            names = "--sandbox",
            required = true,
            description = "Deny files, processes, and hosts but 127.0.0.1; bound steps, memory and depth.")
    @SuppressWarnings("UnusedVariable") // that it was given is what makes the bounds apply
    private boolean on;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "100000000",
            description =
                    "Most steps: turns of loops, calls, and work in proportion; 0: no limit (default: ${DEFAULT-VALUE}).")
    private long steps = 100_000_000;

    @Option(
            names = "--memory",
            paramLabel = "MIB",
            defaultValue = "256",
            description = "Most growth of memory, in MiB (default: ${DEFAULT-VALUE}).")
    private long memory = 256;

    @Option(
            names = "--depth",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Deepest nesting of calls (default: ${DEFAULT-VALUE}).")
    private int depth = 1000;

    @Option(
            names = "--time",
            paramLabel = "SECONDS",
            defaultValue = "3600",
            description =
                    "Longest time that it runs, what it waits for and sleeps included; 0: no limit (default: ${DEFAULT-VALUE}).")
    private long time = 3600;

    void apply(ScriptEngine.Builder builder) {
        builder.access(Sandbox::allows).maxMemory(memory * MEBIBYTE).maxDepth(depth);
        if (steps > 0) {
            builder.maxSteps(steps);
        }
        if (time > 0) {
            builder.maxTime(Duration.ofSeconds(time));
        }
    }

    private static boolean allows(Permission permission, String subject) {
        if (permission == Permission.CONNECT) {
            return subject.isEmpty() || HERE.contains(subject.substring(0, Math.max(0, subject.lastIndexOf(':'))));
        }
        return ALLOWED.contains(permission);
    }
}
