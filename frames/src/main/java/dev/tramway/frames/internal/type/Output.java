package dev.tramway.frames.internal.type;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Takes bits one after the other, up to the size of a frame. */
public final class Output {
    private final ByteBuffer bytes;
    private int bit;

    /** Takes at most so many bytes. */
    public Output(int most) {
        bytes = ByteBuffer.allocate(most);
    }

    /** What was written so far, and zeros. */
    public ByteBuffer bytes() {
        return bytes;
    }

    /** Bit at which the next value begins. */
    public int bit() {
        return bit;
    }

    /** Goes to another place, to write what was left open. */
    public void bit(int place) {
        bit = place;
    }

    /** Forgets all that was written up to this bit. */
    public void clear() {
        Arrays.fill(bytes.array(), 0, (bit + 7) / 8, (byte) 0);
        bit = 0;
    }

    /** Writes the low bits of a number, highest first. */
    public void bits(long value, int width) {
        require(width);
        Bits.write(bytes, bit, width, value);
        bit += width;
    }

    /** Writes bytes; a whole byte must have been reached. */
    public void bytes(byte[] value) {
        require(8 * value.length);
        if (bit % 8 != 0) {
            throw new ValueException("text or bytes must begin at a whole byte");
        }
        bytes.put(bit / 8, value);
        bit += 8 * value.length;
    }

    /** Refuses what would make the frame longer than its limit. */
    void require(int width) {
        if (bit + width > 8 * bytes.capacity()) {
            throw new ValueException("the frame would be longer than its limit of " + bytes.capacity() + " bytes");
        }
    }
}
