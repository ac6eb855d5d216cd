package dev.tramway.onescript.internal.component;

import dev.tramway.Framing;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Numbers;
import dev.tramway.onescript.internal.value.Values;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.time.Duration;

/** Reads what scripts assign to options of servers and clients. */
final class ServerOptions {
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

    private ServerOptions() {}

    static long bytes(Object value) {
        long bytes = Numbers.toLong(Values.toNumber(value));
        if (bytes < 1) {
            throw Errors.badArgument();
        }
        return bytes;
    }

    static int count(Object value) {
        int count = Numbers.toInt(Values.toNumber(value));
        if (count < 0) {
            throw Errors.badArgument();
        }
        return count;
    }

    /** Returns a span given in seconds, which may have a fraction. */
    static Duration seconds(Object value) {
        BigDecimal seconds = Numbers.decimal(Values.toNumber(value));
        if (seconds.signum() < 0) {
            throw Errors.badArgument();
        }
        return Duration.ofNanos(seconds.multiply(NANOS).longValue());
    }

    static Object seconds(Duration span) {
        return Numbers.of(BigDecimal.valueOf(span.toNanos()).divide(NANOS).stripTrailingZeros());
    }

    /** Returns lengths in front of messages: how many bytes, whether the lowest comes first. */
    static Framing lengthPrefixed(Call call, int maxMessage) {
        boolean littleEndian = call.flag(1, true);
        ByteOrder order = littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        return Framing.lengthPrefixed(call.integer(0, Integer.BYTES), order, false, maxMessage);
    }
}
