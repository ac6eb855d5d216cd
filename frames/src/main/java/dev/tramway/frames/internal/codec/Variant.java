package dev.tramway.frames.internal.codec;

import dev.tramway.frames.Direction;
import dev.tramway.frames.internal.expr.Expr;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One form of header and trailer, and the messages that it can head. */
public final class Variant {
    private final String name;
    private final @Nullable Expr condition;
    private final int onlySize;
    private final List<Node> header;
    private final List<Node> trailer;
    private final int headerBits;
    private final int trailerBits;
    private final FieldNode[] checks;
    private List<Shape> shapes = List.of();
    private Dispatch up = Dispatch.NONE;
    private Dispatch down = Dispatch.NONE;

    /**
     * A form.
     *
     * @param condition on the bytes, null if it always fits
     * @param onlySize bytes of the only frames that can fulfil it, -1 if it does not say: asked first, since it costs nothing
     * @param header fields before the message
     * @param trailer fields behind it, of fixed size
     * @param checks those of them that check others
     */
    public Variant(
            String name,
            @Nullable Expr condition,
            int onlySize,
            List<Node> header,
            List<Node> trailer,
            List<FieldNode> checks) {
        this.name = name;
        this.condition = condition;
        this.onlySize = onlySize;
        this.header = List.copyOf(header);
        this.trailer = List.copyOf(trailer);
        this.checks = checks.toArray(FieldNode[]::new);
        headerBits = fix(this.header);
        trailerBits = GroupNode.fixedBits(this.trailer);
        int left = trailerBits;
        for (Node node : this.trailer) {
            node.fixFromEnd(left);
            left -= node.fixedBits();
        }
    }

    private static int fix(List<Node> nodes) {
        int bits = GroupNode.fixedBits(nodes);
        int at = 0;
        if (bits >= 0) {
            for (Node node : nodes) {
                node.fix(at);
                at += node.fixedBits();
            }
        }
        return bits;
    }

    /** Adds the messages, once they are compiled. */
    public void shapes(List<Shape> all) {
        shapes = List.copyOf(all);
        up = Dispatch.of(
                shapes.stream().filter(shape -> shape.goes(Direction.UP)).toList());
        down = Dispatch.of(
                shapes.stream().filter(shape -> shape.goes(Direction.DOWN)).toList());
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** True if the frame on the tape has this form. */
    boolean fits(Tape tape) {
        Expr rule = condition;
        return rule == null || ((onlySize < 0 || onlySize == tape.frameSize()) && rule.truth(tape));
    }

    /** Fields before the message. */
    public List<Node> header() {
        return header;
    }

    /** Fields behind it. */
    public List<Node> trailer() {
        return trailer;
    }

    /** Size of the header, -1 if it varies. */
    public int headerBits() {
        return headerBits;
    }

    /** Size of the trailer. */
    public int trailerBits() {
        return trailerBits;
    }

    /** The messages. */
    public List<Shape> shapes() {
        return shapes;
    }

    /** True if all fields have a size of their own. */
    public static boolean isFixed(List<Node> nodes) {
        return GroupNode.fixedBits(nodes) >= 0;
    }

    /** True if its frames carry a check. */
    public boolean isChecked() {
        return checks.length > 0 || shapes.stream().anyMatch(Shape::isChecked);
    }

    FieldNode[] checks() {
        return checks;
    }

    /** The message of the frame whose header is on the tape. */
    @Nullable
    Shape find(Tape tape, Direction direction) {
        return (direction == Direction.UP ? up : down).find(tape);
    }

    /**
     * Finds a message by the first field that it matches: all messages that ask for the same field are in a table, the others
     * are tried one by one.
     */
    private static final class Dispatch {
        private static final int SMALL = 256;
        private static final Shape[] NOBODY = new Shape[0];
        static final Dispatch NONE = new Dispatch(null, new long[0], new Shape[0][], NOBODY);

        private final @Nullable FieldNode field;
        private final long[] keys;
        private final Shape[][] byKey;
        private final Shape[] all;

        /** By key where all keys are small; empty otherwise. */
        private final Shape[][] table;

        private Dispatch(@Nullable FieldNode field, long[] keys, Shape[][] byKey, Shape[] all) {
            this.field = field;
            this.keys = keys;
            this.byKey = byKey;
            this.all = all;
            boolean small = field != null && Arrays.stream(keys).allMatch(key -> key >= 0 && key < SMALL);
            table = new Shape[small ? SMALL : 0][];
            Arrays.fill(table, NOBODY);
            for (int i = 0; small && i < keys.length; i++) {
                table[(int) keys[i]] = byKey[i];
            }
        }

        static Dispatch of(List<Shape> shapes) {
            FieldNode first = shapes.isEmpty() ? null : shapes.get(0).firstMatched();
            boolean same = first != null && shapes.stream().allMatch(shape -> first.equals(shape.firstMatched()));
            if (!same) {
                return new Dispatch(null, new long[0], new Shape[0][], shapes.toArray(Shape[]::new));
            }
            long[] keys = shapes.stream()
                    .flatMapToLong(shape -> Arrays.stream(shape.firstKeys()))
                    .sorted()
                    .distinct()
                    .toArray();
            Shape[][] byKey = new Shape[keys.length][];
            for (int i = 0; i < keys.length; i++) {
                long key = keys[i];
                byKey[i] = shapes.stream()
                        .filter(shape -> Arrays.stream(shape.firstKeys()).anyMatch(each -> each == key))
                        .toArray(Shape[]::new);
            }
            return new Dispatch(first, keys, byKey, NOBODY);
        }

        @Nullable
        Shape find(Tape tape) {
            if (field == null) {
                return first(all, tape, 0);
            }
            long key = field.key(tape);
            if (table.length > 0) {
                return key >= 0 && key < SMALL ? first(table[(int) key], tape, 1) : null;
            }
            int index = Arrays.binarySearch(keys, key);
            return index < 0 ? null : first(byKey[index], tape, 1);
        }

        private static @Nullable Shape first(Shape[] candidates, Tape tape, int from) {
            for (Shape shape : candidates) {
                if (shape.matches(tape, from)) {
                    return shape;
                }
            }
            return null;
        }
    }
}
