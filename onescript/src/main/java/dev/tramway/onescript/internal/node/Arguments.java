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
    Frame frame(Frame frame, ModuleInstance self, ScriptMethod method) {
        Frame called = new Frame(self, method, frame.execution);
        int count = method.params().max();
        for (int i = 0; i < count; i++) {
            if (method.isReference(i)) {
                called.set(i, reference(frame, method, i));
            } else if (isGiven(i)) {
                give(called, i, frame);
            } else {
                called.set(i, method.missing(i));
            }
        }
        return called;
    }

    private void give(Frame called, int index, Frame frame) {
        ExprNode node = nodes[index];
        if (node instanceof Operators.Arithmetic number) {
            called.set(index, number.evalWhole(frame), frame);
        } else {
            called.set(index, ExprNode.value(node, frame));
        }
    }

    private Object reference(Frame frame, ScriptMethod method, int index) {
        return isGiven(index) ? nodes[index].reference(frame) : new References.OfValue(method.missing(index));
    }
}
