package dev.tramway.onescript.internal.node;

import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.ScriptError;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One activation of a method. Belongs to the thread that runs it. */
public final class Frame {
    final ModuleInstance self;
    final ScriptMethod method;
    final Execution execution;
    final @Nullable Frame caller;
    final int depth;

    /** Stands in a slot whose variable holds a whole number that is no object. */
    private static final Object WHOLE = new Object();

    /** Parameters and local variables; replaced by a longer array where code made at run time needs more. */
    private Object[] slots;
    /** The whole numbers of slots that say so: a variable that counts would make an object with each turn of a loop. */
    private long[] wholes;

    Object result = Empty.UNDEFINED;
    /** What an expression gave last that was to be a whole number and is none. */
    Object other = Empty.UNDEFINED;

    /** The error that is being handled. */
    @Nullable
    ScriptError handled;

    private long at;

    /** Begins with all variables being Неопределено. */
    Frame(ModuleInstance self, ScriptMethod method, Execution execution) {
        this.self = self;
        this.method = method;
        this.execution = execution;
        this.slots = new Object[method.size()];
        this.wholes = new long[slots.length];
        Arrays.fill(slots, Empty.UNDEFINED);
        this.caller = execution.top;
        this.depth = caller == null ? 1 : caller.depth + 1;
    }

    void at(StatementNode statement) {
        at = statement.at;
    }

    /** Returns the value of a variable; a number becomes an object once. */
    Object get(int slot) {
        Object value = slots[slot];
        return value == WHOLE ? box(slot) : value;
    }

    private Object box(int slot) {
        Object number = wholes[slot];
        slots[slot] = number;
        return number;
    }

    /** Gives the value of a variable as {@link ExprNode#evalWhole} does. */
    long getWhole(int slot) {
        Object value = slots[slot];
        return value == WHOLE ? wholes[slot] : whole(value);
    }

    void set(int slot, Object value) {
        slots[slot] = value;
    }

    /** Assigns a number that is not {@link ExprNode#NOT_WHOLE}. */
    void setWhole(int slot, long number) {
        wholes[slot] = number;
        if (slots[slot] != WHOLE) {
            slots[slot] = WHOLE;
        }
    }

    /** Assigns what {@link ExprNode#evalWhole} gave, in the frame where it was evaluated. */
    void set(int slot, long whole, Frame evaluated) {
        if (whole == ExprNode.NOT_WHOLE) {
            slots[slot] = evaluated.other;
        } else {
            setWhole(slot, whole);
        }
    }

    /** Makes room for the variables of code made at run time: those from a slot on are its own, and Неопределено. */
    void extend(int from, int size) {
        if (slots.length < size) {
            slots = Arrays.copyOf(slots, size);
            wholes = Arrays.copyOf(wholes, size);
        }
        Arrays.fill(slots, from, size, Empty.UNDEFINED);
    }

    /** Takes over the variables of a frame that had no more than this one. */
    void continueFrom(Frame before) {
        int known = Math.min(before.slots.length, slots.length);
        System.arraycopy(before.slots, 0, slots, 0, known);
        System.arraycopy(before.wholes, 0, wholes, 0, known);
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
