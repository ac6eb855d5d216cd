package dev.tramway.onescript.internal.node;

/** An expression that can be assigned to. */
public abstract class VariableNode extends ExprNode {
    public abstract void assign(Frame frame, Object value);
}
