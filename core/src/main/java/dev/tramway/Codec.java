package dev.tramway;

import dev.tramway.internal.framing.Utf8Codec;
import java.nio.ByteBuffer;

/**
 * Turns messages into objects and back, on top of a {@link Framing}. A value without state, used from any thread.
 *
 * @param <M> type of the objects
 */
public interface Codec<M> {
    /**
     * Reads one message.
     *
     * @param message the message, from position to limit; must not be kept
     * @throws FramingException if the message is malformed; the session is closed as a protocol error
     */
    M decode(ByteBuffer message);

    /**
     * Says how many bytes {@link #encode} may put.
     *
     * @param object what will be encoded
     */
    int encodedSize(M object);

    /**
     * Puts one object.
     *
     * @param object what to encode
     * @param target has at least {@link #encodedSize} bytes of room, big endian
     */
    void encode(M object, ByteBuffer target);

    /** Text in UTF-8; malformed input becomes U+FFFD. */
    static Codec<String> utf8() {
        return Utf8Codec.INSTANCE;
    }
}
