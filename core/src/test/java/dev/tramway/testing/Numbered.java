package dev.tramway.testing;

import dev.tramway.FrameReader;
import dev.tramway.FrameWriter;
import dev.tramway.Framing;
import dev.tramway.FramingException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A framing of one's own, with what the built-in ones lack: state of each session, and little endian buffers that it leaves so.
 * A frame is a number that counts from 0 to 3 and over again, the length of the message in two bytes, and the message.
 *
 * @param maxMessage longest message
 */
public record Numbered(int maxMessage) implements Framing {
    /** Frames after which the numbers begin again. */
    public static final int ROUND = 4;

    private static final int HEADER = 3;

    @Override
    public FrameReader newReader() {
        return new Reader();
    }

    @Override
    public FrameWriter newWriter() {
        return new Writer();
    }

    private final class Reader implements FrameReader {
        private int expected;

        @Override
        public boolean find(ByteBuffer bytes, Cut cut) {
            int start = bytes.position();
            int available = bytes.remaining();
            if (available < HEADER) {
                return cut.incomplete(HEADER);
            }
            bytes.order(ByteOrder.LITTLE_ENDIAN);
            int number = bytes.get();
            int size = bytes.getShort() & 0xffff;
            if (number != expected) {
                throw new FramingException("frame number " + number + " (expected: " + expected + ")");
            }
            if (size > maxMessage) {
                throw new FramingException("frame of " + size + " bytes (expected: at most " + maxMessage + ")");
            }
            if (available < HEADER + size) {
                return cut.incomplete(HEADER + size);
            }
            expected = (expected + 1) % ROUND;
            return cut.frame(start + HEADER, start + HEADER + size, start + HEADER + size);
        }
    }

    private final class Writer implements FrameWriter {
        private int next;

        @Override
        public int frameSize(int messageSize) {
            if (messageSize > maxMessage) {
                throw new FramingException(
                        "message of " + messageSize + " bytes (expected: at most " + maxMessage + ")");
            }
            return HEADER + messageSize;
        }

        @Override
        public void write(ByteBuffer message, ByteBuffer target) {
            target.order(ByteOrder.LITTLE_ENDIAN);
            target.put((byte) next).putShort((short) message.remaining()).put(message.duplicate());
            next = (next + 1) % ROUND;
        }
    }
}
