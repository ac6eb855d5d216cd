package dev.tramway.frames.internal.type;

import dev.tramway.frames.internal.expr.Kind;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * Decimal digits of four bits each, at any half byte.
 *
 * @param digits how many
 * @param reversed true if the lowest byte comes first: whole bytes only
 * @param signed true if a highest digit of F is a minus
 * @param text true if the digits are a text, in which leading zeros count and A to F are let through
 */
public record BcdType(int digits, boolean reversed, boolean signed, boolean text) implements Type {
    private static final long SIXES = 0x0666_6666_6666_6666L;
    private static final long TENS = 0x1111_1111_1111_1110L;
    private static final int MAX_LONG_DIGITS = 18;

    @Override
    public Kind kind() {
        return text ? Kind.TEXT : Kind.INT;
    }

    @Override
    public int bits() {
        return 4 * digits;
    }

    @Override
    public long most() {
        return digits > MAX_LONG_DIGITS ? Long.MAX_VALUE : (long) Math.pow(10, digits) - 1;
    }

    @Override
    public boolean canBeInvalid() {
        return !text;
    }

    @Override
    public boolean isValid(ByteBuffer bytes, int bit, int end) {
        if (text) {
            return true;
        }
        if (digits <= 15) {
            long raw = raw(bytes, bit);
            if (signed && isMinus(raw)) {
                raw &= (1L << (4 * (digits - 1))) - 1;
            }
            return decimal(raw);
        }
        for (int i = 0; i < digits; i++) {
            int digit = digit(bytes, bit, i);
            if (digit > 9 && !(signed && i == 0 && digit == 0xf)) {
                return false;
            }
        }
        return true;
    }

    /** True if no digit is above nine: adding six to each then carries out of none. */
    static boolean decimal(long raw) {
        return (((raw + SIXES) ^ raw ^ SIXES) & TENS) == 0;
    }

    private boolean isMinus(long raw) {
        return raw >>> (4 * (digits - 1)) == 0xf;
    }

    private long raw(ByteBuffer bytes, int bit) {
        return reversed ? Bits.readReversed(bytes, bit, 4 * digits) : Bits.read(bytes, bit, 4 * digits);
    }

    @Override
    public long integer(ByteBuffer bytes, int bit, int end) {
        if (digits <= 16 && !signed) {
            return digits <= 8 ? upToEight(raw(bytes, bit)) : upToSixteen(raw(bytes, bit));
        }
        long value = 0;
        boolean minus = signed && digit(bytes, bit, 0) == 0xf;
        for (int i = minus ? 1 : 0; i < digits; i++) {
            value = value * 10 + digit(bytes, bit, i);
        }
        return minus ? -value : value;
    }

    /** Eight digits at once: pairs, then fours, then all. */
    static long upToEight(long raw) {
        long pairs = raw - 6 * (raw >>> 4 & 0x0f0f_0f0fL);
        long fours = pairs - 156 * (pairs >>> 8 & 0x00ff_00ffL);
        return fours - 55_536 * (fours >>> 16);
    }

    private static long upToSixteen(long raw) {
        return 100_000_000 * upToEight(raw >>> 32) + upToEight(raw & 0xffff_ffffL);
    }

    private int digit(ByteBuffer bytes, int bit, int index) {
        int place = reversed ? 4 * ((digits - 2 - (index & ~1)) + (index & 1)) : 4 * index;
        int at = bit + place;
        return bytes.get(at >> 3) >> ((at & 4) == 0 ? 4 : 0) & 0xf;
    }

    @Override
    public String text(ByteBuffer bytes, int bit, int end) {
        char[] characters = new char[digits];
        for (int i = 0; i < digits; i++) {
            characters[i] = Character.forDigit(digit(bytes, bit, i), 16);
        }
        return new String(characters);
    }

    @Override
    public Object value(ByteBuffer bytes, int bit, int end) {
        if (text) {
            return text(bytes, bit, end);
        }
        if (digits > MAX_LONG_DIGITS) {
            return new BigInteger(text(bytes, bit, end));
        }
        return integer(bytes, bit, end);
    }

    @Override
    public long key(ByteBuffer bytes, int bit, int end) {
        return digits <= 16 ? raw(bytes, bit) : 0;
    }

    @Override
    public void writeKey(long key, Output out) {
        out.bits(reversed ? Bits.reversed(key, bits()) : key, bits());
    }

    @Override
    public void write(Object value, Output out) {
        if (digits <= 15 && !text && value instanceof Long number && number >= 0 && number <= most()) {
            writeKey(bcd(number), out);
            return;
        }
        String written = written(value);
        int start = out.bit();
        for (int i = 0; i < digits; i++) {
            int place = reversed ? (digits - 2 - (i & ~1)) + (i & 1) : i;
            out.bit(start + 4 * place);
            out.bits(Character.digit(written.charAt(i), 16), 4);
        }
        out.bit(start + 4 * digits);
    }

    /** The usual case, without a text: a digit in every four bits. */
    private static long bcd(long number) {
        long raw = 0;
        int shift = 0;
        for (long rest = number; rest > 0; rest /= 10) {
            raw |= rest % 10 << shift;
            shift += 4;
        }
        return raw;
    }

    private String written(Object value) {
        String plain = value instanceof String given ? given : String.valueOf(Values.integer(value));
        boolean minus = signed && plain.startsWith("-");
        String bare = minus ? plain.substring(1) : plain;
        int room = minus ? digits - 1 : digits;
        String padded = bare.length() < room ? "0".repeat(room - bare.length()) + bare : bare;
        if (padded.length() != room || padded.isEmpty() || !areDigits(padded)) {
            throw new ValueException(value, "at most " + room + (text ? " hex digits" : " digits"));
        }
        return minus ? "f" + padded : padded;
    }

    private boolean areDigits(String padded) {
        for (int i = 0; i < padded.length(); i++) {
            if (Character.digit(padded.charAt(i), text ? 16 : 10) < 0) {
                return false;
            }
        }
        return true;
    }
}
