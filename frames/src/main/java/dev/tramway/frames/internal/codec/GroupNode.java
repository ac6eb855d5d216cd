package dev.tramway.frames.internal.codec;

import dev.tramway.frames.internal.expr.Expr;
import dev.tramway.frames.internal.expr.Kind;
import dev.tramway.frames.internal.expr.Scope;
import dev.tramway.frames.internal.type.ValueException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fields that belong together: always the same ones, the bits of one word, or those of the first case that fits. A size, if
 * there is one, must be used up exactly.
 */
public final class GroupNode extends Node {
    /**
     * Fields for some frames.
     *
     * @param condition null for all others
     * @param fields what they have then
     */
    public record Case(@Nullable Expr condition, List<Node> fields) {}

    private final List<Case> cases;
    private final @Nullable Expr size;
    private final int word;

    /**
     * A group.
     *
     * @param cases alternatives, of which none may fit
     * @param size bytes that it has, null if its fields say so
     * @param word bits of the word that all its fields lie in, 0 if they follow one another
     */
    public GroupNode(String name, List<Case> cases, @Nullable Expr when, @Nullable Expr size, int word, int slot) {
        super(name, when, slot);
        this.cases = List.copyOf(cases);
        this.size = size;
        this.word = word;
    }

    /** The fields of a group without alternatives; those of the first one otherwise. */
    List<Node> fields() {
        return cases.get(0).fields();
    }

    /** All alternatives. */
    List<Case> cases() {
        return cases;
    }

    boolean isWord() {
        return word > 0;
    }

    @Override
    void fix(int bitsFromStart) {
        super.fix(bitsFromStart);
        if (fixedBits() >= 0) {
            int bit = bitsFromStart;
            for (Node field : fields()) {
                field.fix(bit);
                bit += word > 0 ? 0 : field.fixedBits();
            }
        }
    }

    @Override
    void fixFromEnd(int bitsFromEnd) {
        super.fixFromEnd(bitsFromEnd);
        int bit = bitsFromEnd;
        for (Node field : fields()) {
            field.fixFromEnd(bit);
            bit -= word > 0 ? 0 : field.fixedBits();
        }
    }

    @Override
    int fixedBits() {
        if (size != null || isOptional() || cases.size() != 1 || cases.get(0).condition() != null) {
            return -1;
        }
        return word > 0 ? word : fixedBits(fields());
    }

    /** Size of fields in a row, -1 if it varies. */
    static int fixedBits(List<Node> fields) {
        int sum = 0;
        for (Node field : fields) {
            int bits = field.fixedBits();
            if (bits < 0) {
                return -1;
            }
            sum += bits;
        }
        return sum;
    }

    @Override
    public Kind kind() {
        return Kind.GROUP;
    }

    @Override
    int content(Tape tape, int bit, int entry) {
        if (word > 0) {
            return words(tape, bit);
        }
        tape.cursor(bit);
        if (size == null) {
            return fields(tape, bit);
        }
        long bytes = size.integer(tape);
        if (bytes < 0 || bytes > (tape.limit() - bit) / 8) {
            return tape.fail(Trouble.SHORT, this, bit);
        }
        int outer = tape.limit();
        int end = bit + 8 * (int) bytes;
        tape.limit(end);
        int reached = fields(tape, bit);
        if (reached >= 0 && reached != end) {
            return tape.fail(Trouble.TRAILING, this, reached);
        }
        tape.limit(outer);
        return reached;
    }

    private int words(Tape tape, int bit) {
        if (bit + word > tape.limit()) {
            return tape.fail(Trouble.SHORT, this, bit);
        }
        for (Node field : fields()) {
            if (field.walk(tape, bit) < 0) {
                return FAILED;
            }
        }
        return bit + word;
    }

    private int fields(Tape tape, int bit) {
        for (Case each : cases) {
            if (each.condition() == null || each.condition().truth(tape)) {
                return walkAll(each.fields(), tape, bit);
            }
        }
        return bit;
    }

    static int walkAll(List<Node> fields, Tape tape, int bit) {
        int at = bit;
        for (int i = 0; i < fields.size() && at >= 0; i++) {
            at = fields.get(i).walk(tape, at);
        }
        return at;
    }

    @Override
    void encodeContent(Encoder encoder, @Nullable Object value, int entry) {
        Map<?, ?> values = values(encoder, value);
        int open = encoder.openLater();
        for (Case each : cases) {
            if (each.condition() == null || each.condition().truth(encoder.tape())) {
                encodeAll(each.fields(), encoder, values);
                break;
            }
        }
        encoder.tape().close(entry, encoder.out().bit());
        encoder.completeFrom(open);
    }

    private Map<?, ?> values(Encoder encoder, @Nullable Object value) {
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw encoder.at(this, new ValueException(value, "values by name"));
    }

    private void encodeAll(List<Node> fields, Encoder encoder, Map<?, ?> values) {
        encoder.requireKnown(this, fields, values);
        int start = encoder.out().bit();
        if (word > 0) {
            encoder.out().bits(0, word);
            encoder.out().bit(start);
        }
        for (Node field : fields) {
            field.encode(encoder, values.get(field.name()));
        }
        if (word > 0) {
            encoder.out().bit(start + word);
        }
    }

    @Override
    Object value(Tape tape, int entry) {
        Map<String, Object> values = new LinkedHashMap<>();
        tape.forEachChild(entry, child -> tape.put(values, child));
        return values;
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
