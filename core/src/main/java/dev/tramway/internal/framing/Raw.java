package dev.tramway.internal.framing;

import dev.tramway.FrameReader;
import dev.tramway.FrameWriter;
import dev.tramway.Framing;
import java.nio.ByteBuffer;

/** No framing: each read is a message. */
public enum Raw implements Framing, FrameReader, FrameWriter {
    /** The only one. */
    INSTANCE;

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
        return cut.frame(bytes.position(), bytes.limit(), bytes.limit());
    }

    @Override
    public int frameSize(int messageSize) {
        return messageSize;
    }

    @Override
    public void write(ByteBuffer message, ByteBuffer target) {
        Frames.put(message, target);
    }

    @Override
    public String toString() {
        return "raw";
    }
}
