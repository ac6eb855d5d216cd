package dev.tramway.scale;

import dev.tramway.testing.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process that runs a program of the test class path, with the Java and the flags of this one, and obeys
 * {@link Commands}. Closing it ends it.
 */
final class Child implements AutoCloseable {
    /** Also for the start of a process on a busy machine. */
    private static final Duration PATIENCE = Await.LIMIT.multipliedBy(3);

    private final String name;
    private final Process process;
    private final Writer input;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final List<String> log = new CopyOnWriteArrayList<>();

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofPlatform().daemon().name("output of " + name).start(this::read);
    }

    /**
     * Starts a program.
     *
     * @param program has the {@code main} method
     * @param flags for Java, added to those of this process
     * @param arguments of the program
     */
    static Child start(Class<?> program, List<String> flags, Object... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-agentlib") && !flag.startsWith("-javaagent"))
                .forEach(command::add);
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        try {
            return new Child(
                    program.getSimpleName(),
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(Commands.ANSWER) || line.startsWith(Commands.FAILURE)) {
                    answers.add(line);
                } else {
                    log.add(line);
                }
            }
        } catch (IOException e) {
            log.add("its output cannot be read: " + e);
        } finally {
            answers.add(Commands.FAILURE + "it has ended");
        }
    }

    /** Tells it to do something that takes little time, once it has started. */
    Figures ask(String command) {
        return ask(command, PATIENCE);
    }

    /**
     * Tells it to do something, and waits for the figures.
     *
     * @param command see the program
     * @param patience longest time that it may take
     */
    Figures ask(String command, Duration patience) {
        try {
            input.write(command + '\n');
            input.flush();
        } catch (IOException e) {
            throw new AssertionError(name + " has ended; its log: " + log, e);
        }
        return answer(command, patience);
    }

    private Figures answer(String command, Duration patience) {
        try {
            String line = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (line == null) {
                throw new AssertionError(name + " has not done in " + patience + ": " + command + "; its log: " + log);
            }
            if (line.startsWith(Commands.FAILURE)) {
                throw new AssertionError(name + ": " + line + "; its log: " + log);
            }
            return Figures.parse(line.substring(Commands.ANSWER.length()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What it has said beside its answers: warnings, and reports of leaks. */
    List<String> log() {
        return log;
    }

    @Override
    public void close() {
        try {
            input.close();
        } catch (IOException ended) {
            // its input is closed because it has ended
        }
        try {
            if (!process.waitFor(Await.LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
