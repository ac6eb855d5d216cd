package dev.tramway.frames.internal.type;

import java.nio.ByteBuffer;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A time whose parts stand in the order of a pattern such as {@code YYYYMMDDhhmmss}: as BCD, as ASCII digits, or each as one
 * byte.
 */
public final class PatternTime extends ClockType {
    private static final String LETTERS = "YMDhmsS";
    private static final int MOST_DIGITS = 18;

    /** How digits are written. */
    public enum Style {
        /** Four bits each. */
        BCD(4),
        /** Eight bits each. */
        ASCII(8),
        /** Each part is a number of one byte, a year of four digits one of two bytes. */
        BINARY(4);

        private final int bitsADigit;

        Style(int bitsADigit) {
            this.bitsADigit = bitsADigit;
        }
    }

    private final Style style;
    private final int bits;

    /** For each of {@link #LETTERS}: where it begins, in bits, and its width; width 0 if it is missing. */
    private final int[] at = new int[LETTERS.length()];

    private final int[] width = new int[LETTERS.length()];

    /** How far the last digit of each stands from the end, in bits. */
    private final int[] shift = new int[LETTERS.length()];

    private final boolean inPairs;

    private PatternTime(String pattern, Style style, ZoneId zone, Clock.Scope scope) {
        super(scope, zone);
        this.style = style;
        int place = 0;
        for (int i = 0; i < pattern.length(); i++) {
            int letter = LETTERS.indexOf(pattern.charAt(i));
            if (width[letter] == 0) {
                at[letter] = place;
            }
            width[letter] += style.bitsADigit;
            place += style.bitsADigit;
        }
        bits = place;
        for (int letter = 0; letter < shift.length; letter++) {
            shift[letter] = bits - at[letter] - width[letter];
        }
        inPairs = isInPairs();
    }

    /** A type of a pattern; empty if the pattern is none. */
    public static Optional<PatternTime> of(String pattern, Style style, ZoneId zone) {
        boolean date = pattern.contains("YY") && pattern.contains("MM") && pattern.contains("DD");
        boolean time = pattern.contains("hh");
        String parts = pattern.replaceFirst("YYYY|YY", "")
                .replaceFirst("MM", "")
                .replaceFirst("DD", "")
                .replaceFirst("hh", "")
                .replaceFirst("mm", "")
                .replaceFirst("ss", "")
                .replaceFirst("SSS", "");
        if (!parts.isEmpty() || !(date || time) || pattern.length() > MOST_DIGITS) {
            return Optional.empty();
        }
        Clock.Scope scope = date && time ? Clock.Scope.DATE_AND_TIME : date ? Clock.Scope.DATE : Clock.Scope.TIME;
        return Optional.of(new PatternTime(pattern, style, zone, scope));
    }

    @Override
    public int bits() {
        return bits;
    }

    @Override
    public long integer(ByteBuffer bytes, int bit, int end) {
        if (!inPairs) {
            return super.integer(bytes, bit, end);
        }
        // The usual case, without an object: all pairs of digits become numbers at once.
        long raw = Bits.read(bytes, bit, bits);
        long pairs = raw - 6 * (raw >>> 4 & 0x0f0f_0f0f_0f0f_0f0fL);
        int year = pair(pairs, 0);
        year = width[0] == 16 ? year + 100 * (int) (pairs >>> (shift[0] + 8) & 0xff) : century(year);
        int month = pair(pairs, 1);
        int day = pair(pairs, 2);
        int hour = pair(pairs, 3);
        int minute = pair(pairs, 4);
        int second = pair(pairs, 5);
        if (!BcdType.decimal(raw) || !Clock.isReal(year, month, day, hour, minute, second)) {
            return 0;
        }
        return Clock.localMillis(year, month, day, hour, minute, second, 0);
    }

    /** True if it is a date and a time in UTC in whole bytes of BCD. */
    private boolean isInPairs() {
        boolean whole =
                style == Style.BCD && bits <= 60 && bits % 8 == 0 && utc() && scope() == Clock.Scope.DATE_AND_TIME;
        for (int letter = 0; letter < width.length; letter++) {
            whole &= at[letter] % 8 == 0 && width[letter] % 8 == 0;
        }
        return whole && width[6] == 0;
    }

    /** Two digits from 80 on are years before 2000: nothing that sends them is older. */
    private static int century(int year) {
        return year >= 80 && year < 100 ? 1900 + year : 2000 + year;
    }

    private int pair(long pairs, int letter) {
        return width[letter] == 0 ? 0 : (int) (pairs >>> shift[letter] & 0xff);
    }

    @Override
    @Nullable
    Clock read(ByteBuffer bytes, int bit, int end) {
        int year = part(bytes, bit, 0, 2000);
        int month = part(bytes, bit, 1, 1);
        int day = part(bytes, bit, 2, 1);
        int hour = part(bytes, bit, 3, 0);
        int minute = part(bytes, bit, 4, 0);
        int second = part(bytes, bit, 5, 0);
        int milli = part(bytes, bit, 6, 0);
        if ((year | month | day | hour | minute | second | milli) < 0) {
            return null;
        }
        int digits = width[0] / style.bitsADigit;
        return new Clock(digits == 2 ? century(year) : year, month, day, hour, minute, second, milli);
    }

    /** A part, -1 if it is no number. */
    private int part(ByteBuffer bytes, int bit, int letter, int otherwise) {
        if (width[letter] == 0) {
            return otherwise;
        }
        int start = bit + at[letter];
        if (style == Style.BINARY) {
            return (int) Bits.read(bytes, start, width[letter]);
        }
        int value = 0;
        for (int place = start; place < start + width[letter]; place += style.bitsADigit) {
            int raw = (int) Bits.read(bytes, place, style.bitsADigit);
            int digit = style == Style.ASCII ? raw - '0' : raw;
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    @Override
    void write(Clock clock, Output out) {
        int start = out.bit();
        int year = width[0] / style.bitsADigit == 2 ? clock.year() % 100 : clock.year();
        int[] parts = {year, clock.month(), clock.day(), clock.hour(), clock.minute(), clock.second(), clock.milli()};
        for (int letter = 0; letter < parts.length; letter++) {
            out.bit(start + at[letter]);
            writePart(parts[letter], width[letter], out);
        }
        out.bit(start + bits);
    }

    private void writePart(int value, int size, Output out) {
        if (style == Style.BINARY && size > 0) {
            out.bits(value, size);
            return;
        }
        int start = out.bit();
        int rest = value;
        for (int place = size - style.bitsADigit; place >= 0; place -= style.bitsADigit) {
            out.bit(start + place);
            out.bits(rest % 10 + (style == Style.ASCII ? '0' : 0), style.bitsADigit);
            rest /= 10;
        }
    }
}
