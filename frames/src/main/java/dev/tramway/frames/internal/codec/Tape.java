package dev.tramway.frames.internal.codec;

import dev.tramway.frames.Direction;
import dev.tramway.frames.Frame;
import dev.tramway.frames.Message;
import dev.tramway.frames.Reading;
import dev.tramway.frames.internal.expr.Expr;
import dev.tramway.frames.internal.expr.Kind;
import dev.tramway.frames.internal.expr.Scope;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Says where everything in one frame lies: a list of entries in the order of the bytes, each with its node, its first bit,
 * the bit behind it and the index of the entry behind everything inside it. For each node, a slot holds the index of its
 * last occurrence, which is the one that expressions mean: fields of a list item look at their neighbours in the same item.
 *
 * <p>A frame whose fields always lie at the same places needs no entries until somebody asks for all of it.
 *
 * <p>Used again and again by one thread at a time, without making objects once its arrays are large enough.
 */
public final class Tape implements Scope, Frame {
    private static final int FIRST_SIZE = 32;
    private static final int MAX_DEPTH = 4;

    private final Plan plan;
    private final Direction direction;
    private final int depth;
    private final int[] slots;
    private final Variant[] variants;
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int start;
    private int end;
    private int bodyStart;
    private int bodyEnd;
    private int limit;
    private int cursor;
    private boolean walked;
    private @Nullable Variant variant;
    private @Nullable Shape shape;
    private @Nullable Tape inner;

    private Node[] nodes = new Node[FIRST_SIZE];
    private int[] starts = new int[FIRST_SIZE];
    private int[] ends = new int[FIRST_SIZE];
    private int[] nexts = new int[FIRST_SIZE];
    private long[] numbers = new long[FIRST_SIZE];
    private @Nullable String[] words = new String[FIRST_SIZE];
    private int count;

    private @Nullable Trouble trouble;
    private @Nullable Node troubled;
    private int troubledAt;
    private long expected;
    private String detail = "";
    private boolean checked;

    /** A tape for frames of a protocol that go one way. */
    public Tape(Plan plan, Direction direction) {
        this(plan, direction, 0);
    }

    private Tape(Plan plan, Direction direction, int depth) {
        this.plan = plan;
        this.direction = direction;
        this.depth = depth;
        slots = new int[plan.slots()];
        variants = plan.variants().toArray(Variant[]::new);
        Arrays.fill(slots, -1);
    }

    /** The tape that is being written to, or was. */
    void encoding(Shape what, ByteBuffer output) {
        bytes = output;
        start = 0;
        end = 8 * output.capacity();
        limit = end;
        trouble = null;
        clear();
        shape = what;
        variant = what.variant();
    }

    /** Says how long the written frame is, and where its body lies. */
    void encoded(int bodyFrom, int bodyTo, int to) {
        bodyStart = bodyFrom;
        bodyEnd = bodyTo;
        end = to;
    }

    @Override
    public boolean read(ByteBuffer frame, int from, int to) {
        return decode(frame, from, to);
    }

    /** Looks at a frame; false if it is malformed or unknown. */
    public boolean decode(ByteBuffer buffer, int from, int to) {
        // A reference is stored only if it changes: each store costs the collector's barrier.
        if (bytes != buffer) {
            bytes = buffer;
        }
        if (trouble != null) {
            trouble = null;
        }
        start = from << 3;
        end = to << 3;
        limit = end;
        cursor = start;
        walked = false;
        checked = false;
        for (Variant form : variants) {
            if (form.fits(this)) {
                return decode(form);
            }
        }
        variant = null;
        shape = null;
        return fail(Trouble.UNKNOWN, null, start) >= 0;
    }

