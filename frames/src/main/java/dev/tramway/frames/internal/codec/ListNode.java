package dev.tramway.frames.internal.codec;

import dev.tramway.frames.internal.expr.Expr;
import dev.tramway.frames.internal.expr.Kind;
import dev.tramway.frames.internal.expr.Scope;
import dev.tramway.frames.internal.type.ValueException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The same part again and again: so many times, until a condition holds behind an item, or until the bytes end. */
public final class ListNode extends Node {
    private final Node item;
    private final @Nullable Expr times;
    private final @Nullable Expr until;
    private final int most;
    private final int firstSlot;

    /**
     * A list.
     *
     * @param item the part
     * @param times how often, null if something else says so
     * @param until holds behind the last item, null if the bytes end there
     * @param most most items
     * @param firstSlot the lowest slot of the item and what is in it; its own slot, above all of them, is the last
     */
    public ListNode(
            String name,
            Node item,
            @Nullable Expr times,
            @Nullable Expr until,
            int most,
            @Nullable Expr when,
            int firstSlot,
            int slot) {
        super(name, when, slot);
        this.item = item;
        this.times = times;
        this.until = until;
        this.most = most;
        this.firstSlot = firstSlot;
    }

    Node item() {
        return item;
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
        long wanted = times == null ? Long.MAX_VALUE : times.integer(tape);
        if (wanted < 0 || (times != null && wanted > most)) {
            return tape.fail(Trouble.LIMIT, this, bit);
        }
        int at = bit;
        int count = 0;
        boolean ended = false;
        while (!ended && count < wanted && (times != null || until != null || at < tape.limit())) {
            if (count == most) {
                return tape.fail(Trouble.LIMIT, this, at);
            }
            tape.forget(firstSlot, slot());
            int next = item.walk(tape, at);
            if (next < 0) {
                return FAILED;
            }
            if (next == at && times == null) {
                return tape.fail(Trouble.SHORT, this, at);
            }
            at = next;
            count++;
            tape.cursor(at);
            ended = until != null && until.truth(tape);
        }
        tape.note(entry, count);
        return at;
    }

    @Override
    void encodeContent(Encoder encoder, @Nullable Object value, int entry) {
        List<?> items = items(encoder, value);
        if (items.size() > most) {
            throw encoder.at(this, new ValueException(items.size() + " items", "at most " + most));
        }
        for (Object each : items) {
            encoder.tape().forget(firstSlot, slot());
            int open = encoder.openLater();
            item.encode(encoder, each);
            encoder.completeFrom(open);
        }
        encoder.tape().note(entry, items.size());
        requireCount(encoder, items.size());
    }

    /** A count that is given and not computed must be the right one, or the frame could not be read again. */
    private void requireCount(Encoder encoder, int count) {
        if (times != null && !encoder.hasOpen() && times.integer(encoder.tape()) != count) {
            throw encoder.at(this, new ValueException(count + " items", String.valueOf(times.integer(encoder.tape()))));
        }
    }

    private List<?> items(Encoder encoder, @Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw encoder.at(this, new ValueException(value, "a list"));
    }

    @Override
    Object value(Tape tape, int entry) {
        List<@Nullable Object> values = new ArrayList<>();
        tape.forEachChild(entry, child -> values.add(tape.valueOf(child)));
        return values;
    }

    @Override
    public int count(Scope scope) {
        int entry = ((Tape) scope).entryOf(this);
        return entry < 0 ? 0 : (int) ((Tape) scope).number(entry);
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
