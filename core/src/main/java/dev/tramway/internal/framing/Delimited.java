package dev.tramway.internal.framing;

import dev.tramway.FrameReader;
import dev.tramway.FrameWriter;
import dev.tramway.Framing;
import dev.tramway.FramingException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A delimiter of one or more bytes after each message.
 *
 * @param delimiter its bytes, one character each, so that two delimiters compare by content
 * @param maxMessage longest message
 */
public record Delimited(String delimiter, int maxMessage) implements Framing, FrameWriter {
    /** Checks delimiter and limit. */
    public Delimited {
        if (delimiter.isEmpty()) {
            throw new IllegalArgumentException("delimiter: empty (expected: one or more bytes)");
        }
        Limits.requireMessageLimit(maxMessage);
    }

    /** Delimits by bytes. */
    public static Delimited of(byte[] delimiter, int maxMessage) {
        StringBuilder bytes = new StringBuilder(delimiter.length);
        for (byte b : delimiter) {
            bytes.append((char) (b & 0xff));
        }
        return new Delimited(bytes.toString(), maxMessage);
    }

    @Override
    public FrameReader newReader() {
        return new Reader();
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
        Limits.requireSendable(messageSize, maxMessage);
        return messageSize + delimiter.length();
    }

    @Override
    public void write(ByteBuffer message, ByteBuffer target) {
        int start = target.position();
        Frames.put(message, target);
        int end = target.position();
        for (int i = 0; i < delimiter.length(); i++) {
            target.put((byte) delimiter.charAt(i));
        }
        // In the frame and not in the message: the end of a message and the delimiter behind it may make one together.
        if (find(target, start, target.position()) < end) {
            throw new FramingException("message to send contains the delimiter "
                    + HexFormat.of().formatHex(bytes())
                    + ", or does so together with the delimiter behind it; it would be cut in two");
        }
    }

    private byte[] bytes() {
        byte[] bytes = new byte[delimiter.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) delimiter.charAt(i);
        }
        return bytes;
    }

    /** Index of the first delimiter that lies between two indexes, -1 if there is none. */
    private int find(ByteBuffer bytes, int from, int to) {
        byte first = (byte) delimiter.charAt(0);
        int last = to - delimiter.length();
        for (int at = indexOf(bytes, from, to, first); at >= 0 && at <= last; at = indexOf(bytes, at + 1, to, first)) {
            if (matches(bytes, at)) {
                return at;
            }
        }
        return -1;
    }

    private boolean matches(ByteBuffer bytes, int at) {
        for (int i = 1; i < delimiter.length(); i++) {
            if ((bytes.get(at + i) & 0xff) != delimiter.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Index of the first such byte between two indexes, -1 if there is none. */
    static int indexOf(ByteBuffer bytes, int from, int to, byte wanted) {
        for (int i = from; i < to; i++) {
            if (bytes.get(i) == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** Remembers how far it has looked, so that a message that comes byte by byte is looked at once. */
    private final class Reader implements FrameReader {
        private int looked;

        @Override
        public boolean find(ByteBuffer bytes, Cut cut) {
            int start = bytes.position();
            int end = Delimited.this.find(bytes, start + looked, bytes.limit());
            int length = (end < 0 ? bytes.limit() - delimiter.length() + 1 : end) - start;
            if (length > maxMessage) {
                throw Limits.tooLong("message has " + length + " bytes or more", maxMessage);
            }
            if (end < 0) {
                looked = Math.max(0, length);
                return cut.incomplete(0);
            }
            looked = 0;
            return cut.frame(start, end, end + delimiter.length());
        }
    }
}
