package dev.tramway.frames.internal.check;

import java.nio.ByteBuffer;

/**
 * A cyclic redundancy check by the usual six parameters, with a table of 256 entries. Works at the upper end of a long
 * where the bits are not reflected, at the lower end where they are, so that every width is the same few lines.
 */
public final class Crc implements Check {
    private final int bits;
    private final long start;
    private final boolean reflectIn;
    private final boolean reflectOut;
    private final long xorOut;
    private final long[] table = new long[256];

    /**
     * Makes a check.
     *
     * @param bits width, 1 to 64
     * @param polynomial without its highest bit
     * @param init first value of the register
     * @param reflectIn true if bytes enter lowest bit first
     * @param reflectOut true if the register is reflected at the end
     * @param xorOut what the result is combined with
     */
    public Crc(int bits, long polynomial, long init, boolean reflectIn, boolean reflectOut, long xorOut) {
        this.bits = bits;
        this.reflectIn = reflectIn;
        this.reflectOut = reflectOut;
        this.xorOut = xorOut;
        int shift = 64 - bits;
        start = reflectIn ? Long.reverse(init << shift) : init << shift;
        long polynomialAtTop = polynomial << shift;
        for (int i = 0; i < 256; i++) {
            table[i] = reflectIn ? entryReflected(i, Long.reverse(polynomialAtTop)) : entry(i, polynomialAtTop);
        }
    }

    private static long entry(int index, long polynomial) {
        long value = (long) index << 56;
        for (int bit = 0; bit < 8; bit++) {
            value = value < 0 ? (value << 1) ^ polynomial : value << 1;
        }
        return value;
    }

    private static long entryReflected(int index, long polynomial) {
        long value = index;
        for (int bit = 0; bit < 8; bit++) {
            value = (value & 1) != 0 ? (value >>> 1) ^ polynomial : value >>> 1;
        }
        return value;
    }

    @Override
    public int bits() {
        return bits;
    }

    @Override
    public long of(ByteBuffer bytes, int from, int to) {
        long value = start;
        if (reflectIn) {
            for (int i = from; i < to; i++) {
                value = (value >>> 8) ^ table[(int) (value ^ bytes.get(i)) & 0xff];
            }
        } else {
            for (int i = from; i < to; i++) {
                value = (value << 8) ^ table[(int) (value >>> 56 ^ bytes.get(i)) & 0xff];
            }
            value >>>= 64 - bits;
        }
        return reflectIn == reflectOut ? value ^ xorOut : Long.reverse(value) >>> (64 - bits) ^ xorOut;
    }
}