    private boolean decode(Variant form) {
        if (variant != form) {
            variant = form;
        }
        if (form.headerBits() < 0) {
            shape = null;
            return walk(form);
        }
        bodyStart = start + form.headerBits();
        bodyEnd = end - form.trailerBits();
        if (bodyStart > bodyEnd) {
            shape = null;
            return fail(Trouble.SHORT, null, end) >= 0;
        }
        cursor = bodyStart;
        limit = bodyEnd;
        if (form.checks().length > 0 && !verifyAll(form.checks())) {
            shape = null;
            return false;
        }
        checked = true;
        Shape found = form.find(this, direction);
        if (found == null || !found.isFixed()) {
            shape = null;
            return walk(form);
        }
        if (shape != found) {
            shape = found;
        }
        return decodeFixed(found);
    }

    private boolean decodeFixed(Shape fixed) {
        int size = bodyEnd - bodyStart;
        if (size != fixed.bodyBits()) {
            return fail(size < fixed.bodyBits() ? Trouble.SHORT : Trouble.TRAILING, null, bodyStart + fixed.bodyBits())
                    >= 0;
        }
        if (!fixed.digits().areDecimal(bytes, start >> 3)) {
            // Walked once more, to say which field it is.
            return walk(fixed.variant());
        }
        for (FieldNode field : fixed.verified()) {
            int at = startOf(field);
            if (!field.verifyRaw(this, at, at + field.type().bits()) || !field.verify(this)) {
                return false;
            }
        }
        return trouble == null;
    }

    private boolean walk(Variant form) {
        clear();
        limit = end - form.trailerBits();
        if (limit < start) {
            return fail(Trouble.SHORT, null, end) >= 0;
        }
        int at = GroupNode.walkAll(form.header(), this, start);
        if (at < 0) {
            return false;
        }
        bodyStart = at;
        bodyEnd = limit;
        limit = end;
        if (GroupNode.walkAll(form.trailer(), this, bodyEnd) < 0) {
            return false;
        }
        limit = bodyEnd;
        cursor = bodyStart;
        if (!verifyAll(form.checks())) {
            return false;
        }
        checked = true;
        shape = form.find(this, direction);
        return shape == null ? fail(Trouble.UNKNOWN, null, bodyStart) >= 0 : walkBody(shape);
    }

    private boolean walkBody(Shape found) {
        int at = GroupNode.walkAll(found.body(), this, bodyStart);
        if (at >= 0 && at != bodyEnd) {
            return fail(Trouble.TRAILING, null, at) >= 0;
        }
        return at >= 0 && trouble == null;
    }

    private boolean verifyAll(FieldNode[] checks) {
        for (FieldNode check : checks) {
            if (!check.verifyCheck(this)) {
                return false;
            }
        }
        return true;
    }

    private void clear() {
        walked = true;
        count = 0;
        Arrays.fill(slots, -1);
    }

    /** Notes the places of all fields, also where decoding did not need them. */
    void walkAll() {
        if (!walked && variant != null) {
            Trouble before = trouble;
            Node beforeAt = troubled;
            int place = troubledAt;
            long value = expected;
            trouble = null;
            walk(variant);
            if (before != null) {
                trouble = before;
                troubled = beforeAt;
                troubledAt = place;
                expected = value;
            }
        }
    }

    // ---- What nodes note.

    ByteBuffer bytes() {
        return bytes;
    }

    int limit() {
        return limit;
    }

    void limit(int bit) {
        limit = bit;
    }

    void cursor(int bit) {
        cursor = bit;
    }

    /** Adds an entry; -1 if there are too many. */
    int open(Node node, int bit) {
        if (count == plan.limits().fields()) {
            return fail(Trouble.LIMIT, node, bit);
        }
        if (count == nodes.length) {
            grow();
        }
        nodes[count] = node;
        starts[count] = bit;
        ends[count] = bit;
        nexts[count] = count + 1;
        slots[node.slot()] = count;
        return count++;
    }

    private void grow() {
        int size = 2 * count;
        nodes = Arrays.copyOf(nodes, size);
        starts = Arrays.copyOf(starts, size);
        ends = Arrays.copyOf(ends, size);
        nexts = Arrays.copyOf(nexts, size);
        numbers = Arrays.copyOf(numbers, size);
        words = Arrays.copyOf(words, size);
    }

