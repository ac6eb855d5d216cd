package dev.tramway.frames.internal.codec;

import dev.tramway.frames.Direction;
import dev.tramway.frames.internal.expr.Expr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A message with one form of header: all fields of such a frame. */
public final class Shape {
    private final Variant variant;
    private final String name;
    private final @Nullable Direction direction;
    private final List<Match> matches;
    private final @Nullable Expr condition;
    private final Map<String, Object> implied;
    private final List<Node> body;
    private final List<ReadingPlan> readings;
    private final boolean fixed;
    private final int bodyBits;
    private final FieldNode[] verified;
    private final DigitMask digits;
    private final long[][] keys;

    /**
     * A header field and the values that it must have.
     *
     * @param field the field
     * @param keys the values in brief
     */
    public record Match(FieldNode field, List<Long> keys) {}

    /**
     * A message.
     *
     * @param direction null for both
     * @param matches header fields that it is known by
     * @param condition further condition, null for none
     * @param implied values of header fields that need not be given, since the message is known by them
     * @param body its own fields
     */
    public Shape(
            Variant variant,
            String name,
            @Nullable Direction direction,
            List<Match> matches,
            @Nullable Expr condition,
            Map<String, Object> implied,
            List<Node> body,
            List<ReadingPlan> readings) {
        this.variant = variant;
        this.name = name;
        this.direction = direction;
        this.matches = List.copyOf(matches);
        this.condition = condition;
        this.implied = Map.copyOf(implied);
        this.body = List.copyOf(body);
        this.readings = List.copyOf(readings);
        bodyBits = GroupNode.fixedBits(this.body);
        fixed = bodyBits >= 0 && variant.headerBits() >= 0 && all().allMatch(Shape::isPlain);
        List<FieldNode> toVerify = new ArrayList<>();
        if (fixed) {
            int at = variant.headerBits();
            for (Node node : this.body) {
                node.fix(at);
                at += node.fixedBits();
            }
            all().forEach(node -> collect(node, toVerify));
        }
        int frame = fixed ? (variant.headerBits() + bodyBits + variant.trailerBits()) / 8 : 0;
        List<FieldNode> plain = toVerify.stream()
                .filter(field -> frame >= DigitMask.LEAST_FRAME && field.isPlainDigits())
                .toList();
        toVerify.removeAll(plain);
        digits = DigitMask.of(plain, frame);
        verified = toVerify.toArray(FieldNode[]::new);
        keys = this.matches.stream()
                .map(match -> match.keys().stream()
                        .mapToLong(Long::longValue)
                        .sorted()
                        .toArray())
                .toArray(long[][]::new);
    }

    private Stream<Node> all() {
        return Stream.of(variant.header(), body, variant.trailer()).flatMap(List::stream);
    }

    private static boolean isPlain(Node node) {
        return node instanceof FieldNode
                || (node instanceof GroupNode group
                        && group.fixedBits() >= 0
                        && group.fields().stream().allMatch(Shape::isPlain));
    }

    private static void collect(Node node, List<FieldNode> fields) {
        if (node instanceof FieldNode field && field.mustBeVerified()) {
            fields.add(field);
        } else if (node instanceof GroupNode group) {
            group.fields().forEach(inner -> collect(inner, fields));
        }
    }

    /** Its header and trailer. */
    public Variant variant() {
        return variant;
    }

    /** Name of the message. */
    public String name() {
        return name;
    }

    /** True if it goes that way. */
    public boolean goes(Direction way) {
        return direction == null || direction == way;
    }

    /** The only way it goes, if there is only one. */
    public Optional<Direction> direction() {
        return Optional.ofNullable(direction);
    }

    /** Its own fields. */
    public List<Node> body() {
        return body;
    }

    Map<String, Object> implied() {
        return implied;
    }

    /** What values it brings. */
    public List<ReadingPlan> readings() {
        return readings;
    }

    /** True if every field always lies at the same place, so that none must be looked for. */
    public boolean isFixed() {
        return fixed;
    }

    int bodyBits() {
        return bodyBits;
    }

    /** The decimal digits of a fixed shape. */
    DigitMask digits() {
        return digits;
    }

    /** The other fields of a fixed shape that can be wrong. */
    FieldNode[] verified() {
        return verified;
    }

    /** True if one of its own fields is a check. */
    boolean isChecked() {
        return body.stream().anyMatch(node -> node instanceof FieldNode field && field.isCheck());
    }

    @Nullable
    FieldNode firstMatched() {
        return matches.isEmpty() ? null : matches.get(0).field();
    }

    long[] firstKeys() {
        return matches.get(0).keys().stream()
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
    }

    /**
     * True if a frame is of this message.
     *
     * @param from the first of its header fields to look at
     */
    boolean matches(Tape tape, int from) {
        for (int i = from; i < keys.length; i++) {
            if (Arrays.binarySearch(keys[i], matches.get(i).field().key(tape)) < 0) {
                return false;
            }
        }
        return condition == null || condition.truth(tape);
    }
}
