package dev.tramway.frames.internal.codec;

import dev.tramway.frames.Direction;
import dev.tramway.frames.Message;
import dev.tramway.frames.internal.type.Output;
import dev.tramway.frames.internal.type.ValueException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes one frame. What is computed from others is left open at first: it is filled in when the group or list item it
 * belongs to is complete, or else the frame is.
 */
final class Encoder {
    private final Plan plan;
    private final Shape shape;
    private final Tape tape;
    private final Output out;

    /** Entries that are still to be filled in. */
    private final List<Integer> open = new ArrayList<>();

    private Encoder(Plan plan, Shape shape, Scratch.Paper paper) {
        this.plan = plan;
        this.shape = shape;
        tape = paper.tape();
        out = paper.out();
        tape.encoding(shape, out.bytes());
    }

    /**
     * Encodes a message, without its framing.
     *
     * @throws IllegalArgumentException if a value is missing or does not fit; names the field
     */
    static byte[] encode(Plan plan, Message message) {
        Shape shape = shape(plan, message)
                .orElseThrow(() -> new IllegalArgumentException(
                        "message " + message.name() + ": unknown (expected: one of " + plan.messages() + ")"));
        Scratch.Paper paper = plan.scratch().paper(plan, shape.direction().orElse(Direction.DOWN));
        try {
            byte[] frame = new Encoder(plan, shape, paper).encode(message.values());
            plan.scratch().giveBack(paper);
            return frame;
        } catch (ValueException e) {
            throw new IllegalArgumentException(plan.name() + " " + message.name() + ": " + e.getMessage(), e);
        }
    }

    /** The form with the header that the message came with, or else the first. */
    private static Optional<Shape> shape(Plan plan, Message message) {
        String header = message instanceof MessageValue value ? value.header() : "";
        if (!header.isEmpty()) {
            for (Shape shape : plan.shapes(message.name())) {
                if (shape.goes(message.direction()) && shape.variant().name().equals(header)) {
                    return Optional.of(shape);
                }
            }
        }
        return plan.shape(message.name(), message.direction());
    }

    private byte[] encode(Map<String, Object> given) {
        Map<String, Object> values = shape.implied().isEmpty() ? given : withImplied(given);
        Variant variant = shape.variant();
        requireKnown(values, List.of(variant.header(), shape.body(), variant.trailer()));
        encodeAll(variant.header(), values);
        int bodyStart = out.bit();
        encodeAll(shape.body(), values);
        int bodyEnd = out.bit();
        encodeAll(variant.trailer(), values);
        int end = out.bit();
        if (end % 8 != 0) {
            throw new ValueException("the frame has " + end % 8 + " bits more than whole bytes");
        }
        tape.encoded(bodyStart, bodyEnd, end);
        complete(open);
        byte[] frame = new byte[end / 8];
        out.bytes().get(0, frame);
        return frame;
    }

    private Map<String, Object> withImplied(Map<String, Object> given) {
        if (given.keySet().containsAll(shape.implied().keySet())) {
            return given;
        }
        Map<String, Object> values = new HashMap<>(given);
        shape.implied().forEach(values::putIfAbsent);
        return values;
    }

    private void encodeAll(List<Node> nodes, Map<String, Object> values) {
        for (Node node : nodes) {
            node.encode(this, values.get(node.name()));
        }
    }

    Tape tape() {
        return tape;
    }

    Output out() {
        return out;
    }

    Plan plan() {
        return plan;
    }

    /** Leaves room for what is computed later. */
    void later(FieldNode field) {
        int bits = field.type().bits();
        if (bits < 0) {
            throw at(field, new ValueException("a computed field needs a fixed size"));
        }
        open.add(tape.entryOf(field));
        for (int left = bits; left > 0; left -= Math.min(left, 8)) {
            out.bits(0, Math.min(left, 8));
        }
    }

    /** How many entries are open now. */
    int openLater() {
        return open.size();
    }

    boolean hasOpen() {
        return !open.isEmpty();
    }

    /** Fills in what was left open since, as far as the group that ends here suffices. */
    void completeFrom(int first) {
        List<Integer> due = new ArrayList<>();
        for (int i = first; i < open.size(); i++) {
            if (!field(open.get(i)).needsFrame()) {
                due.add(open.get(i));
            }
        }
        complete(due);
        open.subList(first, open.size()).removeAll(due);
    }

    /** Sizes and counts first, checks of them behind. */
    private void complete(List<Integer> due) {
        int end = out.bit();
        for (boolean checks : new boolean[] {false, true}) {
            for (int entry : due) {
                if (field(entry).isCheck() == checks) {
                    field(entry).complete(this, entry);
                }
            }
        }
        out.bit(end);
    }

    private FieldNode field(int entry) {
        return (FieldNode) tape.node(entry);
    }

    void requireKnown(Node owner, List<Node> fields, Map<?, ?> values) {
        try {
            requireKnown(values, List.of(fields));
        } catch (ValueException e) {
            throw at(owner, e);
        }
    }

    private static void requireKnown(Map<?, ?> values, List<List<Node>> fields) {
        for (Object key : values.keySet()) {
            if (!isKnown(String.valueOf(key), fields)) {
                Set<String> known =
                        fields.stream().flatMap(List::stream).map(Node::name).collect(Collectors.toSet());
                throw new ValueException("unknown field '" + key + "' (expected: one of " + known + ")");
            }
        }
    }

    private static boolean isKnown(String name, List<List<Node>> fields) {
        for (List<Node> some : fields) {
            for (Node field : some) {
                if (field.name().equals(name)) {
                    return true;
                }
            }
        }
        return false;
    }

    ValueException at(Node node, ValueException e) {
        String name = node.name().isEmpty() ? "item" : node.name();
        return new ValueException(name + ": " + e.getMessage());
    }
}
