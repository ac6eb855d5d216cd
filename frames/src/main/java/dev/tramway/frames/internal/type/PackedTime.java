package dev.tramway.frames.internal.type;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.ZoneId;

/** Times whose parts are packed into bits, lowest byte first: those of IEC 60870-5 and of M-Bus. */
public final class PackedTime extends ClockType {
    /** One hundred years after 1900, as newer meters say. */
    private static final long CENTURY = 1L << 13;

    /** The layouts. */
    public enum Layout {
        /** Seven bytes of IEC 60870-5-4: milliseconds to years. */
        CP56(56),
        /** Four bytes of EN 13757-3: minutes to years. */
        MBUS_F(32),
        /** Two bytes of EN 13757-3: a date. */
        MBUS_G(16);

        private final int bits;

        Layout(int bits) {
            this.bits = bits;
        }
    }

    private final Layout layout;

    /** A layout, in a zone. */
    public PackedTime(Layout layout, ZoneId zone) {
        super(layout == Layout.MBUS_G ? Clock.Scope.DATE : Clock.Scope.DATE_AND_TIME, zone);
        this.layout = layout;
    }

    @Override
    public int bits() {
        return layout.bits;
    }

    @Override
    Clock read(ByteBuffer bytes, int bit, int end) {
        long raw = Bits.readReversed(bytes, bit, layout.bits);
        return switch (layout) {
            case CP56 ->
                new Clock(
                        2000 + part(raw, 48, 7),
                        part(raw, 40, 4),
                        part(raw, 32, 5),
                        part(raw, 24, 5),
                        part(raw, 16, 6),
                        part(raw, 0, 16) / 1000,
                        part(raw, 0, 16) % 1000);
            case MBUS_F -> date(part(raw, 16, 16), part(raw, 8, 5), part(raw, 0, 6));
            case MBUS_G -> date((int) raw, 0, 0);
        };
    }

    private static int part(long raw, int shift, int width) {
        return (int) (raw >>> shift & ((1L << width) - 1));
    }

    /** The year's low bits stand above the day, its high bits above the month; the hundreds stand above the hour. */
    private static Clock date(int raw, int hour, int minute) {
        int year = ((raw >> 5) & 7) | ((raw >> 9) & 0x78);
        return new Clock(2000 + year, (raw >> 8) & 0xf, raw & 0x1f, hour, minute, 0, 0);
    }

    @Override
    void write(Clock clock, Output out) {
        int year = clock.year() - 2000;
        if (year < 0 || year > 127) {
            throw new ValueException(clock.year(), "a year from 2000 to 2127");
        }
        long date = clock.day() | (year & 7) << 5 | (long) clock.month() << 8 | (year & 0x78) << 9;
        long raw = switch (layout) {
            case CP56 -> {
                int weekday = LocalDate.of(clock.year(), clock.month(), clock.day())
                        .getDayOfWeek()
                        .getValue();
                yield clock.second() * 1000L + clock.milli()
                        | (long) clock.minute() << 16
                        | (long) clock.hour() << 24
                        | (long) clock.day() << 32
                        | (long) weekday << 37
                        | (long) clock.month() << 40
                        | (long) year << 48;
            }
            case MBUS_F -> clock.minute() | (long) clock.hour() << 8 | CENTURY | date << 16;
            case MBUS_G -> date;
        };
        out.bits(Bits.reversed(raw, layout.bits), layout.bits);
    }
}
