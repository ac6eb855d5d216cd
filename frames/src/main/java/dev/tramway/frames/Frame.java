package dev.tramway.frames;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A window on one frame at a time, for reading single fields without making objects: {@link Field} reads them in place. Made
 * by {@link Protocol#newFrame}, used again and again, by one thread at a time; what it shows is valid as long as the bytes
 * are.
 */
public interface Frame {
    /**
     * Looks at a frame, from position to limit; neither is moved.
     *
     * @param bytes big endian; kept until the next call
     * @return false if the frame is malformed; {@link #problem} says why
     */
    default boolean read(ByteBuffer bytes) {
        return read(bytes, bytes.position(), bytes.limit());
    }

    /**
     * Looks at a frame between two places, such as those that a {@link dev.tramway.FrameReader.Cut} gives.
     *
     * @param bytes big endian; kept until the next call
     * @param from index of its first byte
     * @param to index behind its last
     * @return false if the frame is malformed; {@link #problem} says why
     */
    boolean read(ByteBuffer bytes, int from, int to);

    /** Name of the message, empty if none fits. */
    String name();

    /** What is wrong with the frame, empty if nothing is. */
    Optional<String> problem();

    /** Copies everything into a message of its own. */
    Message message();
}
