package dev.tramway.frames.internal.load;

import dev.tramway.frames.internal.codec.Plan;
import dev.tramway.frames.internal.cut.FramingPlan;
import dev.tramway.frames.internal.expr.Expr;
import dev.tramway.frames.internal.yaml.Position;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A compiled definition file.
 *
 * @param plan decodes and encodes
 * @param up cuts what devices send
 * @param down cuts what is sent to devices
 * @param commands by name
 * @param acks answers that are sent without being asked for
 * @param vectors tests of the definition
 */
public record Definition(
        Plan plan,
        FramingPlan up,
        FramingPlan down,
        Map<String, Command> commands,
        List<Ack> acks,
        List<Vector> vectors) {
    /**
     * Something to be sent to a device.
     *
     * @param message name of its message
     * @param args arguments
     * @param set values that are always the same
     * @param correlate fields that the reply has in common with it
     * @param number field that is numbered, empty for none
     * @param replies messages that can be the reply; empty if there is none
     * @param ok condition on each of these, where there is one
     * @param timeout how long to wait for the reply
     * @param repeatable true if a device may be told twice without harm
     */
    public record Command(
            String message,
            Map<String, Argument> args,
            Map<String, Object> set,
            List<String> correlate,
            String number,
            List<String> replies,
            Map<String, Expr> ok,
            Duration timeout,
            boolean repeatable) {}

    /**
     * An argument of a command.
     *
     * @param field where it goes
     * @param min least value
     * @param max most value
     */
    public record Argument(String field, double min, double max) {}

    /**
     * An answer.
     *
     * @param on messages that it answers
     * @param message what is sent
     * @param copy fields that it repeats
     * @param set other fields; the text {@code now} stands for the time at which it is sent
     */
    public record Ack(List<String> on, String message, List<String> copy, Map<String, Object> set) {}

    /**
     * A test.
     *
     * @param at where it stands
     * @param name what it is called
     * @param bytes bytes on the wire
     * @param down true if they go to the device
     * @param expected the frames in it, in order
     * @param error part of what must be wrong; empty if nothing
     * @param roundtrip true if encoding what was decoded gives the same bytes
     * @param build true if encoding the given values gives the bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, never compared
    public record Vector(
            Position at,
            String name,
            byte[] bytes,
            boolean down,
            List<Expected> expected,
            Optional<String> error,
            boolean roundtrip,
            boolean build) {}

    /**
     * A frame of a test.
     *
     * @param message name of the message
     * @param values what it must hold at least
     * @param readings values that it must bring, by name
     */
    public record Expected(String message, Map<String, Object> values, Map<String, Object> readings) {}
}
