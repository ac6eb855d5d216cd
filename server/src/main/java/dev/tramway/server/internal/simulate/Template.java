package dev.tramway.server.internal.simulate;

import dev.tramway.FramingException;
import dev.tramway.frames.Direction;
import dev.tramway.frames.Message;
import dev.tramway.frames.Protocol;
import dev.tramway.frames.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A message that devices send, made from an example of it. What each value means is found out by trying: the one that changes
 * who sent it is the identity, those that change what is read are to move, times become the present. Does not change.
 *
 * @param sample the example
 * @param identity the value that tells who sent it, empty if none does
 * @param moving values that readings come from, as they are in the example
 * @param times values that are times
 */
record Template(
        Protocol protocol, Message sample, Optional<String> identity, Map<String, Object> moving, List<String> times) {
    /** Seconds that a value needs to go up and down once. */
    private static final double WAVE = 120;

    static Template of(Protocol protocol, Message sample) {
        Optional<String> identity = Optional.empty();
        Map<String, Object> moving = new LinkedHashMap<>();
        List<String> times = new ArrayList<>();
        for (Map.Entry<String, Object> leaf : Leaves.of(sample).entrySet()) {
            String path = leaf.getKey();
            Object value = leaf.getValue();
            if (value instanceof Instant) {
                times.add(path);
            } else if (identity.isEmpty() && isIdentity(protocol, sample, path, value)) {
                identity = Optional.of(path);
            } else if (moves(protocol, sample, path, value)) {
                moving.put(path, value);
            }
        }
        return new Template(protocol, sample, identity, Collections.unmodifiableMap(moving), List.copyOf(times));
    }

    private static boolean isIdentity(Protocol protocol, Message sample, String path, Object value) {
        return sample.device().isPresent()
                && Serial.next(value, 1)
                        .flatMap(next -> tried(protocol, sample, path, next))
                        .flatMap(Message::device)
                        .filter(device -> !sample.device().equals(Optional.of(device)))
                        .isPresent();
    }

    private static boolean moves(Protocol protocol, Message sample, String path, Object value) {
        if (sample.readings().isEmpty() || !(value instanceof Long || value instanceof Double)) {
            return false;
        }
        Object other = value instanceof Long whole ? (Object) (whole + 1) : (Object) ((Double) value + 1);
        return tried(protocol, sample, path, other)
                .filter(changed ->
                        names(changed).equals(names(sample)) && !values(changed).equals(values(sample)))
                .isPresent();
    }

    private static List<String> names(Message message) {
        return message.readings().stream().map(Reading::name).toList();
    }

    private static List<Object> values(Message message) {
        return message.readings().stream().map(Reading::value).toList();
    }

    /** The message as the server would see it with another value; empty if it is none then, or another one. */
    static Optional<Message> tried(Protocol protocol, Message message, String path, Object value) {
        try {
            return Optional.of(protocol.decode(Direction.UP, protocol.encode(Leaves.with(message, path, value))))
                    .filter(decoded -> decoded.problem().isEmpty())
                    .filter(decoded -> decoded.name().equals(message.name()));
        } catch (IllegalArgumentException | FramingException unfit) {
            return Optional.empty();
        }
    }

    /** Its name in the definition. */
    String name() {
        return sample.name();
    }

    boolean hasReadings() {
        return !sample.readings().isEmpty();
    }

    /**
     * The message of a device.
     *
     * @param serial how many devices come before this one
     * @param now the time
     * @param random noise
     */
    Message make(int serial, Instant now, RandomGenerator random) {
        Message made = sample;
        for (String path : times) {
            made = Leaves.with(made, path, now);
        }
        for (Map.Entry<String, Object> value : moving.entrySet()) {
            made = moved(made, value.getKey(), value.getValue(), serial, now, random);
        }
        if (identity.isPresent()) {
            made = identified(made, identity.get(), serial);
        }
        return made;
    }

    private Message moved(Message made, String path, Object old, int serial, Instant now, RandomGenerator random) {
        double base = ((Number) old).doubleValue();
        double height = Math.max(Math.abs(base) * 0.4, 5);
        double turn = now.toEpochMilli() / 1_000.0 / WAVE + serial * 0.17;
        double value = base + height * (0.5 - 0.5 * Math.cos(turn * 2 * Math.PI) + 0.05 * random.nextDouble());
        Object next = old instanceof Long ? (Object) Math.round(value) : (Object) (Math.round(value * 1_000) / 1_000.0);
        // What does not fit its field stays as it was.
        return tried(protocol, made, path, next).isPresent() ? Leaves.with(made, path, next) : made;
    }

    private Message identified(Message made, String path, int serial) {
        Object first = made.get(path).orElseThrow();
        return Serial.next(first, serial)
                .map(own -> Leaves.with(made, path, own))
                .orElse(made);
    }

    /** The identity of a device as a server sees it. */
    Optional<String> device(int serial) {
        return identity.map(path -> identified(sample, path, serial))
                .map(message -> protocol.decode(Direction.UP, protocol.encode(message)))
                .flatMap(Message::device);
    }
}
