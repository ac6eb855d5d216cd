package dev.tramway.onescript;

import dev.tramway.TcpServer;
import dev.tramway.onescript.internal.library.StandardLibrary;
import dev.tramway.onescript.internal.node.Failures;
import dev.tramway.onescript.internal.runtime.Machine;
import dev.tramway.onescript.internal.syntax.Source;
import dev.tramway.onescript.internal.value.ScriptError;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Compiles and runs OneScript scripts.
 *
 * {@snippet :
 * ScriptEngine engine = ScriptEngine.builder().arguments("8080").build();
 * int code = engine.load(Path.of("server.os")).run();
 * }
 *
 * <p>An engine holds what its scripts share: classes attached, libraries loaded, the current directory, limits. Engines have
 * nothing in common with each other. An engine may be used by several threads.
 */
public final class ScriptEngine {
    private final Machine machine;

    private ScriptEngine(Builder builder) {
        this.machine = new Machine(new Machine.Settings(
                StandardLibrary.all(),
                builder.access,
                builder.output,
                builder.outputDelay,
                builder.errorOutput,
                builder.input,
                List.copyOf(builder.arguments),
                builder.directory,
                List.copyOf(builder.libraries),
                builder.maxDepth,
                builder.maxSteps,
                builder.stepsPerEvent,
                builder.maxMemory,
                builder.maxTime,
                builder.servers));
    }

    /**
     * Returns a builder with the defaults that it tells.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Compiles a file, which is read as UTF-8, and loads the libraries that it uses.
     *
     * @param file the script
     * @return the script, which has not run
     * @throws ScriptException if it cannot be read or has errors
     * @throws InterruptedException if the waiting thread was interrupted
     */
    public Script load(Path file) throws InterruptedException {
        return compile(() -> machine.loader().read(file));
    }

    /**
     * Compiles text.
     *
     * @param text the script
     * @param name what errors call it
     * @return the script, which has not run
     * @throws ScriptException if it has errors
     * @throws InterruptedException if the waiting thread was interrupted
     */
    public Script compile(String text, String name) throws InterruptedException {
        return compile(() -> new Source("<" + name + ">", null, text));
    }

    /**
     * Begins a session of lines that keep their variables.
     *
     * @return a new session
     */
    public Session session() {
        return new Session(machine);
    }

    /**
     * Writes the messages that are kept for the sake of {@link Builder#outputDelay}, as a program does before it ends. May be
     * called by any thread.
     *
     * @throws UncheckedIOException if they cannot be written
     */
    public void flushOutput() {
        machine.flushOutput();
    }

    private Script compile(Supplier<Source> source) throws InterruptedException {
        try {
            return new Script(machine, machine.compile(source));
        } catch (RuntimeException failed) {
            throw exception(failed);
        }
    }

    static ScriptException exception(RuntimeException failed) {
        ScriptError error = Failures.error(failed);
        List<ScriptException.Place> stack = error.places().stream()
                .map(place -> new ScriptException.Place(
                        place.method(), place.module(), place.line(), place.column(), place.sourceLine()))
                .toList();
        Throwable cause = error.getCause() == null ? error : error.getCause();
        return new ScriptException(error.getMessage(), stack, error.isInEnglish(), cause);
    }

    /** Collects what an engine is made with. Not safe for threads. */
    public static final class Builder {
        private Access access = Access.everything();
        private OutputStream output = System.out;
        private Duration outputDelay = Duration.ZERO;
        private OutputStream errorOutput = System.err;
        private InputStream input = System.in;
        private final List<String> arguments = new ArrayList<>();
        private Path directory = Path.of("").toAbsolutePath();
        private final List<Path> libraries = new ArrayList<>();
        private int maxDepth = 10_000;
        private long maxSteps = Long.MAX_VALUE;
        private boolean stepsPerEvent;
        private long maxMemory = Long.MAX_VALUE;
        private Duration maxTime = Duration.ofSeconds(Long.MAX_VALUE);
        private UnaryOperator<TcpServer.Builder> servers = builder -> builder;

        private Builder() {}

        /**
         * Sets what scripts may touch.
         *
         * @param policy the policy; the default is {@link Access#everything}
         * @return this
         */
        public Builder access(Access policy) {
            access = policy;
            return this;
        }

        /**
         * Sets where messages go, in UTF-8.
         *
         * @param stream the stream; the default is the standard output
         * @return this
         */
        public Builder output(OutputStream stream) {
            output = stream;
            return this;
        }

