package dev.tramway.internal.framing;

import dev.tramway.FrameReader;
import dev.tramway.FrameWriter;
import dev.tramway.Framing;
import dev.tramway.FramingException;
import java.nio.ByteBuffer;

/**
 * Lines that end with LF or CR LF; LF is written.
 *
 * @param maxLine longest line, without its end
 */
public record Lines(int maxLine) implements Framing, FrameWriter {
    /** Checks the limit. */
    public Lines {
        Limits.requireMessageLimit(maxLine);
    }

    @Override
    public FrameReader newReader() {
        return new Reader(maxLine);
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
    public int frameSize(int messageSize) {
        Limits.requireSendable(messageSize, maxLine);
        return messageSize + 1;
    }

    @Override
    public void write(ByteBuffer message, ByteBuffer target) {
        for (int i = message.position(); i < message.limit(); i++) {
            if (message.get(i) == '\n') {
                throw new FramingException(
                        "a line to send contains a line end; send several lines, or use another framing");
            }
        }
        Frames.put(message, target);
        target.put((byte) '\n');
    }

    /** Remembers how far it has looked, so that a line that comes byte by byte is looked at once. */
    private static final class Reader implements FrameReader {
        private final int maxLine;
        private int looked;

        Reader(int maxLine) {
            this.maxLine = maxLine;
        }

        @Override
        public boolean find(ByteBuffer bytes, Cut cut) {
            int start = bytes.position();
            int end = Delimited.indexOf(bytes, start + looked, bytes.limit(), (byte) '\n');
            int length = (end < 0 ? bytes.limit() : end) - start;
            int mayBeLineEnd = length > 0 && bytes.get(start + length - 1) == '\r' ? 1 : 0;
            if (length - mayBeLineEnd > maxLine) {
                throw Limits.tooLong("line has " + (length - mayBeLineEnd) + " bytes or more", maxLine);
            }
            if (end < 0) {
                looked = length;
                return cut.incomplete(0);
            }
            looked = 0;
            return cut.frame(start, end - mayBeLineEnd, end + 1);
        }
    }
}
