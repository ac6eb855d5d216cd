package dev.tramway.frames.internal.type;

import dev.tramway.frames.internal.expr.Kind;
import java.nio.ByteBuffer;

/**
 * Some bits of a word whose bytes or bits stand in reverse: their place is that of the whole word.
 *
 * @param word width of the word
 * @param reversed true if the word's lowest byte comes first
 * @param shift number of bits of the word below these
 * @param width how many bits
 * @param sign what the highest of them means
 * @param truth true if it is a single bit that says true or false
 */
public record BitType(int word, boolean reversed, int shift, int width, IntType.Sign sign, boolean truth)
        implements Type {
    @Override
    public Kind kind() {
        return truth ? Kind.BOOL : Kind.INT;
    }

    @Override
    public int bits() {
        return word;
    }

    @Override
    public long integer(ByteBuffer bytes, int bit, int end) {
        long all = reversed ? Bits.readReversed(bytes, bit, word) : Bits.read(bytes, bit, word);
        long raw = all >>> shift & (width == 64 ? -1 : (1L << width) - 1);
        return IntType.signed(raw, width, sign);
    }

    @Override
    public void write(Object value, Output out) {
        long number = truth ? (Values.truth(value) ? 1 : 0) : Values.integer(value);
        long part = IntType.unsigned(number, width, sign) & (width == 64 ? -1 : (1L << width) - 1);
        out.require(word);
        int bit = out.bit();
        long all = reversed ? Bits.readReversed(out.bytes(), bit, word) : Bits.read(out.bytes(), bit, word);
        all |= part << shift;
        out.bits(reversed ? Bits.reversed(all, word) : all, word);
        if (word > 1) {
            // The other bits of the word lie at the same place; the group goes on behind it.
            out.bit(bit);
        }
    }
}
