package dev.tramway.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process that is spoken to line by line. Not for use by several threads. Closing it closes its input, which ends
 * every program of a measurement, and kills it if it does not.
 */
public final class Child implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Process process;
    /** Empty at the end of its output. */
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();

    private Child(Process process) {
        this.process = process;
    }

    /** Starts a process whose errors go to those of this one. */
    public static Child start(List<String> command) {
        return start(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT));
    }

    /** Starts a process whose output nobody wants. */
    public static Child startSilent(List<String> command) {
        return start(new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT));
    }

    /** Starts a process whose errors come between its output. */
    public static Child startMerged(List<String> command) {
        return start(new ProcessBuilder(command).redirectErrorStream(true));
    }

    private static Child start(ProcessBuilder builder) {
        try {
            var child = new Child(builder.start());
            Thread.ofPlatform().daemon().name("output of a child").start(child::read);
            return child;
        } catch (IOException e) {
            throw new BenchException("cannot run " + builder.command().get(0) + ": " + e.getMessage(), e);
        }
    }

    private void read() {
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            output.lines().map(Optional::of).forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add(Optional.of("its output cannot be read: " + e.getMessage()));
        } finally {
            lines.add(Optional.empty());
        }
    }

    /** The next line, or nothing at the end of its output. */
    public Optional<String> nextLine(Duration patience) {
        try {
            return Optional.ofNullable(lines.poll(patience.toMillis(), TimeUnit.MILLISECONDS))
                    .orElseThrow(() -> new BenchException("a process said nothing for " + patience.toSeconds() + " s"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }

    /** Gives it a line of input. */
    void tell(String line) {
        try {
            var input = process.outputWriter(StandardCharsets.UTF_8);
            input.write(line + '\n');
            input.flush();
        } catch (IOException e) {
            throw new BenchException("a process has ended early", e);
        }
    }

    /** Its number in the system. */
    public long pid() {
        return process.pid();
    }

    /** Asks it to end as Ctrl-C does, which Java cannot. */
    void interrupt() {
        try (var kill = start(List.of("kill", "-INT", Long.toString(pid())))) {
            kill.exitCode();
        }
    }

    /** True until it has ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends a program that does not look at its input. */
    public void end() {
        process.destroy();
        exitCode();
    }

    /** Waits for its end. */
    int exitCode() {
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }

    @Override
    public void close() {
        try {
            process.outputWriter(StandardCharsets.UTF_8).close();
        } catch (IOException e) {
            process.destroy(); // its input is closed because it is ending
        }
        exitCode();
    }
}
