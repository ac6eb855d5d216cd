package dev.tramway.onescript.internal.node;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.bind.Type;
import dev.tramway.onescript.internal.syntax.Source;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.ScriptError;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A thread that runs scripts. Steps are taken out of a portion, so that the common case is one subtraction. */
public abstract class Execution implements Context {
    /** What runs on this thread, for values that print themselves by a script's method. */
    private static final ThreadLocal<@Nullable Execution> CURRENT = new ThreadLocal<>();

    private final int maxDepth;

    @Nullable
    Frame top;

    private long portion;

    protected Execution(int maxDepth) {
        this.maxDepth = maxDepth;
    }

    static @Nullable Execution current() {
        return CURRENT.get();
    }

    /** Counts one turn of a loop, or one call. */
    final void step() {
        if (--portion < 0) {
            portion = refill();
        }
    }

    @Override
    public final void work(long steps) {
        portion -= steps;
        if (portion < 0) {
            portion = refill(-portion);
        }
    }

    private long refill() {
        return refill(1);
    }

    /** Returns the next portion, after paying for the steps that the last one was short of; or fails. */
    protected abstract long refill(long owed);

    /** Adds handlers of an event, or takes them away. */
    protected abstract void handler(boolean add, Object source, String event, Object target, String method);

    /** Calls the handlers of an event. */
    protected abstract void raise(Object source, String event, Object arguments);

    /** Finds the type that Новый names. */
    protected abstract @Nullable Type type(String key);

    public final @Nullable Frame top() {
        return top;
    }

    final void enter(Frame frame) {
        if (frame.depth > maxDepth) {
            throw tooDeep();
        }
        step();
        if (top == null) {
            CURRENT.set(this);
        }
        top = frame;
    }

    static ScriptError tooDeep() {
        return Errors.of(
                "Переполнение стека: слишком глубокая вложенность вызовов",
                "Stack overflow: calls are nested too deeply");
    }

    final void check(Permission permission) {
        if (permission != Permission.PURE) {
            require(permission, "");
        }
    }

    @Override
    public final @Nullable Path script() {
        Source source = source();
        return source == null ? null : source.path();
    }

    /** Returns the module whose code is running. */
    public final @Nullable Source source() {
        return top == null ? null : top.self.type().source();
    }
}
