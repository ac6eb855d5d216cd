package dev.tramway.frames.internal.codec;

import dev.tramway.frames.internal.expr.Expr;
import dev.tramway.frames.internal.expr.Operand;
import dev.tramway.frames.internal.expr.Scope;
import dev.tramway.frames.internal.type.ValueException;
import org.jspecify.annotations.Nullable;

/**
 * A part of a frame: a field, or something made of fields. The same tree decodes and encodes. Decoding walks it and notes on
 * the {@link Tape} where everything lies; encoding walks it, writes, and notes the same, so that expressions are evaluated
 * in the same way in both directions.
 *
 * <p>Fixed once compiled, used by any thread: what belongs to one frame is on its tape.
 */
public abstract sealed class Node implements Operand permits FieldNode, ValueNode, GroupNode, ListNode, NestedNode {
    /** Answer of a walk that failed; the tape knows why. */
    static final int FAILED = -1;

    private final String name;
    private final @Nullable Expr when;
    private final int slot;
    private int fromStart = -1;
    private int fromEnd = -1;

    Node(String name, @Nullable Expr when, int slot) {
        this.name = name;
        this.when = when;
        this.slot = slot;
    }

    /** Its name; empty for the items of a list. */
    public final String name() {
        return name;
    }

    /** Where the tape keeps the place of its last occurrence. */
    final int slot() {
        return slot;
    }

    /** True if some frames have it and others have not. */
    final boolean isOptional() {
        return when != null;
    }

    /** Hidden parts have names that begin with an underscore: they are written as zeros and shown by {@code explain} only. */
    final boolean isHidden() {
        return name.startsWith("_");
    }

    /** Says that it always begins at the same bit. */
    void fix(int bitsFromStart) {
        fromStart = bitsFromStart;
    }

    /** Says that it always begins at the same bit before the end. */
    void fixFromEnd(int bitsFromEnd) {
        fromEnd = bitsFromEnd;
    }

    final int fromStart() {
        return fromStart;
    }

    final int fromEnd() {
        return fromEnd;
    }

    /** Its size if all frames have it with the same size, otherwise -1. */
    abstract int fixedBits();

    /** Walks the part that begins at a bit; answers where it ends, or {@link #FAILED}. */
    final int walk(Tape tape, int bit) {
        if (when != null) {
            tape.cursor(bit);
            if (!when.truth(tape)) {
                return bit;
            }
        }
        int entry = tape.open(this, bit);
        if (entry < 0) {
            return FAILED;
        }
        int end = content(tape, bit, entry);
        if (end < 0) {
            return FAILED;
        }
        tape.close(entry, end);
        return verify(tape) ? end : FAILED;
    }

    /** Finds where the part ends, and notes what is in it. */
    abstract int content(Tape tape, int bit, int entry);

    /** Looks at the part as a whole. */
    boolean verify(Tape tape) {
        return true;
    }

    /** Writes the part. */
    final void encode(Encoder encoder, @Nullable Object value) {
        if (when != null && !isWanted(when, encoder, value)) {
            return;
        }
        int entry = encoder.tape().open(this, encoder.out().bit());
        if (entry < 0) {
            throw new ValueException("more fields than the limits of the definition allow");
        }
        encodeContent(encoder, value, entry);
        encoder.tape().close(entry, encoder.out().bit());
    }

    /** How much is left is not known yet: what stands there in some frames is written if it is given. */
    private static boolean isWanted(Expr when, Encoder encoder, @Nullable Object value) {
        return when.usesRest() ? value != null : when.truth(encoder.tape());
    }

    abstract void encodeContent(Encoder encoder, @Nullable Object value, int entry);

    /** The value for a message: a scalar, a map, a list, or null if there is none. */
    abstract @Nullable Object value(Tape tape, int entry);

    @Override
    public boolean present(Scope scope) {
        return ((Tape) scope).startOf(this) >= 0;
    }

    @Override
    public int start(Scope scope) {
        return ((Tape) scope).startOf(this);
    }

    @Override
    public int end(Scope scope) {
        return ((Tape) scope).endOf(this);
    }

    @Override
    public int count(Scope scope) {
        return present(scope) ? 1 : 0;
    }
}
