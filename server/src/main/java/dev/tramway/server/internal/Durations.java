package dev.tramway.server.internal;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them: {@code 50us}, {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}. */
public final class Durations {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})(us|ms|s|m|h)");

    private Durations() {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static Duration parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no time (expected: a whole number and us, ms, s, m or h, for example 30s)");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "us" -> Duration.ofNanos(count * 1_000);
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }

    /** Writes one with the largest unit that leaves a whole number. */
    public static String text(Duration time) {
        long micros = time.toNanos() / 1_000;
        if (micros % 1_000 != 0) {
            return micros + " us";
        }
        long millis = micros / 1_000;
        if (millis % 1_000 != 0) {
            return millis + " ms";
        }
        return millis / 1_000 + " s";
    }
}
