package dev.tramway.frames.internal.type;

import dev.tramway.frames.internal.expr.Kind;
import java.nio.ByteBuffer;

/**
 * A whole number of 1 to 64 bits.
 *
 * @param bits width
 * @param sign what the highest bit means
 * @param reversed true if the lowest byte comes first
 */
public record IntType(int bits, Sign sign, boolean reversed) implements Type {
    /** What the highest bit of a number means. */
    public enum Sign {
        /** One bit more. */
        NONE,
        /** Two's complement. */
        TWOS,
        /** The sign alone. */
        MAGNITUDE
    }

    @Override
    public Kind kind() {
        return Kind.INT;
    }

    @Override
    public long most() {
        int used = sign == Sign.NONE ? bits : bits - 1;
        return used > 62 ? Long.MAX_VALUE : (1L << used) - 1;
    }

    @Override
    public long integer(ByteBuffer bytes, int bit, int end) {
        long raw = reversed ? Bits.readReversed(bytes, bit, bits) : Bits.read(bytes, bit, bits);
        return signed(raw, bits, sign);
    }

    static long signed(long raw, int bits, Sign sign) {
        return switch (sign) {
            case NONE -> raw;
            case TWOS -> raw << (64 - bits) >> (64 - bits);
            case MAGNITUDE -> {
                long top = 1L << (bits - 1);
                yield (raw & top) != 0 ? -(raw & ~top) : raw;
            }
        };
    }

    @Override
    public Object value(ByteBuffer bytes, int bit, int end) {
        long value = integer(bytes, bit, end);
        if (sign == Sign.NONE && value < 0) {
            return new java.math.BigInteger(Long.toUnsignedString(value));
        }
        return value;
    }

    @Override
    public void write(Object value, Output out) {
        long raw = unsigned(Values.integer(value), bits, sign);
        out.bits(reversed ? Bits.reversed(raw, bits) : raw, bits);
    }

    static long unsigned(long value, int bits, Sign sign) {
        boolean fits = switch (sign) {
            case NONE -> Bits.fits(value, bits, false);
            case TWOS -> Bits.fits(value, bits, true);
            case MAGNITUDE -> bits < 64 && Bits.fits(Math.abs(value), bits - 1, false);
        };
        if (!fits) {
            throw new ValueException(
                    value, (sign == Sign.NONE ? "an unsigned" : "a signed") + " number of " + bits + " bits");
        }
        return sign == Sign.MAGNITUDE && value < 0 ? -value | 1L << (bits - 1) : value;
    }
}
