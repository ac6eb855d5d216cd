package dev.tramway;

import java.nio.ByteBuffer;

/** Puts messages of one session into frames. Lives on the session's event loop. */
public interface FrameWriter {
    /**
     * Says how much room the frame of a message may take.
     *
     * @param messageSize size of the message in bytes
     * @return most bytes that {@link #write} puts for it
     * @throws FramingException if a message of that size cannot be framed; {@code send} throws it to its caller
     */
    int frameSize(int messageSize);

    /**
     * Puts the frame of one message. Position and limit of the message must not be moved, not even for a while: other
     * threads may be sending the same buffer.
     *
     * @param message the message, from position to limit
     * @param target has at least {@link #frameSize} bytes of room, big endian
     * @throws FramingException if this message cannot be framed; whatever is thrown, nothing of the frame goes out
     */
    void write(ByteBuffer message, ByteBuffer target);
}
