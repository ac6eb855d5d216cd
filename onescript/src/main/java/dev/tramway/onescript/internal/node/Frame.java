package dev.tramway.onescript.internal.node;

import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.ScriptError;
import org.jspecify.annotations.Nullable;

/** One activation of a method. Belongs to the thread that runs it. */
public final class Frame {
    final ModuleInstance self;
    final ScriptMethod method;
    final Execution execution;
    final @Nullable Frame caller;
    final int depth;

    /** Parameters and local variables; replaced by a longer array where code made at run time needs more. */
    Object[] slots;

    Object result = Empty.UNDEFINED;
    /** What an expression gave last that was to be a whole number and is none. */
    Object other = Empty.UNDEFINED;

    /** The error that is being handled. */
    @Nullable
    ScriptError handled;

    private long at;

    Frame(ModuleInstance self, ScriptMethod method, Execution execution, Object[] slots) {
        this.self = self;
        this.method = method;
        this.execution = execution;
        this.slots = slots;
        this.caller = execution.top;
        this.depth = caller == null ? 1 : caller.depth + 1;
    }

    void at(StatementNode statement) {
        at = statement.at;
    }

    /** Makes a value of what {@link ExprNode#evalWhole} gave. */
    Object object(long whole) {
        return whole == ExprNode.NOT_WHOLE ? other : (Object) whole;
    }

    /** Gives a value as {@link ExprNode#evalWhole} does. */
    long whole(Object value) {
        if (value instanceof Long number) {
            long whole = number;
            if (whole != ExprNode.NOT_WHOLE) {
                return whole;
            }
        }
        other = value;
        return ExprNode.NOT_WHOLE;
    }

    public ModuleInstance self() {
        return self;
    }

    public @Nullable Frame caller() {
        return caller;
    }

    public @Nullable ScriptError handled() {
        return handled;
    }

    /** Returns where it is now. */
    public ScriptError.Place place() {
        return method.place(at);
    }

    /** Notes in an error that it was here. */
    void note(ScriptError error) {
        error.passed(place(), method.isEnglish(), this);
    }
}
