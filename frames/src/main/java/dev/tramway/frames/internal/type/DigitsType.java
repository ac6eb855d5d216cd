package dev.tramway.frames.internal.type;

import dev.tramway.frames.internal.expr.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A number written in ASCII digits.
 *
 * @param extent how many bytes
 * @param style how it is written
 */
public record DigitsType(Extent extent, Style style) implements Type {
    private static final int MOST = 24;

    /** How a number is written. */
    public enum Style {
        /** Decimal, perhaps with a minus. */
        DECIMAL,
        /** Hexadecimal, upper case only: a letter with one wrong bit must not pass for the same letter. */
        HEX,
        /** Hexadecimal, lower case only. */
        LOWER_HEX,
        /** Decimal with a point. */
        FRACTION
    }

    @Override
    public Kind kind() {
        return style == Style.FRACTION ? Kind.NUM : Kind.INT;
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
    public boolean canBeInvalid() {
        return true;
    }

    @Override
    public boolean isValid(ByteBuffer bytes, int bit, int end) {
        int from = extent.contentStart(bit) / 8;
        int to = extent.contentEnd(end) / 8;
        if (to - from > MOST) {
            return false;
        }
        boolean point = false;
        for (int at = from; at < to; at++) {
            char c = (char) bytes.get(at);
            boolean sign = at == from && to - from > 1 && radix() == 10 && (c == '-' || c == '+');
            boolean newPoint = style == Style.FRACTION && c == '.' && !point && to - from > 1;
            point |= newPoint;
            if (!sign && !newPoint && !isDigit(c)) {
                return false;
            }
        }
        return true;
    }

    private int radix() {
        return style == Style.HEX || style == Style.LOWER_HEX ? 16 : 10;
    }

    private boolean isDigit(char c) {
        return (c >= '0' && c <= '9')
                || (style == Style.HEX && c >= 'A' && c <= 'F')
                || (style == Style.LOWER_HEX && c >= 'a' && c <= 'f');
    }

    @Override
    public long integer(ByteBuffer bytes, int bit, int end) {
        if (style == Style.FRACTION) {
            return (long) real(bytes, bit, end);
        }
        int radix = radix();
        long value = 0;
        boolean minus = false;
        int to = extent.contentEnd(end) / 8;
        for (int at = extent.contentStart(bit) / 8; at < to; at++) {
            int digit = Character.digit((char) bytes.get(at), radix);
            minus |= bytes.get(at) == '-';
            value = digit < 0 ? value : value * radix + digit;
        }
        return minus ? -value : value;
    }

    @Override
    public double real(ByteBuffer bytes, int bit, int end) {
        if (style != Style.FRACTION) {
            return integer(bytes, bit, end);
        }
        String text = text(bytes, bit, end);
        return text.isEmpty() || !isValid(bytes, bit, end) ? 0 : Double.parseDouble(text);
    }

    @Override
    public String text(ByteBuffer bytes, int bit, int end) {
        return new String(TextType.content(extent, bytes, bit, end), StandardCharsets.US_ASCII);
    }

    /** Nothing between two commas is no number, rather than 0. */
    @Override
    public @Nullable Object value(ByteBuffer bytes, int bit, int end) {
        if (extent.contentStart(bit) >= extent.contentEnd(end)) {
            return null;
        }
        return style == Style.FRACTION ? (Object) real(bytes, bit, end) : (Object) integer(bytes, bit, end);
    }

    @Override
    public void write(Object value, Output out) {
        String written = switch (style) {
            case DECIMAL -> Long.toString(Values.integer(value));
            case HEX -> Long.toHexString(Values.integer(value)).toUpperCase(Locale.ROOT);
            case LOWER_HEX -> Long.toHexString(Values.integer(value));
            case FRACTION -> fraction(Values.real(value));
        };
        int width = extent.bits() / 8;
        if (extent.bits() > 0 && written.length() < width) {
            String zeros = "0".repeat(width - written.length());
            written = written.startsWith("-") ? "-" + zeros + written.substring(1) : zeros + written;
        }
        extent.write(written.getBytes(StandardCharsets.US_ASCII), -1, out);
    }

    private static String fraction(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
