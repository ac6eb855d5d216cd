package dev.tramway.frames.internal.codec;

import dev.tramway.frames.Direction;
import dev.tramway.frames.Message;
import dev.tramway.frames.internal.expr.Expr;
import dev.tramway.frames.internal.expr.Kind;
import dev.tramway.frames.internal.expr.Scope;
import dev.tramway.frames.internal.type.ValueException;
import org.jspecify.annotations.Nullable;

/** A frame of another protocol, whole, without its framing. */
public final class NestedNode extends Node {
    private final Plan plan;
    private final @Nullable Expr size;
    private final @Nullable Direction direction;

    /**
     * A frame.
     *
     * @param plan its protocol
     * @param size how many bytes it has; null for all that are left
     * @param direction which way it goes; null for that of the frame around it
     */
    public NestedNode(
            String name, Plan plan, @Nullable Expr size, @Nullable Direction direction, @Nullable Expr when, int slot) {
        super(name, when, slot);
        this.plan = plan;
        this.size = size;
        this.direction = direction;
    }

    private Direction direction(Tape tape) {
        return direction == null ? tape.direction() : direction;
    }

    @Override
    int fixedBits() {
        return -1;
    }

    @Override
    public Kind kind() {
        return Kind.GROUP;
    }

    @Override
    int content(Tape tape, int bit, int entry) {
        tape.cursor(bit);
        int left = (tape.limit() - bit) / 8;
        long bytes = size == null ? left : size.integer(tape);
        if (bytes < 0 || bytes > left || bit % 8 != 0) {
            return tape.fail(Trouble.SHORT, this, bit);
        }
        if (tape.isDeepest()) {
            return tape.fail(Trouble.LIMIT, this, bit);
        }
        int end = bit + 8 * (int) bytes;
        Tape inner = tape.inner(plan, direction(tape));
        if (!inner.decode(tape.bytes(), bit / 8, end / 8) && !inner.isUnknown()) {
            return tape.failInside(this, inner);
        }
        return end;
    }

    @Override
    void encodeContent(Encoder encoder, @Nullable Object value, int entry) {
        if (!(value instanceof Message message)) {
            throw encoder.at(this, new ValueException(String.valueOf(value), "a message of " + plan.name()));
        }
        boolean asItIs = message.isUnknown() || !message.protocol().equals(plan.name());
        encoder.out().bytes(asItIs ? message.bytes() : Encoder.encode(plan, message));
    }

    @Override
    Object value(Tape tape, int entry) {
        Tape inner = new Tape(plan, direction(tape));
        inner.decode(tape.bytes(), tape.start(entry) / 8, tape.end(entry) / 8);
        return inner.message();
    }

    /** A tape of its own, walked, to be shown. */
    Tape walked(Tape tape, int entry) {
        Tape inner = new Tape(plan, direction(tape));
        inner.decode(tape.bytes(), tape.start(entry) / 8, tape.end(entry) / 8);
        inner.walkAll();
        return inner;
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
