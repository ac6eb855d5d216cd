package dev.tramway.onescript.internal.node;

import dev.tramway.onescript.internal.bind.Reference;
import dev.tramway.onescript.internal.value.Values;

/** An expression that runs. Its methods are small, so that the JIT compiler can put trees of them into one piece. */
public abstract class ExprNode {
    public abstract Object eval(Frame frame);

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