        /**
         * Lets messages that follow each other quickly be written together, as a server that prints much wants it. A message after
         * a pause is written at once; errors, processes that are started and the end of a run come behind what was printed before.
         *
         * @param delay how long a message may be kept, zero or more; the default is zero
         * @return this
         * @see ScriptEngine#flushOutput
         */
        public Builder outputDelay(Duration delay) {
            if (delay.isNegative()) {
                throw new IllegalArgumentException("outputDelay: " + delay + " (expected: zero or more)");
            }
            outputDelay = delay;
            return this;
        }

        /**
         * Sets where scripts write errors.
         *
         * @param stream the stream; the default is the standard error output
         * @return this
         */
        public Builder errorOutput(OutputStream stream) {
            errorOutput = stream;
            return this;
        }

        /**
         * Sets where scripts read input.
         *
         * @param stream the stream, in UTF-8; the default is the standard input
         * @return this
         */
        public Builder input(InputStream stream) {
            input = stream;
            return this;
        }

        /**
         * Adds arguments, which the script finds in АргументыКоманднойСтроки.
         *
         * @param added the arguments; the default is none
         * @return this
         */
        public Builder arguments(String... added) {
            arguments.addAll(List.of(added));
            return this;
        }

        /**
         * Sets the directory that relative paths start from, until the script changes it.
         *
         * @param start the directory; the default is that of the program
         * @return this
         */
        public Builder directory(Path start) {
            directory = start.toAbsolutePath();
            return this;
        }

        /**
         * Adds a directory in which libraries are searched by name, after {@code oscript_modules} beside the script.
         *
         * @param root a directory of directories, one for each library
         * @return this
         */
        public Builder libraries(Path root) {
            libraries.add(root.toAbsolutePath());
            return this;
        }

        /**
         * Sets how deep calls of a thread may nest; more is an error that scripts can catch.
         *
         * @param calls from 1; the default is 10,000
         * @return this
         */
        public Builder maxDepth(int calls) {
            maxDepth = positive(calls, "maxDepth");
            return this;
        }

        /**
         * Sets how many steps all threads may do together: turns of loops, calls, and work of built-ins in proportion. More is an
         * error that scripts cannot catch.
         *
         * @param steps from 1; without limit by default
         * @return this
         */
        public Builder maxSteps(long steps) {
            maxSteps = positive(steps, "maxSteps");
            stepsPerEvent = false;
            return this;
        }

        /**
         * Sets how many steps all threads may do together from one event of the component that the script takes to the next, and
         * in each call of an {@link Instance}: a bound for scripts that run without end.
         *
         * @param steps from 1; without limit by default
         * @return this
         */
        public Builder maxStepsPerEvent(long steps) {
            maxSteps = positive(steps, "maxStepsPerEvent");
            stepsPerEvent = true;
            return this;
        }

        /**
         * Sets how long a run may take, what it waits for and what it sleeps included. More is an error that scripts cannot catch,
         * and the engine runs nothing after it.
         *
         * @param time more than zero; without limit by default
         * @return this
         */
        public Builder maxTime(Duration time) {
            if (time.isNegative() || time.isZero()) {
                throw new IllegalArgumentException("maxTime: " + time + " (expected: more than zero)");
            }
            maxTime = time;
            return this;
        }

        /**
         * Sets by how much values may make the heap grow, roughly. It is the heap of the whole process whose growth since the
         * engine was made is looked at, each time when the scripts may have used up the rest of the limit, and not before they
         * have allocated as much: who allocates little is not judged by others, who allocates much is. Scripts that must not feel
         * each other at all run in processes of their own. More is an error that scripts cannot catch.
         *
         * @param bytes from 1; without limit by default
         * @return this
         */
        public Builder maxMemory(long bytes) {
            maxMemory = positive(bytes, "maxMemory");
            return this;
        }

        /**
         * Sets who has the last word about each server that scripts start: its address, its limits, its certificate.
         *
         * @param change gets what the script has set, on a thread that runs the script; by default all stays as it is
         * @return this
         */
        public Builder servers(UnaryOperator<TcpServer.Builder> change) {
            servers = change;
            return this;
        }

        private static int positive(int value, String name) {
            return (int) positive((long) value, name);
        }

        private static long positive(long value, String name) {
            if (value < 1) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: at least 1)");
            }
            return value;
        }

        /**
         * Makes the engine.
         *
         * @return a new engine
         */
        public ScriptEngine build() {
            return new ScriptEngine(this);
        }
    }
}
