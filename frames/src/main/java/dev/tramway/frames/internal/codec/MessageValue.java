package dev.tramway.frames.internal.codec;

import dev.tramway.frames.Direction;
import dev.tramway.frames.Message;
import dev.tramway.frames.Named;
import dev.tramway.frames.Reading;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message, with the plan that encodes it. */
public final class MessageValue implements Message {
    private final Plan plan;
    private final Direction direction;
    private final String name;
    private final String header;
    private final Map<String, Object> values;
    private final @Nullable String problem;
    private final boolean unknown;
    private volatile byte @Nullable [] bytes;

    private MessageValue(
            Plan plan,
            Direction direction,
            String name,
            String header,
            Map<String, Object> values,
            @Nullable String problem,
            boolean unknown,
            byte @Nullable [] bytes) {
        this.plan = plan;
        this.direction = direction;
        this.name = name;
        this.header = header;
        this.values = values instanceof NamedValues few ? few.freeze() : Collections.unmodifiableMap(values);
        this.problem = problem;
        this.unknown = unknown;
        this.bytes = bytes;
    }

    /** What was decoded; takes the map and the bytes over. */
    static MessageValue decoded(Plan plan, Tape tape, Map<String, Object> values, byte[] bytes) {
        Shape shape = tape.shape();
        return new MessageValue(
                plan,
                tape.direction(),
                tape.name(),
                shape == null ? "" : shape.variant().name(),
                values,
                tape.problem().orElse(null),
                tape.isUnknown(),
                bytes);
    }

    /** A message to be encoded. */
    public static MessageValue of(Plan plan, Direction direction, String name, Map<String, Object> values) {
        boolean lasting = values instanceof NamedValues few && few.isFrozen();
        return new MessageValue(
                plan, direction, name, "", lasting ? values : new LinkedHashMap<>(values), null, false, null);
    }

    @Override
    public String protocol() {
        return plan.name();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Direction direction() {
        return direction;
    }

    /** Name of the form of header, empty for the first that fits. */
    String header() {
        return header;
    }

    @Override
    public Map<String, Object> values() {
        return values;
    }

    @Override
    public Optional<Object> get(String path) {
        return Paths.find(this, path);
    }

    @Override
    public long integer(String path) {
        return switch (need(path)) {
            case Named named -> named.number();
            case Number number -> number.longValue();
            case Boolean truth -> truth ? 1 : 0;
            default -> throw new IllegalArgumentException(path + ": " + need(path) + " (expected: a number)");
        };
    }

    @Override
    public double real(String path) {
        return need(path) instanceof Number number ? number.doubleValue() : integer(path);
    }

    @Override
    public String text(String path) {
        return String.valueOf(need(path));
    }

    private Object need(String path) {
        return get(path)
                .orElseThrow(() -> new IllegalArgumentException(
                        path + ": no such value (expected: one of " + values.keySet() + ")"));
    }

    @Override
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public boolean isUnknown() {
        return unknown;
    }

    @Override
    public Optional<String> device() {
        return plan.device().isEmpty() ? Optional.empty() : get(plan.device()).map(String::valueOf);
    }

    @Override
    public List<Reading> readings() {
        if (problem != null) {
            return List.of();
        }
        Tape tape = plan.scratch().tape(plan, direction);
        ByteBuffer frame = ByteBuffer.wrap(frame());
        tape.decode(frame, 0, frame.limit());
        List<Reading> readings = tape.readings(Instant.now());
        plan.scratch().giveBack(tape);
        return readings;
    }

    @Override
    public byte[] bytes() {
        return frame().clone();
    }

    byte[] frame() {
        byte[] known = bytes;
        if (known == null) {
            known = Encoder.encode(plan, this);
            bytes = known;
        }
        return known;
    }

    @Override
    public Message with(String field, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(values);
        changed.put(field, value);
        return new MessageValue(plan, direction, name, header, changed, null, false, null);
    }

    /** The plan that it belongs to. */
    public Plan plan() {
        return plan;
    }

    /** Without the bytes it was decoded from, so that it is encoded anew. */
    public MessageValue fresh() {
        return new MessageValue(plan, direction, name, header, new LinkedHashMap<>(values), problem, unknown, null);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MessageValue message
                && plan.name().equals(message.plan.name())
                && direction == message.direction
                && name.equals(message.name)
                && values.equals(message.values);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + values.hashCode();
    }

    @Override
    public String toString() {
        return plan.name()
                + ' '
                + (name.isEmpty() ? "(unknown)" : name)
                + ' '
                + values
                + (problem == null ? "" : " (" + problem + ')');
    }
}
