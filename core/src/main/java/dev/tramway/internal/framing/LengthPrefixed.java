package dev.tramway.internal.framing;

import dev.tramway.FrameReader;
import dev.tramway.FrameWriter;
import dev.tramway.Framing;
import dev.tramway.FramingException;
import java.nio.ByteBuffer;

/**
 * A length of fixed width in front of each message. Stateless.
 *
 * @param width bytes of the length: 1, 2, 3, 4 or 8
 * @param bigEndian byte order of the length
 * @param countsHeader true if the length counts its own bytes
 * @param maxMessage longest message
 */
public record LengthPrefixed(int width, boolean bigEndian, boolean countsHeader, int maxMessage)
        implements Framing, FrameReader, FrameWriter {

    /** Checks width and limit, and that the limit fits the width. */
    public LengthPrefixed {
        if (width < 1 || width > 8 || (width > 4 && width < 8)) {
            throw new IllegalArgumentException("length header: " + width + " bytes (expected: 1, 2, 3, 4 or 8)");
        }
        Limits.requireMessageLimit(maxMessage);
        if (width < 4 && maxMessage + (countsHeader ? width : 0) >= 1 << (8 * width)) {
            throw new IllegalArgumentException(
                    "message limit: " + maxMessage + " (expected: what a length of " + width + " bytes can say)");
        }
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
        int available = bytes.limit() - start;
        if (available < width) {
            return cut.incomplete(width);
        }
        long length = length(bytes, start) - (countsHeader ? width : 0);
        if (length < 0 || length > maxMessage) {
            throw refused(length);
        }
        int size = (int) length;
        if (available - width < size) {
            return cut.incomplete(width + size);
        }
        int body = start + width;
        return cut.frame(body, body + size, body + size);
    }

    private FramingException refused(long length) {
        if (countsHeader && length < 0 && length >= -width) {
            return new FramingException(
                    "length " + (length + width) + " does not even count its own " + width + " bytes");
        }
        return Limits.tooLong("length announces " + Long.toUnsignedString(length) + " bytes", maxMessage);
    }

    @Override
    public int frameSize(int messageSize) {
        Limits.requireSendable(messageSize, maxMessage);
        return width + messageSize;
    }

    @Override
    public void write(ByteBuffer message, ByteBuffer target) {
        int at = target.position();
        putLength(target, at, message.remaining() + (countsHeader ? width : 0));
        Frames.put(message, target, at + width);
    }

    private long length(ByteBuffer bytes, int at) {
        return switch (width) {
            case 1 -> bytes.get(at) & 0xff;
            case 2 -> (bigEndian ? bytes.getShort(at) : Short.reverseBytes(bytes.getShort(at))) & 0xffff;
            case 3 ->
                bigEndian
                        ? ((bytes.getShort(at) & 0xffff) << 8) | (bytes.get(at + 2) & 0xff)
                        : (bytes.get(at) & 0xff)
                                | ((bytes.get(at + 1) & 0xff) << 8)
                                | ((bytes.get(at + 2) & 0xff) << 16);
            case 4 -> (bigEndian ? bytes.getInt(at) : Integer.reverseBytes(bytes.getInt(at))) & 0xffff_ffffL;
            default -> bigEndian ? bytes.getLong(at) : Long.reverseBytes(bytes.getLong(at));
        };
    }

    private void putLength(ByteBuffer target, int at, int length) {
        switch (width) {
            case 1 -> target.put(at, (byte) length);
            case 2 -> target.putShort(at, bigEndian ? (short) length : Short.reverseBytes((short) length));
            case 3 -> {
                target.put(at, (byte) (bigEndian ? length >> 16 : length));
                target.put(at + 1, (byte) (length >> 8));
                target.put(at + 2, (byte) (bigEndian ? length : length >> 16));
            }
            case 4 -> target.putInt(at, bigEndian ? length : Integer.reverseBytes(length));
            default -> target.putLong(at, bigEndian ? length : Long.reverseBytes(length));
        }
    }
}
