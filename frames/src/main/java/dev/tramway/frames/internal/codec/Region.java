package dev.tramway.frames.internal.codec;

import dev.tramway.frames.internal.expr.Kind;
import dev.tramway.frames.internal.expr.Operand;
import dev.tramway.frames.internal.expr.Scope;

/** A part of the frame that is no field, but has a size. */
public enum Region implements Operand {
    /** All of it. */
    FRAME,
    /** Between header and trailer. */
    BODY;

    @Override
    public Kind kind() {
        return Kind.GROUP;
    }

    @Override
    public int start(Scope scope) {
        Tape tape = (Tape) scope;
        return this == FRAME ? tape.firstBit() : tape.bodyStart();
    }

    @Override
    public int end(Scope scope) {
        Tape tape = (Tape) scope;
        return this == FRAME ? tape.lastBit() : tape.bodyEnd();
    }

    @Override
    public boolean present(Scope scope) {
        return true;
    }

    @Override
    public int count(Scope scope) {
        return 1;
    }

    @Override
    public long integer(Scope scope) {
        return 0;
    }

    @Override
    public double real(Scope scope) {
        return 0;
    }

    @Override
    public String text(Scope scope) {
        return "";
    }
}
