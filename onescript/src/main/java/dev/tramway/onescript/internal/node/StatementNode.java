package dev.tramway.onescript.internal.node;

import dev.tramway.onescript.internal.syntax.Pos;

/** A statement that runs. */
public abstract class StatementNode {
    /** How a statement ended: go on with the next one. */
    public static final int NEXT = 0;

    public static final int BREAK = 1;
    public static final int CONTINUE = 2;
    public static final int RETURN = 3;

    /** Line and column in one number, which is stored faster than a reference. */
    final long at;

    protected StatementNode(Pos at) {
        this.at = (long) at.line() << Integer.SIZE | at.column();
    }

    /** Returns the position that was made a number. */
    static Pos position(long at) {
        return new Pos((int) (at >> Integer.SIZE), (int) at);
    }

    public abstract int execute(Frame frame);
}
