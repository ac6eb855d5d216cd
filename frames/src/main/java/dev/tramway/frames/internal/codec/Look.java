package dev.tramway.frames.internal.codec;

import dev.tramway.frames.Named;
import dev.tramway.frames.internal.expr.Kind;
import dev.tramway.frames.internal.type.ValueException;
import dev.tramway.frames.internal.type.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the value of a field is shown to users, and what they may give for it.
 *
 * @param up what the raw value is multiplied with
 * @param down what it is then divided by
 * @param offset what is then added
 * @param names names of values
 * @param flags names of bits
 * @param none key of the raw value that means there is none
 * @param hexDigits digits to show a whole number with as hexadecimal, 0 to show it as it is
 * @param unit of the value, may be empty
 */
public record Look(
        double up,
        double down,
        double offset,
        Map<Long, String> names,
        Map<Integer, String> flags,
        @Nullable Long none,
        int hexDigits,
        String unit) {
    /** As it is. */
    public static final Look PLAIN = new Look(1, 1, 0, Map.of(), Map.of(), null, 0, "");

    boolean scales() {
        return up != 1 || down != 1 || offset != 0;
    }

    /** What the value is in expressions. */
    Kind kind(Kind raw) {
        return scales() ? Kind.NUM : raw;
    }

    double scaled(double raw) {
        return raw * up / down + offset;
    }

    boolean isNone(long raw) {
        return none != null && none == raw;
    }

    /** What users see. */
    Object shown(Object raw) {
        if (scales()) {
            return scaled(((Number) raw).doubleValue());
        }
        if (raw instanceof Long number) {
            if (!flags.isEmpty()) {
                return new Named(number, flagNames(number));
            }
            String known = names.get(number);
            if (known != null) {
                return new Named(number, known);
            }
            if (hexDigits > 0) {
                String digits = Long.toHexString(number);
                return "0".repeat(Math.max(0, hexDigits - digits.length())) + digits;
            }
        }
        return raw;
    }

    private String flagNames(long number) {
        List<String> set = new ArrayList<>();
        for (int bit = 0; bit < 64; bit++) {
            if ((number >>> bit & 1) != 0) {
                set.add(flags.getOrDefault(bit, "bit" + bit));
            }
        }
        return set.isEmpty() ? "none" : String.join("+", set);
    }

    /**
     * What is written for what users give.
     *
     * @param whole true if the field holds whole numbers, to which a scaled value is rounded
     */
    public Object raw(Object given, boolean whole) {
        if (scales()) {
            double raw = (Values.real(given) - offset) * down / up;
            return whole ? (Object) Math.round(raw) : (Object) raw;
        }
        if (given instanceof Named named) {
            return named.number();
        }
        if (given instanceof String text) {
            if (!flags.isEmpty()) {
                return flagBits(text);
            }
            if (!names.isEmpty()) {
                return number(text);
            }
            if (hexDigits > 0) {
                return hex(text);
            }
        }
        return given;
    }

    private Object number(String name) {
        return names.entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .findFirst()
                .<Object>map(Map.Entry::getKey)
                .orElse(name);
    }

    private long flagBits(String text) {
        long bits = 0;
        for (String name : text.split("\\+", -1)) {
            if (!name.equals("none") && !name.isEmpty()) {
                bits |= 1L << bit(name);
            }
        }
        return bits;
    }

    private int bit(String name) {
        for (Map.Entry<Integer, String> flag : flags.entrySet()) {
            if (flag.getValue().equals(name)) {
                return flag.getKey();
            }
        }
        if (name.matches("bit\\d{1,2}")) {
            return Integer.parseInt(name.substring(3)) & 63;
        }
        throw new ValueException(name, "flags of " + flags.values());
    }

    private static long hex(String text) {
        try {
            return Long.parseUnsignedLong(text.startsWith("0x") ? text.substring(2) : text, 16);
        } catch (NumberFormatException e) {
            throw new ValueException(text, "hex digits");
        }
    }
}
