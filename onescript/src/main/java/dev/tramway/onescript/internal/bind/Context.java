package dev.tramway.onescript.internal.bind;

import dev.tramway.TcpServer;
import dev.tramway.onescript.Permission;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a built-in may ask of the engine, on the thread that runs it. A context belongs to its thread; Java code that is called
 * on another thread takes that thread's own by {@link #engine()}.
 */
public interface Context {
    Engine engine();

    /** Fails where the policy does not allow it. */
    void require(Permission permission, String subject);

    /** Counts work in proportion, about one for each loop turn of a script. */
    void work(long steps);

    /** Counts bytes that were allocated, roughly, against the limit of memory. */
    void grow(long bytes);

    /** Calls an exported method of any object by name, checking the number of arguments. */
    Object invoke(BslObject target, String method, @Nullable Object... arguments);

    /** Returns the value of a property found by name. */
    Object get(BslObject target, String property);

    /** Assigns to a property found by name. */
    void set(BslObject target, String property, Object value);

    /** Makes a value as Новый does. */
    Object create(String type, @Nullable Object... arguments);

    /** Returns what to throw where a wait was interrupted: the script is ending. */
    RuntimeException interrupted();

    /** Returns the file of the script whose code is running; absent where that came from a string. */
    @Nullable
    Path script();

    /** What outlives a thread: streams, arguments, types. Safe for all threads. */
    interface Engine {
        /** Returns the context of the calling thread. */
        Context context();

        /** Writes a line of text to the output. */
        void print(String line);

        /** Writes text, encoded already, to the output. */
        void write(byte[] text);

        /** Writes what was kept in order to write more at a time: before somebody else writes to the same place. */
        void flushOutput();

        OutputStream output();

        /** True while messages go to the standard output of the process. */
        boolean isOutputOfProcess();

        /** Sends messages elsewhere from now on. */
        void output(OutputStream stream);

        OutputStream errorOutput();

        void errorOutput(OutputStream stream);

        InputStream input();

        List<String> arguments();

        /** Returns the file of the script that was started; absent where that came from a string. */
        @Nullable
        Path script();

        /** Returns the directory that relative paths start from. */
        Path directory();

        void directory(Path directory);

        /** Finds a type by its name in either language. */
        @Nullable
        Type type(String name);

        /** Makes the types of a component visible to scripts that are compiled from now on; false if it is not known. */
        boolean attach(String componentFile);

        /** Lets whoever made the engine have the last word about a server that a script starts. */
        TcpServer.Builder server(TcpServer.Builder builder);

        /** An event is taken, or Java code calls: its steps are counted from the beginning, if they are limited for each. */
        void renewSteps();

        /** Runs a task on a thread of its own, with its own context, which does not keep the program alive. */
        Thread start(String name, Runnable task);

        /**
         * Returns the one object of its kind that belongs to this engine. It is made when first asked for, and closed when the
         * script that was started has ended.
         */
        <T extends AutoCloseable> T resource(Class<T> kind, Supplier<T> make);

        /** Ends the script: whatever runs in it ends, on each thread at its next step. */
        RuntimeException exit(int code);
    }
}