    void close(int entry, int bit) {
        ends[entry] = bit;
        nexts[entry] = count;
    }

    void note(int entry, long number) {
        numbers[entry] = number;
    }

    void note(int entry, String text) {
        words[entry] = text;
    }

    /** Forgets what was in the last item of a list. */
    void forget(int from, int to) {
        Arrays.fill(slots, from, to, -1);
    }

    // ---- What is asked.

    int startOf(Node node) {
        if (walked) {
            int entry = slots[node.slot()];
            return entry < 0 ? -1 : starts[entry];
        }
        if (node.fromStart() >= 0) {
            return start + node.fromStart();
        }
        return node.fromEnd() >= 0 ? end - node.fromEnd() : -1;
    }

    int endOf(Node node) {
        if (walked) {
            int entry = slots[node.slot()];
            return entry < 0 ? -1 : ends[entry];
        }
        int at = startOf(node);
        return at < 0 ? -1 : at + node.fixedBits();
    }

    int entryOf(Node node) {
        walkAll();
        return slots[node.slot()];
    }

    Node node(int entry) {
        return nodes[entry];
    }

    int start(int entry) {
        return starts[entry];
    }

    int end(int entry) {
        return ends[entry];
    }

    int next(int entry) {
        return nexts[entry];
    }

    int entries() {
        return count;
    }

    long number(int entry) {
        return numbers[entry];
    }

    String words(int entry) {
        String text = words[entry];
        return text == null ? "" : text;
    }

    Direction direction() {
        return direction;
    }

    /** The message, null if it is not known. */
    public @Nullable Shape shape() {
        return shape;
    }

    int firstBit() {
        return start;
    }

    int lastBit() {
        return end;
    }

    int bodyStart() {
        return bodyStart;
    }

    int bodyEnd() {
        return bodyEnd;
    }

    /** A tape for a frame inside this one. */
    Tape inner(Plan other, Direction way) {
        Tape made = inner;
        if (made == null || made.plan != other || made.direction != way) {
            made = new Tape(other, way, depth + 1);
            inner = made;
        }
        return made;
    }

    void forEachChild(int entry, IntConsumer action) {
        for (int child = entry + 1; child < nexts[entry]; child = nexts[child]) {
            action.accept(child);
        }
    }

    @Nullable
    Object valueOf(int entry) {
        return nodes[entry].value(this, entry);
    }

    /** Puts the value of an entry under its name, unless it is hidden, constant or no value. */
    void put(Map<String, Object> values, int entry) {
        Node node = nodes[entry];
        if (node.isHidden() || (node instanceof FieldNode field && field.isConstant())) {
            return;
        }
        Object value = valueOf(entry);
        if (value != null) {
            values.put(node.name(), value);
        }
    }

    @Override
    public String name() {
        return shape == null ? "" : shape.name();
    }

    /**
     * True if the bytes are a frame, even if its body is malformed or unknown: header and trailer are what they must be and
     * all checks agree.
     */
    public boolean isFramed() {
        if (trouble == null || (trouble == Trouble.UNKNOWN && variant != null)) {
            return true;
        }
        return checked && trouble != Trouble.CHECK && troubledAt >= bodyStart && troubledAt <= bodyEnd;
    }

    /** True if the frame is sound as far as it is known, but of no message of the definition. */
    public boolean isUnknown() {
        return trouble == Trouble.UNKNOWN;
    }

    @Override
    public Message message() {
        byte[] copy = new byte[(end - start) / 8];
        bytes.get(start / 8, copy);
        walkAll();
        Map<String, Object> values = count > NamedValues.MOST ? new LinkedHashMap<>() : new NamedValues(count);
        for (int entry = 0; entry < count; entry = nexts[entry]) {
            if (trouble == null || isUnknown() || ends[entry] > starts[entry]) {
                put(values, entry);
            }
        }
        return MessageValue.decoded(plan, this, values, copy);
    }

