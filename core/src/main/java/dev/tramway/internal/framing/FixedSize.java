package dev.tramway.internal.framing;

import dev.tramway.FrameReader;
import dev.tramway.FrameWriter;
import dev.tramway.Framing;
import dev.tramway.FramingException;
import java.nio.ByteBuffer;

/**
 * Messages that all have one size. Stateless.
 *
 * @param size bytes of a message
 */
public record FixedSize(int size) implements Framing, FrameReader, FrameWriter {
    /** Checks the size. */
    public FixedSize {
        Limits.requireMessageLimit(size);
    }

    @Override
    public FrameReader newReader() {
        return this;
    }

    @Override
    public FrameWriter newWriter() {
        return this;
    }

    @Override
    public boolean sharesFrames() {
        return true;
    }

    @Override
    public boolean find(ByteBuffer bytes, Cut cut) {
        int start = bytes.position();
        if (bytes.limit() - start < size) {
            return cut.incomplete(size);
        }
        return cut.frame(start, start + size, start + size);
    }

    @Override
    public int frameSize(int messageSize) {
        if (messageSize != size) {
            throw new FramingException(
                    "message to send has " + messageSize + " bytes, the framing wants exactly " + size);
        }
        return size;
    }

    @Override
    public void write(ByteBuffer message, ByteBuffer target) {
        Frames.put(message, target);
    }
}
