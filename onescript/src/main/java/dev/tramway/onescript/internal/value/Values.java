package dev.tramway.onescript.internal.value;

import java.math.BigDecimal;
import java.time.DateTimeException;

/** Conversions, comparison and text form of values. */
public final class Values {
    private Values() {}

    /** Returns the text of a value as a concatenation or Сообщить shows it. */
    public static String toText(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Long || value instanceof BigDecimal) {
            return Numbers.present(value);
        }
        if (value instanceof Boolean flag) {
            return flag ? "Да" : "Нет";
        }
        return value instanceof Presentable presentable ? presentable.present() : "";
    }

    /** Returns a {@code Long} or a {@code BigDecimal}. */
    public static Object toNumber(Object value) {
        if (value instanceof Long || value instanceof BigDecimal) {
            return value;
        }
        if (value instanceof Boolean flag) {
            return flag ? 1L : 0L;
        }
        if (value instanceof String text) {
            return Numbers.parse(text);
        }
        throw Errors.notConvertible("Число", "Number");
    }

    public static boolean toBoolean(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof Long || value instanceof BigDecimal) {
            return Numbers.signum(value) != 0;
        }
        if (value instanceof String text) {
            switch (Names.key(text.strip())) {
                case "истина", "true", "да" -> {
                    return true;
                }
                case "ложь", "false", "нет" -> {
                    return false;
                }
                default -> {
                    // neither
                }
            }
        }
        throw Errors.notConvertible("Булево", "Boolean");
    }

    public static BslDate toDate(Object value) {
        if (value instanceof BslDate date) {
            return date;
        }
        if (value instanceof String text) {
            return parseDate(text);
        }
        throw Errors.notConvertible("Дата", "Date");
    }

    /** Reads 8, 12 or 14 digits; all zeros are the empty date. */
    public static BslDate parseDate(String text) {
        int length = text.length();
        if ((length != 8 && length != 12 && length != 14) || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw Errors.notConvertible("Дата", "Date");
        }
        if (text.chars().allMatch(c -> c == '0')) {
            return BslDate.EMPTY;
        }
        String all = text + "000000".substring(0, 14 - length);
        try {
            return BslDate.of(
                    Integer.parseInt(all, 0, 4, 10),
                    Integer.parseInt(all, 4, 6, 10),
                    Integer.parseInt(all, 6, 8, 10),
                    Integer.parseInt(all, 8, 10, 10),
                    Integer.parseInt(all, 10, 12, 10),
                    Integer.parseInt(all, 12, 14, 10));
        } catch (DateTimeException wrong) {
            throw Errors.notConvertible("Дата", "Date");
        }
    }

    /** Tells whether two values are equal; values of different types are not. */
    public static boolean equal(Object left, Object right) {
        if (left == right) {
            return true;
        }
        if (left instanceof Long a && right instanceof Long b) {
            return a.longValue() == b.longValue();
        }
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Numbers.compare(left, right) == 0;
        }
        return left.equals(right);
    }

    /** Returns the form under which a value is a key of a hash table: equal values have equal forms. */
    public static Object key(Object value) {
        return value instanceof BigDecimal ? Numbers.key(value) : value;
    }

    /** Orders numbers and booleans, strings, or dates among each other. */
    public static int compare(Object left, Object right) {
        if (left instanceof String a && right instanceof String b) {
            return Texts.compare(a, b);
        }
        if (left instanceof BslDate a && right instanceof BslDate b) {
            return a.compareTo(b);
        }
        if (isOrdered(left) && isOrdered(right)) {
            return Numbers.compare(toNumber(left), toNumber(right));
        }
        throw Errors.notComparable();
    }

    private static boolean isOrdered(Object value) {
        return value instanceof Boolean || Numbers.isNumber(value);
    }
}
