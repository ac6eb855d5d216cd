package dev.tramway.frames.internal.type;

import dev.tramway.frames.internal.expr.Kind;
import java.nio.ByteBuffer;

/**
 * Three capital letters of five bits each in 16 bits, as meters name their makers.
 *
 * @param reversed true if the lowest byte comes first
 */
public record LettersType(boolean reversed) implements Type {
    @Override
    public Kind kind() {
        return Kind.TEXT;
    }

    @Override
    public int bits() {
        return 16;
    }

    @Override
    public boolean canBeInvalid() {
        return true;
    }

    @Override
    public boolean isValid(ByteBuffer bytes, int bit, int end) {
        return text(bytes, bit, end).chars().allMatch(c -> c >= 'A' && c <= 'Z');
    }

    @Override
    public String text(ByteBuffer bytes, int bit, int end) {
        long raw = reversed ? Bits.readReversed(bytes, bit, 16) : Bits.read(bytes, bit, 16);
        return "" + (char) (64 + (raw >> 10 & 31)) + (char) (64 + (raw >> 5 & 31)) + (char) (64 + (raw & 31));
    }

    @Override
    public void write(Object value, Output out) {
        String letters = String.valueOf(value);
        if (letters.length() != 3 || !letters.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
            throw new ValueException(value, "three capital letters");
        }
        int raw = ((letters.charAt(0) - 64) << 10) | ((letters.charAt(1) - 64) << 5) | (letters.charAt(2) - 64);
        out.bits(reversed ? Bits.reversed(raw, 16) : raw, 16);
    }
}
