package dev.tramway.frames.internal.codec;

import dev.tramway.frames.internal.check.Check;
import dev.tramway.frames.internal.expr.Expr;
import dev.tramway.frames.internal.expr.Kind;
import dev.tramway.frames.internal.expr.Range;
import dev.tramway.frames.internal.expr.Scope;
import dev.tramway.frames.internal.type.BcdType;
import dev.tramway.frames.internal.type.DigitsType;
import dev.tramway.frames.internal.type.Extent;
import dev.tramway.frames.internal.type.Type;
import dev.tramway.frames.internal.type.ValueException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One value. */
public final class FieldNode extends Node {
    private final Type type;
    private final Look look;
    private final @Nullable Expr size;
    private final @Nullable Object otherwise;
    private final @Nullable Object constant;
    private @Nullable Expr valid;
    private @Nullable Expr computed;
    private @Nullable Check check;
    private @Nullable Range checked;
    private boolean checkedLater;
    private boolean ofFrame;

    /** What a field has beyond name and type. */
    public record Rules(
            @Nullable Expr when,
            @Nullable Expr size,
            @Nullable Object otherwise,
            @Nullable Object constant) {
        /** Nothing. */
        public static final Rules NONE = new Rules(null, null, null, null);
    }

    /** A field of a type. */
    public FieldNode(String name, Type type, Look look, Rules rules, int slot) {
        super(name, rules.when(), slot);
        this.type = type;
        this.look = look;
        size = rules.size();
        otherwise = rules.otherwise();
        constant = rules.constant();
    }

    /**
     * Says how it is computed when a frame is written; may name fields behind it, so it comes after.
     *
     * @param needsFrame true if it must wait until the whole frame is written, and not only the group that it is in
     */
    public void computed(Expr expr, boolean needsFrame) {
        computed = expr;
        ofFrame = needsFrame;
    }

    /** Sets a condition on its value; may name the field itself, so it comes after. */
    public void valid(Expr condition) {
        valid = condition;
    }

    /**
     * Makes it a check of other fields.
     *
     * @param later true if they may stand behind it, so that it is looked at when the header and trailer were walked
     */
    public void check(Check function, Range over, boolean later) {
        check = function;
        checked = over;
        checkedLater = later;
    }

    /** Its type. */
    public Type type() {
        return type;
    }

    /** How it is shown. */
    public Look look() {
        return look;
    }

    /** True if it must wait until the whole frame is written. */
    boolean needsFrame() {
        return ofFrame;
    }

    boolean isConstant() {
        return constant != null;
    }

    boolean isCheck() {
        return check != null;
    }

    /** True if it is written without being given. */
    boolean isComputed() {
        return computed != null || check != null;
    }

    /** True if nothing can be wrong with it but its decimal digits. */
    boolean isPlainDigits() {
        return constant == null
                && valid == null
                && check == null
                && look.none() == null
                && type instanceof BcdType bcd
                && !bcd.signed()
                && fromStart() >= 0
                && fromStart() % 4 == 0;
    }

    /** True if it has to be looked at even if nobody reads it. */
    boolean mustBeVerified() {
        return constant != null || valid != null || check != null || type.canBeInvalid();
    }

    @Override
    int fixedBits() {
        return size != null || isOptional() ? -1 : type.bits();
    }

    @Override
    public Kind kind() {
        return look.kind(type.kind());
    }

    @Override
    int content(Tape tape, int bit, int entry) {
        int end = end(tape, bit);
        if (end < 0) {
            return tape.fail(Trouble.SHORT, this, bit);
        }
        return verifyRaw(tape, bit, end) ? end : FAILED;
    }

    private int end(Tape tape, int bit) {
        int limit = tape.limit();
        if (size != null) {
            tape.cursor(bit);
            long bytes = size.integer(tape);
            if (bytes < 0 || bytes > (limit - bit) / 8) {
                return FAILED;
            }
            int end = bit + 8 * (int) bytes;
            return type.end(tape.bytes(), bit, end) == end ? end : FAILED;
        }
        int bits = type.bits();
        if (bits < 0) {
            return type.end(tape.bytes(), bit, limit);
        }
        return bit + bits <= limit ? bit + bits : FAILED;
    }

    /** True if the bytes are a value, and the one that they must be. */
    boolean verifyRaw(Tape tape, int bit, int end) {
        if (!type.isValid(tape.bytes(), bit, end) && !isNone(tape.bytes(), bit, end)) {
            return tape.fail(Trouble.VALUE, this, bit) >= 0;
        }
        if (constant != null && !isConstant(tape.bytes(), bit, end)) {
            return tape.fail(Trouble.CONSTANT, this, bit) >= 0;
        }
        return true;
    }

