package dev.tramway.frames.internal.type;

import dev.tramway.frames.internal.expr.Kind;
import java.nio.ByteBuffer;

/**
 * An IEEE 754 number of 32 or 64 bits.
 *
 * @param bits 32 or 64
 * @param order for each byte on the wire its place in the number, {@code a} being the highest; empty for big endian
 */
public record FloatType(int bits, String order) implements Type {
    @Override
    public Kind kind() {
        return Kind.NUM;
    }

    @Override
    public double real(ByteBuffer bytes, int bit, int end) {
        long wire = Bits.read(bytes, bit, bits);
        long raw = order.isEmpty() ? wire : sorted(wire);
        return bits == 32 ? Float.intBitsToFloat((int) raw) : Double.longBitsToDouble(raw);
    }

    @Override
    public long integer(ByteBuffer bytes, int bit, int end) {
        return (long) real(bytes, bit, end);
    }

    private long sorted(long wire) {
        long raw = 0;
        int size = bits / 8;
        for (int i = 0; i < size; i++) {
            long octet = wire >>> (8 * (size - 1 - i)) & 0xff;
            raw |= octet << (8 * (size - 1 - (order.charAt(i) - 'a')));
        }
        return raw;
    }

    /** As it lies in the bytes, so that each of the many that are no number is itself. */
    @Override
    public long key(ByteBuffer bytes, int bit, int end) {
        return Bits.read(bytes, bit, bits);
    }

    @Override
    public void writeKey(long key, Output out) {
        out.bits(key, bits);
    }

    @Override
    public Object value(ByteBuffer bytes, int bit, int end) {
        double value = real(bytes, bit, end);
        // The shortest decimal that is this float: 41.737434 rather than 41.7374343872070312.
        return bits == 32 ? Double.parseDouble(Float.toString((float) value)) : value;
    }

    @Override
    public void write(Object value, Output out) {
        double number = Values.real(value);
        long raw = bits == 32
                ? Float.floatToRawIntBits((float) number) & 0xffff_ffffL
                : Double.doubleToRawLongBits(number);
        out.bits(order.isEmpty() ? raw : shuffled(raw), bits);
    }

    private long shuffled(long raw) {
        long wire = 0;
        int size = bits / 8;
        for (int i = 0; i < size; i++) {
            wire = (wire << 8) | ((raw >>> (8 * (size - 1 - (order.charAt(i) - 'a')))) & 0xff);
        }
        return wire;
    }
}
