package dev.tramway.onescript.internal.library.binary;

import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Numbers;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Whole numbers without a sign, as bytes hold them. */
final class Integers {
    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(Long.SIZE);

    private Integers() {}

    /** Returns the number that the bits mean without a sign. */
    static Object unsigned(long bits) {
        return bits >= 0
                ? (Object) bits
                : Numbers.ofWhole(BigInteger.valueOf(bits).add(TWO_TO_64));
    }

    /**
     * Returns the bits of a value that must be a whole number, not negative, of at most so many bits.
     *
     * @param argument its number for the error, from 1
     */
    static long whole(Object value, int bits, int argument) {
        if (value instanceof Long number && number >= 0 && (bits >= 63 || number >> bits == 0)) {
            return number;
        }
        if (!Numbers.isNumber(value)) {
            throw Errors.badArgumentType(argument);
        }
        BigDecimal number = Numbers.decimal(value);
        if (number.signum() < 0
                || !Numbers.isWhole(value)
                || number.toBigInteger().bitLength() > bits) {
            throw Errors.badArgument(argument);
        }
        return number.longValue();
    }

    /** Returns the bits of a value that must be a whole number that fits into so many bits, with a sign or without. */
    static long signedOrNot(Object value, int bits, int argument) {
        BigDecimal number = Numbers.decimal(value);
        if (number.signum() >= 0) {
            return whole(value, bits, argument);
        }
        if (!Numbers.isWhole(value) || number.toBigInteger().bitLength() >= bits) {
            throw Errors.badArgument(argument);
        }
        return number.longValue();
    }
}
