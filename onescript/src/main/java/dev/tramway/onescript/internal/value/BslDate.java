package dev.tramway.onescript.internal.value;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A date with time, to the second, without a zone.
 *
 * @param seconds since the beginning of the year 1, which is the empty date
 */
public record BslDate(long seconds) implements Comparable<BslDate>, Presentable {
    public static final BslDate EMPTY = new BslDate(0);

    private static final long UNIX_EPOCH = 62_135_596_800L;
    private static final long LAST = of(9999, 12, 31, 23, 59, 59).seconds;
    private static final DateTimeFormatter RUSSIAN = DateTimeFormatter.ofPattern("dd.MM.uuuu H:mm:ss");

    /** Returns the date at that many seconds, or fails as scripts expect where the calendar ends. */
    public static BslDate at(long seconds) {
        if (seconds < 0 || seconds > LAST) {
            throw Errors.badArgument();
        }
        return new BslDate(seconds);
    }

    public static BslDate of(LocalDateTime time) {
        return new BslDate(time.toEpochSecond(ZoneOffset.UTC) + UNIX_EPOCH);
    }

    public static BslDate of(int year, int month, int day, int hour, int minute, int second) {
        return of(LocalDateTime.of(year, month, day, hour, minute, second));
    }

    public static BslDate now() {
        return of(LocalDateTime.now(ZoneId.systemDefault()));
    }

    public LocalDateTime time() {
        return LocalDateTime.ofEpochSecond(seconds - UNIX_EPOCH, 0, ZoneOffset.UTC);
    }

    @Override
    public int compareTo(BslDate other) {
        return Long.compare(seconds, other.seconds);
    }

    @Override
    public String present() {
        return RUSSIAN.format(time());
    }
}
