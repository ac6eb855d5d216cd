package dev.tramway.frames.internal.type;

import java.nio.ByteBuffer;

/** Reads and writes numbers of up to 64 bits at any bit of a big-endian buffer. */
public final class Bits {
    private Bits() {}

    /** Bits from the highest to the lowest, as an unsigned number. */
    public static long read(ByteBuffer bytes, int bit, int width) {
        return (bit & 7) == 0 && (width & 7) == 0
                ? wholeBytes(bytes, bit >> 3, width >> 3)
                : oddBits(bytes, bit, width);
    }

    private static long wholeBytes(ByteBuffer bytes, int at, int size) {
        return switch (size) {
            case 1 -> bytes.get(at) & 0xffL;
            case 2 -> bytes.getShort(at) & 0xffffL;
            case 3 -> ((bytes.getShort(at) & 0xffffL) << 8) | (bytes.get(at + 2) & 0xffL);
            case 4 -> bytes.getInt(at) & 0xffff_ffffL;
            case 5 -> ((bytes.getInt(at) & 0xffff_ffffL) << 8) | (bytes.get(at + 4) & 0xffL);
            case 6 -> ((bytes.getInt(at) & 0xffff_ffffL) << 16) | (bytes.getShort(at + 4) & 0xffffL);
            case 7 ->
                ((bytes.getInt(at) & 0xffff_ffffL) << 24)
                        | ((bytes.getShort(at + 4) & 0xffffL) << 8)
                        | (bytes.get(at + 6) & 0xffL);
            case 8 -> bytes.getLong(at);
            default -> 0;
        };
    }

    private static long oddBits(ByteBuffer bytes, int bit, int width) {
        long value = 0;
        int left = width;
        int at = bit;
        while (left > 0) {
            int inByte = Math.min(left, 8 - (at & 7));
            int part = ((bytes.get(at >> 3) & 0xff) >> (8 - (at & 7) - inByte)) & ((1 << inByte) - 1);
            value = (value << inByte) | part;
            at += inByte;
            left -= inByte;
        }
        return value;
    }

    /** The same with the bytes in reverse order: whole bytes only. */
    public static long readReversed(ByteBuffer bytes, int bit, int width) {
        return Long.reverseBytes(read(bytes, bit, width)) >>> (64 - width);
    }

    /** Writes the low bits of a number, highest first; other bits stay. */
    static void write(ByteBuffer bytes, int bit, int width, long value) {
        int left = width;
        int at = bit;
        while (left > 0) {
            int inByte = Math.min(left, 8 - (at & 7));
            int shift = 8 - (at & 7) - inByte;
            int mask = ((1 << inByte) - 1) << shift;
            int part = (int) (value >>> (left - inByte)) << shift;
            bytes.put(at >> 3, (byte) ((bytes.get(at >> 3) & ~mask) | (part & mask)));
            at += inByte;
            left -= inByte;
        }
    }

    /** Reverses the bytes of a number of whole bytes. */
    public static long reversed(long value, int width) {
        return Long.reverseBytes(value) >>> (64 - width);
    }

    /** True if a number can be written in so many bits. */
    public static boolean fits(long value, int width, boolean signed) {
        if (width == 64) {
            return true;
        }
        return signed ? value >= -(1L << (width - 1)) && value < 1L << (width - 1) : value >= 0 && value < 1L << width;
    }
}
