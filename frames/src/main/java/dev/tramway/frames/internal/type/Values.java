package dev.tramway.frames.internal.type;

import dev.tramway.frames.Named;
import java.math.BigInteger;

/** Turns what users give into what types write. */
public final class Values {
    private Values() {}

    /** A whole number. */
    public static long integer(Object value) {
        return switch (value) {
            case Long number -> number;
            case Integer number -> number;
            case Short number -> number;
            case Byte number -> number;
            case Boolean truth -> truth ? 1 : 0;
            case Named named -> named.number();
            case BigInteger big when big.bitLength() <= 64 -> big.longValue();
            case Double number when number == Math.rint(number) && Math.abs(number) < 0x1p63 -> number.longValue();
            case Float number when number == Math.rint(number) && Math.abs(number) < 0x1p63 -> number.longValue();
            case String text -> parsed(text);
            default -> throw new ValueException(value, "a whole number");
        };
    }

    private static long parsed(String text) {
        try {
            return dev.tramway.frames.internal.yaml.Numbers.parse(text);
        } catch (NumberFormatException e) {
            return unsigned(text);
        }
    }

    private static long unsigned(String text) {
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            throw new ValueException(text, "a whole number");
        }
    }

    /** A number with a fraction. */
    public static double real(Object value) {
        return switch (value) {
            case Number number -> number.doubleValue();
            case String text -> {
                try {
                    yield Double.parseDouble(text);
                } catch (NumberFormatException e) {
                    throw new ValueException(text, "a number");
                }
            }
            default -> throw new ValueException(value, "a number");
        };
    }

    /** True or false. */
    public static boolean truth(Object value) {
        return switch (value) {
            case Boolean truth -> truth;
            case Number number -> number.longValue() != 0;
            case String text when text.equals("true") || text.equals("false") -> text.equals("true");
            default -> throw new ValueException(value, "true or false");
        };
    }
}
