package dev.tramway.onescript.internal.runtime;

import dev.tramway.TcpServer;
import dev.tramway.onescript.Access;
import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.bind.Function;
import dev.tramway.onescript.internal.bind.Library;
import dev.tramway.onescript.internal.bind.Type;
import dev.tramway.onescript.internal.compile.Environment;
import dev.tramway.onescript.internal.node.Calls;
import dev.tramway.onescript.internal.node.ScriptClass;
import dev.tramway.onescript.internal.node.ScriptExit;
import dev.tramway.onescript.internal.syntax.Source;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Names;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One engine: what all threads that run its scripts share. */
public final class Machine implements Context.Engine, Environment {
    /** Script calls take little stack each, but there may be many of them. The system gives memory only as it is used. */
    private static final long STACK = 256L << 20;

    private static final long JOB_STACK = 64L << 20;

    private final Settings settings;
    private final Library library;
    private final Limits limits;
    private final Events events = new Events();
    private final Loader loader = new Loader(this);
    private final Resources resources = new Resources();
    private final Map<String, Type> types = new ConcurrentHashMap<>();
    private final Map<String, Object> modules = new ConcurrentHashMap<>();
    private final ThreadLocal<ThreadContext> contexts = ThreadLocal.withInitial(() -> new ThreadContext(this));
    private final OutputStream firstOutput;
    private volatile OutputStream output;
    private volatile OutputStream errorOutput;
    private volatile Path directory;
    private volatile @Nullable Path started;
    private volatile @Nullable Thread main;
    private volatile @Nullable ScriptExit exit;

    /** What an engine is made with. */
    public record Settings(
            Library library,
            Access access,
            OutputStream output,
            Duration outputDelay,
            OutputStream errorOutput,
            InputStream input,
            List<String> arguments,
            Path directory,
            List<Path> libraries,
            int maxDepth,
            long maxSteps,
            boolean stepsPerEvent,
            long maxMemory,
            Duration maxTime,
            UnaryOperator<TcpServer.Builder> servers) {}

    public Machine(Settings settings) {
        this.settings = settings;
        this.library = settings.library();
        this.firstOutput = settings.outputDelay().isZero()
                ? settings.output()
                : new GatheredOutput(settings.output(), settings.outputDelay());
        this.output = firstOutput;
        this.errorOutput = settings.errorOutput();
        this.directory = settings.directory();
        this.limits = new Limits(settings.maxSteps(), settings.stepsPerEvent(), settings.maxMemory());
    }

    /** Returns the machine that a call runs in. */
    public static Machine of(Call call) {
        return (Machine) call.context().engine();
    }

    Settings settings() {
        return settings;
    }

    Limits limits() {
        return limits;
    }

    Events events() {
        return events;
    }

    public Loader loader() {
        return loader;
    }

    @Override
    public ThreadContext context() {
        return contexts.get();
    }

