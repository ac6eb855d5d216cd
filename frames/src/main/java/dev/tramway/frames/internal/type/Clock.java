package dev.tramway.frames.internal.type;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A point in time in parts, as devices send it: what they leave out is 0, or 1 for month and day.
 *
 * @param year with its century
 * @param month 1 to 12
 * @param day 1 to 31
 * @param hour 0 to 23
 * @param minute 0 to 59
 * @param second 0 to 59
 * @param milli 0 to 999
 */
record Clock(int year, int month, int day, int hour, int minute, int second, int milli) {
    private static final long MILLIS_A_DAY = 86_400_000;

    /** What a pattern has. */
    enum Scope {
        DATE_AND_TIME,
        DATE,
        TIME
    }

    boolean isReal() {
        return isReal(year, month, day, hour, minute, second);
    }

    static boolean isReal(int year, int month, int day, int hour, int minute, int second) {
        return month >= 1
                && month <= 12
                && day >= 1
                && (day <= 28 || day <= daysOf(year, month))
                && hour <= 23
                && minute <= 59
                && second <= 59;
    }

    private static int daysOf(int year, int month) {
        if (month == 2) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    /** Milliseconds since 1970, in a zone. */
    long millis(ZoneId zone) {
        long local = localMillis(year, month, day, hour, minute, second, milli);
        if (zone.equals(ZoneOffset.UTC)) {
            return local;
        }
        LocalDateTime time = LocalDateTime.of(year, month, day, hour, minute, second, milli * 1_000_000);
        return time.atZone(zone).toInstant().toEpochMilli();
    }

    /** Days are counted from March, so that the leap day is the last of the year. */
    static long localMillis(int year, int month, int day, int hour, int minute, int second, int milli) {
        int fromMarch = month > 2 ? month - 3 : month + 9;
        int y = month > 2 ? year : year - 1;
        int centuries = y / 100;
        int days = 365 * y + (y >> 2) - centuries + (centuries >> 2) + (153 * fromMarch + 2) / 5 + day - 719_469;
        return days * MILLIS_A_DAY + 3_600_000L * hour + 60_000L * minute + 1_000L * second + milli;
    }

    Object value(Scope scope, ZoneId zone) {
        return switch (scope) {
            case DATE_AND_TIME -> Instant.ofEpochMilli(millis(zone));
            case DATE -> LocalDate.of(year, month, day);
            case TIME -> LocalTime.of(hour, minute, second, milli * 1_000_000);
        };
    }

    /** Takes apart what a user gives: a time of java.time, its text, or milliseconds since 1970. */
    static Clock of(Object given, Scope scope, ZoneId zone) {
        try {
            return switch (given) {
                case Number millis ->
                    of(Instant.ofEpochMilli(millis.longValue()).atZone(zone).toLocalDateTime());
                case Instant instant -> of(instant.atZone(zone).toLocalDateTime());
                case LocalDateTime time -> of(time);
                case LocalDate date -> of(date.atStartOfDay());
                case LocalTime time -> of(time.atDate(LocalDate.of(2000, 1, 1)));
                default -> parsed(String.valueOf(given), scope, zone);
            };
        } catch (DateTimeException e) {
            throw new ValueException(given, "a time such as 2021-10-15T19:18:33Z");
        }
    }

    private static Clock parsed(String text, Scope scope, ZoneId zone) {
        return switch (scope) {
            case DATE_AND_TIME -> of(Instant.parse(text).atZone(zone).toLocalDateTime());
            case DATE -> of(LocalDate.parse(text).atStartOfDay());
            case TIME -> of(LocalTime.parse(text).atDate(LocalDate.of(2000, 1, 1)));
        };
    }

    private static Clock of(LocalDateTime time) {
        return new Clock(
                time.getYear(),
                time.getMonthValue(),
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond(),
                time.getNano() / 1_000_000);
    }
}
