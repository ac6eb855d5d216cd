package dev.tramway.frames.internal.codec;

import dev.tramway.frames.internal.expr.Expr;
import dev.tramway.frames.internal.expr.Kind;
import dev.tramway.frames.internal.expr.Scope;
import org.jspecify.annotations.Nullable;

/** A value that is computed from others and takes no bytes. What is given for it is not written. */
public final class ValueNode extends Node {
    private final Expr expr;
    private final String unit;

    /** A value of an expression. */
    public ValueNode(String name, Expr expr, @Nullable Expr when, String unit, int slot) {
        super(name, when, slot);
        this.expr = expr;
        this.unit = unit;
    }

    /** Its unit, may be empty. */
    String unit() {
        return unit;
    }

    @Override
    int fixedBits() {
        return -1;
    }

    @Override
    int content(Tape tape, int bit, int entry) {
        tape.cursor(bit);
        evaluate(tape, entry);
        return tape.hasFailed() ? FAILED : bit;
    }

    @Override
    void encodeContent(Encoder encoder, @Nullable Object value, int entry) {
        evaluate(encoder.tape(), entry);
    }

    /** Now, since the fields of a list item have other values in the next one. */
    private void evaluate(Tape tape, int entry) {
        switch (expr.kind()) {
            case NUM -> tape.note(entry, Double.doubleToRawLongBits(expr.real(tape)));
            case TEXT -> tape.note(entry, expr.text(tape));
            default -> tape.note(entry, expr.integer(tape));
        }
    }

    @Override
    Object value(Tape tape, int entry) {
        return switch (expr.kind()) {
            case NUM -> Double.longBitsToDouble(tape.number(entry));
            case TEXT -> tape.words(entry);
            case BOOL -> tape.number(entry) != 0;
            default -> tape.number(entry);
        };
    }

    @Override
    public Kind kind() {
        return expr.kind();
    }

    @Override
    public long integer(Scope scope) {
        int entry = ((Tape) scope).entryOf(this);
        if (entry < 0) {
            return 0;
        }
        long noted = ((Tape) scope).number(entry);
        return expr.kind() == Kind.NUM ? (long) Double.longBitsToDouble(noted) : noted;
    }

    @Override
    public double real(Scope scope) {
        int entry = ((Tape) scope).entryOf(this);
        if (entry < 0) {
            return 0;
        }
        long noted = ((Tape) scope).number(entry);
        return expr.kind() == Kind.NUM ? Double.longBitsToDouble(noted) : noted;
    }

    @Override
    public String text(Scope scope) {
        int entry = ((Tape) scope).entryOf(this);
        return entry < 0 ? "" : String.valueOf(value((Tape) scope, entry));
    }
}
