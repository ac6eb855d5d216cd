package dev.tramway.onescript.internal.node;

import dev.tramway.onescript.internal.bind.Reference;
import dev.tramway.onescript.internal.value.Values;

/** An expression that runs. Its methods are small, so that the JIT compiler can put trees of them into one piece. */
public abstract class ExprNode {
    /** Stands for all that is not a whole number. */
    static final long NOT_WHOLE = Long.MIN_VALUE;

    public abstract Object eval(Frame frame);

    /**
     * Evaluates an operand. The two commonest kinds are tried first: what operands are differs from place to place, so that a call
     * through the table of methods could not be inlined, and would cost more than the work.
     */
    static Object value(ExprNode operand, Frame frame) {
        if (operand instanceof Variables.Local local) {
            return frame.get(local.slot);
        }
        if (operand instanceof Variables.Constant constant) {
            return constant.value;
        }
        return operand.eval(frame);
    }

    /**
     * Evaluates to a whole number without making an object of it, so that what is computed on the way makes none. Anything else,
     * and the one number that has no code of its own, is left to be taken by {@link Frame#object}.
     */
    public long evalWhole(Frame frame) {
        return frame.whole(eval(frame));
    }

    /** Evaluates a condition. */
    public boolean test(Frame frame) {
        Object value = eval(frame);
        return value instanceof Boolean flag ? flag : Values.toBoolean(value);
    }

    /** Returns what a parameter by reference is given: a variable where this is one. */
    public Reference reference(Frame frame) {
        return new References.OfValue(eval(frame));
    }
}