    @Override
    public void print(String line) {
        write((line + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void write(byte[] text) {
        OutputStream target = output;
        try {
            synchronized (target) {
                target.write(text);
                if (!(target instanceof GatheredOutput)) {
                    target.flush();
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void flushOutput() {
        try {
            // Also while the script sends its messages elsewhere: only this output keeps any.
            firstOutput.flush();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public void output(OutputStream stream) {
        output = stream;
    }

    @Override
    public boolean isOutputOfProcess() {
        return output == firstOutput && settings.output() == System.out;
    }

    @Override
    public OutputStream errorOutput() {
        return errorOutput;
    }

    @Override
    public void errorOutput(OutputStream stream) {
        errorOutput = stream;
    }

    @Override
    public InputStream input() {
        return settings.input();
    }

    @Override
    public List<String> arguments() {
        return settings.arguments();
    }

    @Override
    public @Nullable Path script() {
        return started;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public void directory(Path changed) {
        directory = changed;
    }

    @Override
    public @Nullable Type type(String name) {
        String key = Names.key(name);
        Type own = types.get(key);
        return own == null ? library.type(key) : own;
    }

    /** Makes a type known under its names. */
    public void register(String name, Type type) {
        types.put(Names.key(name), type);
    }

    /** Returns the types that scripts can make values of. */
    public Set<Type> types() {
        Set<Type> all = new LinkedHashSet<>(library.types());
        all.addAll(types.values());
        return all;
    }

    @Override
    public boolean attach(String componentFile) {
        String file =
                componentFile.substring(Math.max(componentFile.lastIndexOf('/'), componentFile.lastIndexOf('\\')) + 1);
        List<Type> component = library.component(Names.key(file));
        if (component == null) {
            return false;
        }
        for (Type type : component) {
            register(type.russian(), type);
            register(type.english(), type);
        }
        return true;
    }

    @Override
    public <T extends AutoCloseable> T resource(Class<T> kind, Supplier<T> make) {
        return resources.get(kind, make);
    }

    @Override
    public TcpServer.Builder server(TcpServer.Builder builder) {
        return settings.servers().apply(builder);
    }

    @Override
    public void renewSteps() {
        limits.renew();
    }

    @Override
    public Thread start(String name, Runnable task) {
        Thread thread = new Thread(null, () -> runJob(task), name, JOB_STACK);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void runJob(Runnable task) {
        try {
            task.run();
        } catch (ScriptExit ended) {
            // The script is ending, which whoever ended it has reported.
        }
    }

    /** Runs a script on a thread with room for deep calls; returns the exit code. */
    public int run(@Nullable Path script, Runnable task) throws InterruptedException {
        return run(script, task, ChronoUnit.FOREVER.getDuration());
    }

    /** The same, but no longer than for a time: then the script is told to end, and with it all that this machine runs later. */
    public int run(@Nullable Path script, Runnable task, Duration longest) throws InterruptedException {
        exit = null;
        started = script;
        Run run = new Run(task);
        main = run.thread;
        try {
            if (!run.await(longest)) {
                throw Errors.of("Превышен предел времени", "The limit of time is exceeded")
                        .fatal();
            }
        } finally {
            resources.close();
            flushOutput();
        }
        return run.result();
    }

    /** Compiles on such a thread, since long expressions are deep trees. */
    public ScriptClass compile(Supplier<Source> source) throws InterruptedException {
        AtomicReference<@Nullable ScriptClass> compiled = new AtomicReference<>();
        Run run = new Run(() -> compiled.set(loader.compile(source.get())));
        run.await(ChronoUnit.FOREVER.getDuration());
        run.result();
        return Objects.requireNonNull(compiled.get(), "nothing was compiled");
    }

    /** A task on a thread of its own, and how it ended. */
    private final class Run implements Runnable {
        private final Runnable task;
        private final Thread thread;
        private @Nullable Throwable failure;

        Run(Runnable task) {
            this.task = task;
            this.thread = new Thread(null, this, "script", STACK);
            this.thread.setDaemon(true);
        }

        /** Starts it and waits; if that is interrupted, or takes too long, the script is told to end. False if it took too long. */
        boolean await(Duration longest) throws InterruptedException {
            thread.start();
            try {
                Duration allowed = settings.maxTime();
                if (longest.compareTo(allowed) < 0) {
                    return endsWithin(longest);
                }
                if (!thread.join(allowed)) {
                    limits.expire();
                    thread.interrupt();
                    thread.join();
                }
                return true;
            } catch (InterruptedException interrupted) {
                exit(1);
                throw interrupted;
            }
        }

        private boolean endsWithin(Duration longest) throws InterruptedException {
            boolean ended = thread.join(longest);
            if (!ended) {
                exit(1);
            }
            return ended;
        }

        @Override
        @SuppressWarnings("CatchingUnchecked") // thrown again on the thread that waits
        public void run() {
            try {
                task.run();
            } catch (RuntimeException | Error thrown) {
                failure = thrown;
            }
        }

        int result() {
            ScriptExit ended = exit;
            if (ended != null) {
                return ended.code();
            }
            return switch (failure) {
                case null -> 0;
                case ScriptExit early -> early.code();
                case RuntimeException thrown -> throw thrown;
                default -> throw (Error) failure;
            };
        }
    }

    @Override
    public RuntimeException exit(int code) {
        ScriptExit ended = new ScriptExit(code);
        exit = ended;
        Thread running = main;
        if (running != null && running != Thread.currentThread()) {
            running.interrupt();
        }
        return ended;
    }

    /** Tells whether what ran last ended by ЗавершитьРаботу. */
    public boolean hasExited() {
        return exit != null;
    }

    /** Fails if the script is ending, or has had its time. */
    void checkExit() {
        limits.checkTime();
        ScriptExit ended = exit;
        if (ended != null) {
            throw ended;
        }
    }

    void require(Permission permission, String subject) {
        if (!settings.access().allows(permission, subject)) {
            String what = subject.isEmpty() ? permission.name() : permission.name() + ", " + subject;
            throw Errors.of("Действие запрещено: нет разрешения " + what, "Not allowed: no permission " + what);
        }
    }

    @Override
    public @Nullable Function function(String key) {
        return library.function(key);
    }

    @Override
    public Library.@Nullable Global global(String key) {
        return library.global(key);
    }

    @Override
    public @Nullable Object module(String key) {
        return modules.get(key);
    }

    /** Starts a module and makes it a global value. */
    public void addModule(String name, Source source) {
        modules.put(Names.key(name), loader.start(loader.compile(name, source, List.of()), List.of()));
    }

    @Override
    public Set<String> symbols() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return Set.of(system.startsWith("windows") ? "windows" : system.startsWith("mac") ? "macos" : "linux");
    }

    @Override
    public Calls.NewByName.Creator creator() {
        return (execution, type, arguments) -> ((ThreadContext) execution).create(type, arguments);
    }
}
