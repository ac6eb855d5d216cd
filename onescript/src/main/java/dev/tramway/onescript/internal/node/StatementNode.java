package dev.tramway.onescript.internal.node;

import dev.tramway.onescript.internal.syntax.Pos;

/** A statement that runs. */
public abstract class StatementNode {
    /** How a statement ended: go on with the next one. */
    public static final int NEXT = 0;

    public static final int BREAK = 1;
    public static final int CONTINUE = 2;
    public static final int RETURN = 3;

    private final Pos at;

    protected StatementNode(Pos at) {
        this.at = at;
    }

    public final Pos at() {
        return at;
    }

    public abstract int execute(Frame frame);
}
