package dev.tramway.onescript.internal.node;

import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.value.Errors;
import org.jspecify.annotations.Nullable;

/** The arguments of a call, as written. */
final class Arguments {
    private final ExprNode[] nodes;

    Arguments(ExprNode[] nodes) {
        this.nodes = nodes;
    }

    private boolean isGiven(int index) {
        return index < nodes.length && !(nodes[index] instanceof Variables.Skipped);
    }

    /** Fails unless as many are given as are wanted. */
    void check(Params params) {
        if (nodes.length > params.max()) {
            throw Errors.tooManyArguments();
        }
        if (nodes.length < params.min()) {
            throw Errors.tooFewArguments();
        }
        for (int i = 0; i < params.min(); i++) {
            if (!isGiven(i)) {
                throw Errors.missingArgument();
            }
        }
    }

    void check(ScriptMethod method) {
        if (nodes.length > method.params().max()) {
            throw Errors.tooManyArguments();
        }
        for (int i = 0; i < method.params().max(); i++) {
            if (!isGiven(i) && !method.isOptional(i)) {
                throw i < nodes.length ? Errors.missingArgument() : Errors.tooFewArguments();
            }
        }
    }

    /** Evaluates them for Java code. */
    @Nullable
    Object[] values(Frame frame, Params params) {
        @Nullable Object[] values = new @Nullable Object[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            if (isGiven(i)) {
                values[i] = params.isReference(i) ? nodes[i].reference(frame) : ExprNode.value(nodes[i], frame);
            }
        }
        return values;
    }

    /** Evaluates them into the frame of a script's method. */
    Object[] slots(Frame frame, ScriptMethod method) {
        Object[] slots = method.slots();
        int count = method.params().max();
        for (int i = 0; i < count; i++) {
            slots[i] = method.isReference(i) ? reference(frame, method, i) : value(frame, method, i);
        }
        return slots;
    }

    private Object value(Frame frame, ScriptMethod method, int index) {
        return isGiven(index) ? ExprNode.value(nodes[index], frame) : method.missing(index);
    }

    private Object reference(Frame frame, ScriptMethod method, int index) {
        return isGiven(index) ? nodes[index].reference(frame) : new References.OfValue(method.missing(index));
    }
}
