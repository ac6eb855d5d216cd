package dev.tramway.onescript.internal.bind;

import dev.tramway.onescript.Permission;

/** A global function or procedure, or the constructor of a type. */
public final class Function extends Callable {
    /** What it does. */
    @FunctionalInterface
    public interface Body {
        Object call(Call call);
    }

    /** What it does, without a result. */
    @FunctionalInterface
    public interface VoidBody {
        void call(Call call);
    }

    private final Body body;

    public Function(String russian, String english, Params params, Permission permission, boolean function, Body body) {
        super(russian, english, params, permission, function);
        this.body = body;
    }

    /** Calls it. Number of arguments and permission have been checked; a procedure returns Неопределено. */
    public Object invoke(Call call) {
        return body.call(call);
    }
}