    /** The values that the message brings for the world outside. */
    public List<Reading> readings(Instant arrival) {
        List<Reading> readings = new ArrayList<>();
        if (shape == null || trouble != null) {
            return readings;
        }
        if (!shape.isFixed()) {
            walkAll();
        }
        for (ReadingPlan reading : shape.readings()) {
            ListNode each = reading.each();
            int list = each == null ? -1 : slots[each.slot()];
            if (each == null) {
                add(reading, arrival, readings);
            } else if (list >= 0) {
                forEachChild(list, item -> {
                    bind(item);
                    add(reading, arrival, readings);
                });
            }
        }
        return readings;
    }

    /** Makes expressions mean the fields of one item. */
    private void bind(int item) {
        for (int entry = item; entry < nexts[item]; entry++) {
            slots[nodes[entry].slot()] = entry;
        }
    }

    private void add(ReadingPlan reading, Instant arrival, List<Reading> readings) {
        Expr when = reading.when();
        if (when != null && !when.truth(this)) {
            return;
        }
        Expr time = reading.time();
        Instant at = time == null ? arrival : Instant.ofEpochMilli(time.integer(this));
        readings.add(new Reading(
                reading.name().text(this),
                reading.value().kind() == Kind.INT
                        ? (Object) reading.value().integer(this)
                        : reading.value().value(this),
                reading.unit().text(this),
                at,
                reading.quality().text(this)));
    }

    // ---- What expressions ask.

    @Override
    public int byteAt(long index) {
        long at = start / 8 + index;
        return index < 0 || at >= end / 8 ? 0 : bytes.get((int) at) & 0xff;
    }

    @Override
    public int frameSize() {
        return (end - start) / 8;
    }

    @Override
    public int rest() {
        return (limit - cursor) / 8;
    }

    @Override
    public long now() {
        return System.currentTimeMillis();
    }

    @Override
    public void fault(String what) {
        if (trouble == null) {
            fail(Trouble.FAULT, null, cursor);
            detail = what;
        }
    }

    // ---- What went wrong.

    boolean hasFailed() {
        return trouble != null;
    }

    Optional<Trouble> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Notes the first trouble; answers {@link Node#FAILED}. */
    int fail(Trouble what, @Nullable Node where, int bit) {
        if (trouble == null) {
            trouble = what;
            troubled = where;
            troubledAt = bit;
            detail = "";
        }
        return Node.FAILED;
    }

    /** Notes that the bytes are not wrapped as they must be, whatever else is wrong with them. */
    public void failWrapping() {
        trouble = null;
        fail(Trouble.WRAPPING, null, start);
    }

    int failCheck(Node where, int bit, long value) {
        if (trouble == null) {
            expected = value;
        }
        return fail(Trouble.CHECK, where, bit);
    }

    int failInside(Node where, Tape other) {
        if (trouble == null) {
            fail(other.trouble().orElse(Trouble.VALUE), where, other.troubledAt);
            detail = other.problem().orElse("");
        }
        return Node.FAILED;
    }

    @Override
    public Optional<String> problem() {
        if (trouble == null) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        text.append(troubled == null ? "the frame" : "field " + name(troubled));
        text.append(" at byte ").append((troubledAt - start) / 8).append(' ').append(trouble.words());
        if (trouble == Trouble.CHECK) {
            text.append(
                    expected < 0
                            ? " (a field it covers is missing)"
                            : " (expected: 0x" + Long.toHexString(expected) + ')');
        }
        if (!detail.isEmpty()) {
            text.append(": ").append(detail);
        }
        return Optional.of(text.toString());
    }

    private static String name(Node node) {
        return node.name().isEmpty() ? "of a list" : node.name();
    }

    /** True if frames may be nested no deeper. */
    boolean isDeepest() {
        return depth == MAX_DEPTH;
    }
}
