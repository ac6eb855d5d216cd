package dev.tramway.internal.framing;

import dev.tramway.FrameReader;
import dev.tramway.FrameWriter;
import dev.tramway.Framing;
import dev.tramway.FramingException;
import java.nio.ByteBuffer;

/**
 * A length in front of each message as a base-128 varint, as Protocol Buffers delimit messages. Stateless.
 *
 * @param maxMessage longest message
 */
public record VarintPrefixed(int maxMessage) implements Framing, FrameReader, FrameWriter {
    private static final int LONGEST = 5;

    /** Checks the limit. */
    public VarintPrefixed {
        Limits.requireMessageLimit(maxMessage);
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
        long length = 0;
        for (int i = 0; i < Math.min(available, LONGEST); i++) {
            byte part = bytes.get(start + i);
            length |= (part & 0x7fL) << (7 * i);
            if (part >= 0) {
                return cutAfter(i + 1, length, bytes, cut);
            }
        }
        if (available >= LONGEST) {
            throw new FramingException("varint length has more than " + LONGEST + " bytes");
        }
        return cut.incomplete(available + 1);
    }

    private boolean cutAfter(int header, long length, ByteBuffer bytes, Cut cut) {
        if (length > maxMessage) {
            throw Limits.tooLong("length announces " + length + " bytes", maxMessage);
        }
        int body = bytes.position() + header;
        int size = (int) length;
        if (bytes.limit() - body < size) {
            return cut.incomplete(header + size);
        }
        return cut.frame(body, body + size, body + size);
    }

    @Override
    public int frameSize(int messageSize) {
        Limits.requireSendable(messageSize, maxMessage);
        return LONGEST + messageSize;
    }

    @Override
    public void write(ByteBuffer message, ByteBuffer target) {
        int length = message.remaining();
        while (length > 0x7f) {
            target.put((byte) (length | 0x80));
            length >>>= 7;
        }
        target.put((byte) length);
        Frames.put(message, target);
    }
}
