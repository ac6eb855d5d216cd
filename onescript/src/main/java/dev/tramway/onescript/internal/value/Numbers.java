package dev.tramway.onescript.internal.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/**
 * Numbers as System.Decimal has them: a whole number of 96 bits, divided by a power of ten up to 28. Whole numbers that
 * fit are {@code Long}, so that loops and indexes never meet the others; all others are {@code BigDecimal}, whose scale
 * keeps trailing zeros as the original does.
 */
public final class Numbers {
    /** Largest number of digits behind the point. */
    public static final int MAX_SCALE = 28;

    private static final int MAX_DIGITS = 29;
    private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(96);
    private static final int SURELY_WITHIN = 95;
    private static final BigInteger MIN_LONG = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);

    private static final Pattern DECIMAL = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)");

    private Numbers() {}

    public static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof BigDecimal;
    }

    /** Returns the number, rounded to what the type holds; too large is an error. */
    public static Object of(BigDecimal exact) {
        BigDecimal number = exact.scale() < 0 ? exact.setScale(0) : exact;
        if (number.scale() > MAX_SCALE) {
            number = number.setScale(MAX_SCALE, RoundingMode.HALF_EVEN);
        }
        while (!fits(number.unscaledValue())) {
            if (number.scale() == 0) {
                throw Errors.numberTooLarge();
            }
            int surplus = Math.max(1, number.precision() - MAX_DIGITS);
            number = number.setScale(Math.max(0, number.scale() - surplus), RoundingMode.HALF_EVEN);
        }
        return number.scale() == 0 ? ofWhole(number.unscaledValue()) : number;
    }

    private static boolean fits(BigInteger mantissa) {
        return mantissa.bitLength() <= SURELY_WITHIN || mantissa.abs().compareTo(LIMIT) < 0;
    }

    public static Object ofWhole(BigInteger number) {
        if (number.compareTo(MIN_LONG) >= 0 && number.compareTo(MAX_LONG) <= 0) {
            return number.longValue();
        }
        if (!fits(number)) {
            throw Errors.numberTooLarge();
        }
        return new BigDecimal(number);
    }

    /** Returns the number nearest to a double, with the 15 digits that a double is sure of. */
    public static Object of(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw Errors.badArgument();
        }
        BigDecimal rounded = new BigDecimal(number).round(new MathContext(15)).stripTrailingZeros();
        return of(rounded);
    }

    public static BigDecimal decimal(Object number) {
        return number instanceof Long whole ? BigDecimal.valueOf(whole) : (BigDecimal) number;
    }

    public static double toDouble(Object number) {
        return ((Number) number).doubleValue();
    }

    /** Returns the whole part; a number outside of {@code long} is an error. */
    public static long toLong(Object number) {
        if (number instanceof Long whole) {
            return whole;
        }
        BigInteger whole = ((BigDecimal) number).toBigInteger();
        if (whole.bitLength() > 63) {
            throw Errors.badArgument();
        }
        return whole.longValue();
    }

    /** Returns the whole part; a number outside of {@code int} is an error. */
    public static int toInt(Object number) {
        long whole = toLong(number);
        if (whole != (int) whole) {
            throw Errors.badArgument();
        }
        return (int) whole;
    }

    public static boolean isWhole(Object number) {
        return number instanceof Long
                || ((BigDecimal) number).stripTrailingZeros().scale() <= 0;
    }

    public static Object add(Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            long sum = a + b;
            if (((a ^ sum) & (b ^ sum)) >= 0) {
                return sum;
            }
        }
        return of(decimal(left).add(decimal(right)));
    }

    public static Object subtract(Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            long difference = a - b;
            if (((a ^ b) & (a ^ difference)) >= 0) {
                return difference;
            }
        }
        return of(decimal(left).subtract(decimal(right)));
    }

    public static Object multiply(Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            long product = a * b;
            if (Math.multiplyHigh(a, b) == product >> 63) {
                return product;
            }
        }
        return of(decimal(left).multiply(decimal(right)));
    }

    public static Object divide(Object left, Object right) {
        if (signum(right) == 0) {
            throw Errors.divisionByZero();
        }
        if (left instanceof Long a && right instanceof Long b && a % b == 0 && a != Long.MIN_VALUE) {
            return a / b;
        }
        return of(quotient(decimal(left), decimal(right)));
    }

    /** An exact quotient keeps the difference of the scales, any other has all the digits there are room for. */
    private static BigDecimal quotient(BigDecimal left, BigDecimal right) {
        int preferred = Math.max(0, left.scale() - right.scale());
        BigDecimal full = left.divide(right, MAX_SCALE + 2, RoundingMode.HALF_EVEN);
        BigDecimal exact = full.stripTrailingZeros();
        return exact.multiply(right).compareTo(left) == 0 ? exact.setScale(Math.max(exact.scale(), preferred)) : full;
    }

    public static Object remainder(Object left, Object right) {
        if (signum(right) == 0) {
            throw Errors.divisionByZero();
        }
        if (left instanceof Long a && right instanceof Long b) {
            return a % b;
        }
        return of(decimal(left).remainder(decimal(right)));
    }

    public static Object negate(Object number) {
        return number instanceof Long whole && whole != Long.MIN_VALUE
                ? -whole
                : of(decimal(number).negate());
    }

    public static int signum(Object number) {
        return number instanceof Long whole ? Long.signum(whole) : ((BigDecimal) number).signum();
    }

    public static int compare(Object left, Object right) {
        return left instanceof Long a && right instanceof Long b
                ? Long.compare(a, b)
                : decimal(left).compareTo(decimal(right));
    }

    /** Returns the form in which equal numbers are equal objects. */
    public static Object key(Object number) {
        if (number instanceof Long) {
            return number;
        }
        BigDecimal shortest = ((BigDecimal) number).stripTrailingZeros();
        return shortest.scale() <= 0 ? ofWhole(shortest.toBigInteger()) : shortest;
    }

    public static String present(Object number) {
        return number instanceof BigDecimal decimal ? decimal.toPlainString() : number.toString();
    }

    /** Reads digits with at most one point, a sign and blanks around allowed. */
    public static Object parse(String text) {
        String digits = text.strip();
        if (digits.length() <= 18 && isPlainWhole(digits)) {
            return Long.parseLong(digits);
        }
        if (!DECIMAL.matcher(digits).matches()) {
            throw Errors.notConvertible("Число", "Number");
        }
        return of(new BigDecimal(digits));
    }

    private static boolean isPlainWhole(String text) {
        int start = !text.isEmpty() && text.charAt(0) == '-' ? 1 : 0;
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() > start;
    }
}