    private boolean isConstant(ByteBuffer bytes, int bit, int end) {
        if (constant instanceof Long number) {
            return type.integer(bytes, bit, end) == number;
        }
        return type.text(bytes, bit, end).equals(constant);
    }

    @Override
    boolean verify(Tape tape) {
        if (valid != null && !valid.truth(tape)) {
            return tape.fail(Trouble.VALUE, this, tape.startOf(this)) >= 0;
        }
        return check == null || checkedLater || verifyCheck(tape);
    }

    /** Computes the check and compares. */
    boolean verifyCheck(Tape tape) {
        long expected = computeCheck(tape);
        int start = tape.startOf(this);
        int end = tape.endOf(this);
        if ((expected < 0 && checkFailed(tape)) || type.integer(tape.bytes(), start, end) != expected) {
            return tape.failCheck(this, start, expected) >= 0;
        }
        return true;
    }

    private boolean checkFailed(Tape tape) {
        return checked == null || checked.start(tape) < 0 || checked.end(tape) < checked.start(tape);
    }

    private long computeCheck(Tape tape) {
        if (check == null || checked == null || checkFailed(tape)) {
            return -1;
        }
        return check.of(tape.bytes(), checked.start(tape) / 8, checked.end(tape) / 8);
    }

    @Override
    public long integer(Scope scope) {
        Tape tape = (Tape) scope;
        int start = tape.startOf(this);
        if (start < 0) {
            return 0;
        }
        return look.scales() ? (long) real(scope) : type.integer(tape.bytes(), start, tape.endOf(this));
    }

    @Override
    public double real(Scope scope) {
        Tape tape = (Tape) scope;
        int start = tape.startOf(this);
        if (start < 0) {
            return 0;
        }
        double raw = type.real(tape.bytes(), start, tape.endOf(this));
        return look.scales() ? look.scaled(raw) : raw;
    }

    @Override
    public String text(Scope scope) {
        Tape tape = (Tape) scope;
        int start = tape.startOf(this);
        if (start < 0) {
            return "";
        }
        return type.kind() == Kind.TEXT
                ? type.text(tape.bytes(), start, tape.endOf(this))
                : String.valueOf(shown(tape.bytes(), start, tape.endOf(this)));
    }

    long key(Tape tape) {
        int start = tape.startOf(this);
        return start < 0 ? -1 : type.key(tape.bytes(), start, tape.endOf(this));
    }

    @Override
    @Nullable
    Object value(Tape tape, int entry) {
        return shown(tape.bytes(), tape.start(entry), tape.end(entry));
    }

    @Nullable
    Object shown(ByteBuffer bytes, int start, int end) {
        Object raw = isNone(bytes, start, end) ? null : type.value(bytes, start, end);
        return raw == null ? null : look.shown(raw);
    }

    private boolean isNone(ByteBuffer bytes, int start, int end) {
        return look.none() != null && look.isNone(type.key(bytes, start, end));
    }

    @Override
    void encodeContent(Encoder encoder, @Nullable Object value, int entry) {
        if (constant != null) {
            type.write(constant, encoder.out());
        } else if (isComputed()) {
            encoder.later(this);
        } else if (value != null) {
            write(value, encoder);
        } else if (otherwise != null) {
            type.write(otherwise, encoder.out());
        } else {
            writeNothing(encoder);
        }
    }

    private void write(Object value, Encoder encoder) {
        try {
            type.write(look.raw(value, type.kind() != Kind.NUM), encoder.out());
        } catch (ValueException e) {
            throw encoder.at(this, e);
        }
    }

    private void writeNothing(Encoder encoder) {
        if (look.none() != null) {
            type.writeKey(look.none(), encoder.out());
        } else if (isHidden() && type.bits() >= 0) {
            for (int left = type.bits(); left > 0; left -= 8) {
                encoder.out().bits(0, Math.min(left, 8));
            }
        } else if (type instanceof DigitsType digits && !(digits.extent() instanceof Extent.Fixed)) {
            digits.extent().write(new byte[0], -1, encoder.out());
        } else {
            throw encoder.at(this, new ValueException("no value was given"));
        }
    }

    /** Writes what is computed, once everything else was written. */
    void complete(Encoder encoder, int entry) {
        Tape tape = encoder.tape();
        encoder.out().bit(tape.start(entry));
        try {
            if (computed != null) {
                type.write(look.raw(computed.value(tape), type.kind() != Kind.NUM), encoder.out());
            } else {
                type.write(computeCheck(tape), encoder.out());
            }
        } catch (ValueException e) {
            throw encoder.at(this, e);
        }
    }
}
