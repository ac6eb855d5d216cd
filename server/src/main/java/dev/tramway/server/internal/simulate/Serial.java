package dev.tramway.server.internal.simulate;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts serial numbers on: their last digits, as many as there are. */
final class Serial {
    private static final Pattern DIGITS = Pattern.compile("(.*?)(\\d+)(\\D*)", Pattern.DOTALL);

    private Serial() {}

    /**
     * The number so many places behind.
     *
     * @return empty if the value has no digits
     */
    static Optional<Object> next(Object value, long places) {
        if (value instanceof Long number) {
            return Optional.of(number + places);
        }
        if (!(value instanceof String text)) {
            return Optional.empty();
        }
        Matcher matcher = DIGITS.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String digits = matcher.group(2);
        BigInteger sum =
                new BigInteger(digits).add(BigInteger.valueOf(places)).mod(BigInteger.TEN.pow(digits.length()));
        String counted = sum.toString();
        return Optional.of(
                matcher.group(1) + "0".repeat(digits.length() - counted.length()) + counted + matcher.group(3));
    }
}
