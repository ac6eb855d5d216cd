package dev.tramway.frames;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One message of a protocol, decoded or to be encoded: a name and values. Does not change; used by any thread.
 *
 * <p>Values are Long, Double, Boolean, String, {@link Named}, times of {@code java.time}, {@code BigInteger} above 63 bits,
 * maps and lists of these, and messages of nested protocols. A path such as {@code records[0].id} leads to one of them.
 */
public interface Message {
    /** Name of the protocol. */
    String protocol();

    /** Name of the message; empty if the definition knows none that fits. */
    String name();

    /** Which way it goes. */
    Direction direction();

    /** All values, those of the header first; of a malformed frame as far as they could be read. */
    Map<String, Object> values();

    /**
     * Finds a value.
     *
     * @param path names joined by points, with the index of a list item in brackets
     */
    Optional<Object> get(String path);

    /**
     * A value as a whole number.
     *
     * @param path see {@link #get}
     * @throws IllegalArgumentException if there is none, or it is no number
     */
    long integer(String path);

    /**
     * A value as a number with its fraction.
     *
     * @param path see {@link #get}
     * @throws IllegalArgumentException if there is none, or it is no number
     */
    double real(String path);

    /**
     * A value as a text.
     *
     * @param path see {@link #get}
     * @throws IllegalArgumentException if there is none
     */
    String text(String path);

    /** What is wrong with the frame; empty if nothing is. */
    Optional<String> problem();

    /** True if the frame is sound but of no message that the definition knows: to be kept aside and looked at. */
    boolean isUnknown();

    /** What the definition names as identity of the device, empty if it names none or the message has none. */
    Optional<String> device();

    /** What the message brings for the world outside. */
    List<Reading> readings();

    /**
     * The frame, without what the framing puts around it.
     *
     * @throws IllegalArgumentException if a value is missing or does not fit; names the field
     */
    byte[] bytes();

    /**
     * The same message with another value.
     *
     * @param field name of a field of the message or its header
     * @param value its value
     */
    Message with(String field, Object value);
}
