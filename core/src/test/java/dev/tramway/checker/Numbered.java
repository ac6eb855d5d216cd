package dev.tramway.checker;

import dev.tramway.FrameReader;
import dev.tramway.FrameWriter;
import dev.tramway.Framing;
import dev.tramway.FramingException;
import java.nio.ByteBuffer;

/** A framing with a state for each session, so that a broadcast cannot be shared: frames have numbers, without a gap. */
enum Numbered implements Framing {
    INSTANCE;

    private static final int HEADER = 8;

    @Override
    public FrameReader newReader() {
        return new FrameReader() {
            private int next;

            @Override
            public boolean find(ByteBuffer bytes, Cut cut) {
                int start = bytes.position();
                int available = bytes.remaining();
                if (available < HEADER) {
                    return cut.incomplete(HEADER);
                }
                int size = bytes.getInt(start + 4);
                if (available < HEADER + size) {
                    return cut.incomplete(HEADER + size);
                }
                if (bytes.getInt(start) != next) {
                    throw new FramingException("frame " + bytes.getInt(start) + " comes instead of " + next);
                }
                next++;
                return cut.frame(start + HEADER, start + HEADER + size, start + HEADER + size);
            }
        };
    }

    @Override
    public FrameWriter newWriter() {
        return new FrameWriter() {
            private int next;

            @Override
            public int frameSize(int messageSize) {
                return HEADER + messageSize;
            }

            @Override
            public void write(ByteBuffer message, ByteBuffer target) {
                target.putInt(next++).putInt(message.remaining());
                target.put(target.position(), message, message.position(), message.remaining());
                target.position(target.position() + message.remaining());
            }
        };
    }
}
