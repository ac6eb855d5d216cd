package dev.tramway.server.internal.script;

import dev.tramway.onescript.Access;
import dev.tramway.onescript.Permission;
import dev.tramway.onescript.Script;
import dev.tramway.onescript.ScriptEngine;
import dev.tramway.onescript.ScriptException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Bounds for every script that the server runs: no files, no other programs, no connections, no threads, and no more than so much
 * of everything. Used by any thread.
 */
public final class Sandbox {
    /** Steps from one event or call to the next: what a slow processor does in a few seconds. */
    static final long STEPS = 20_000_000;

    private static final int DEPTH = 1000;

    private static final Set<Permission> ALLOWED = EnumSet.of(
            Permission.PURE, Permission.CONSOLE, Permission.EVALUATE, Permission.COMPONENTS, Permission.REFLECT);

    private Sandbox() {}

    /**
     * Makes engines for the script of a listener. Its output goes to the log.
     *
     * @param listener name of the listener
     * @param file the script
     * @param ports ports that it may listen on
     */
    public static ScriptEngine.Builder engine(String listener, Path file, List<Integer> ports) {
        ScriptLog log = new ScriptLog(listener);
        return ScriptEngine.builder()
                .access(access(ports))
                .directory(file.toAbsolutePath().resolveSibling(""))
                .output(log)
                .errorOutput(log)
                .input(InputStream.nullInputStream())
                .maxDepth(DEPTH)
                .maxStepsPerEvent(STEPS)
                // Of the process as a whole: a script can only be told from the rest by the heap's growth while it
                // runs.
                .maxMemory(Runtime.getRuntime().maxMemory() / 2);
    }

    private static Access access(List<Integer> ports) {
        Set<String> open = Set.copyOf(ports.stream().map(String::valueOf).toList());
        return (permission, subject) -> permission == Permission.LISTEN
                ? !open.isEmpty() && (subject.isEmpty() || open.contains(subject))
                : ALLOWED.contains(permission);
    }

    /**
     * Says what is wrong with a script, with its line and column; nothing is run.
     *
     * @param file the script
     * @param handlers methods of which it must have one, if there are any
     */
    public static Optional<String> mistake(Path file, List<String> handlers) {
        try {
            Script script = ScriptEngine.builder()
                    .access(access(List.of()))
                    .directory(file.toAbsolutePath().resolveSibling(""))
                    .build()
                    .load(file);
            boolean found = handlers.isEmpty() || handlers.stream().anyMatch(script::exports);
            return found
                    ? Optional.empty()
                    : Optional.of(file.getFileName() + " exports none of " + String.join(", ", handlers));
        } catch (ScriptException wrong) {
            String place = wrong.line() == 0 ? "" : ":" + wrong.line() + ":" + wrong.column();
            return Optional.of(file.getFileName() + place + ": " + wrong.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(file.getFileName() + " could not be looked at in time");
        }
    }
}
