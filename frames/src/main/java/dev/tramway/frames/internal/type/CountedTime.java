package dev.tramway.frames.internal.type;

import dev.tramway.frames.internal.expr.Kind;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * A time as a number of units since some moment.
 *
 * @param number how the number is written
 * @param unit milliseconds a unit
 * @param epoch the moment, in milliseconds since 1970
 */
public record CountedTime(IntType number, long unit, long epoch) implements Type {
    /** Milliseconds of 2000-01-01T00:00:00Z. */
    public static final long YEAR_2000 = 946_684_800_000L;

    /** Times beyond the year 9999 are let stand as numbers. */
    private static final long LAST = 253_402_300_799_999L;

    @Override
    public Kind kind() {
        return Kind.INT;
    }

    @Override
    public int bits() {
        return number.bits();
    }

    @Override
    public long integer(ByteBuffer bytes, int bit, int end) {
        long count = number.integer(bytes, bit, end);
        return count < 0 || count > (LAST - epoch) / unit ? 0 : epoch + unit * count;
    }

    @Override
    public Object value(ByteBuffer bytes, int bit, int end) {
        long count = number.integer(bytes, bit, end);
        return count < 0 || count > (LAST - epoch) / unit
                ? "no time: " + Long.toUnsignedString(count)
                : Instant.ofEpochMilli(epoch + unit * count);
    }

    @Override
    public void write(Object value, Output out) {
        long millis;
        try {
            millis = switch (value) {
                case Number given -> given.longValue();
                case Instant instant -> instant.toEpochMilli();
                default -> Instant.parse(String.valueOf(value)).toEpochMilli();
            };
        } catch (DateTimeException | ArithmeticException e) {
            throw new ValueException(value, "a time such as 2021-10-15T19:18:33Z");
        }
        number.write(Math.floorDiv(millis - epoch, unit), out);
    }
}
