package dev.tramway.frames.internal.type;

import dev.tramway.frames.internal.expr.Kind;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Bytes as they are, shown as hex digits.
 *
 * @param extent how many
 */
public record BytesType(Extent extent) implements Type {
    @Override
    public Kind kind() {
        return Kind.TEXT;
    }

    @Override
    public int bits() {
        return extent.bits();
    }

    @Override
    public int end(ByteBuffer bytes, int bit, int limit) {
        return extent.end(bytes, bit, limit);
    }

    @Override
    public String text(ByteBuffer bytes, int bit, int end) {
        return HexFormat.of().formatHex(TextType.content(extent, bytes, bit, end));
    }

    @Override
    public long key(ByteBuffer bytes, int bit, int end) {
        int width = Math.min(end - bit, 64);
        return width <= 0 ? 0 : Bits.read(bytes, bit, width);
    }

    @Override
    public void write(Object value, Output out) {
        if (value instanceof byte[] bytes) {
            extent.write(bytes, -1, out);
            return;
        }
        String digits = String.valueOf(value).replace(" ", "");
        extent.write(parsed(digits), -1, out);
    }

    private static byte[] parsed(String digits) {
        try {
            return HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException e) {
            throw new ValueException(digits, "pairs of hex digits");
        }
    }
}
