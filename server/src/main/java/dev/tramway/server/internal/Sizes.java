package dev.tramway.server.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as people write them: {@code 512}, {@code 64KiB}, {@code 10 MiB}, {@code 1GiB}. */
public final class Sizes {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9}) ?(B|KiB|MiB|GiB)?|\\d{1,18}");

    private Sizes() {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static long parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no size (expected: a whole number and B, KiB, MiB or GiB, for example 64KiB)");
        }
        if (matcher.group(1) == null) {
            return Long.parseLong(text);
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "KiB" -> count << 10;
            case "MiB" -> count << 20;
            case "GiB" -> count << 30;
            case null, default -> count;
        };
    }
}
