package dev.tramway.frames.internal.yaml;

import java.util.HexFormat;

/** Numbers and bytes as definitions write them. */
public final class Numbers {
    private Numbers() {}

    /** A whole number, decimal or hexadecimal after 0x, within bounds. */
    public static long integer(Yaml.Scalar value, String what, long from, long to) {
        long number;
        try {
            number = parse(value.text());
        } catch (NumberFormatException e) {
            throw value.at().flaw(value.kind(), "a whole number for " + what, "write digits, or 0x and hex digits");
        }
        if (number < from || number > to) {
            throw value.at().flaw(value.kind(), what + " from " + from + " to " + to, "choose a number in that range");
        }
        return number;
    }

    /** True if a text is a whole number. */
    public static boolean isInteger(String text) {
        try {
            parse(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** The number that a text says. */
    public static long parse(String text) {
        String digits = text.replace("_", "");
        return digits.startsWith("0x") || digits.startsWith("0X")
                ? Long.parseUnsignedLong(digits.substring(2), 16)
                : Long.parseLong(digits);
    }

    /** A number with a fraction, or a quotient such as 1/3600. */
    public static double[] quotient(Yaml.Scalar value) {
        String[] parts = value.text().split("/", -1);
        try {
            double above = Double.parseDouble(parts[0].strip());
            double below = parts.length > 1 ? Double.parseDouble(parts[1].strip()) : 1;
            if (parts.length <= 2 && above != 0 && below != 0 && Double.isFinite(above) && Double.isFinite(below)) {
                return exact(parts[0].strip(), above, below);
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw value.at().flaw(value.kind(), "a number or a quotient", "write for example 0.1 or 1/3600");
    }

    /** Turns 0.001 into 1/1000: multiplying by one and dividing by the other rounds once, to the nearest decimal. */
    private static double[] exact(String text, double above, double below) {
        int point = text.indexOf('.');
        if (point < 0 || text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
            return new double[] {above, below};
        }
        double power = Math.pow(10, text.length() - point - 1);
        return new double[] {Math.rint(above * power), below * power};
    }

    /** Bytes written as hex digits; blanks between them are allowed. */
    public static byte[] bytes(Yaml.Scalar value) {
        String digits = value.text().replace(" ", "");
        if (digits.isEmpty()
                || digits.length() % 2 != 0
                || !digits.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            throw value.at().flaw(value.kind(), "bytes as pairs of hex digits in quotes", "write for example \"0d0a\"");
        }
        return HexFormat.of().parseHex(digits);
    }
}
