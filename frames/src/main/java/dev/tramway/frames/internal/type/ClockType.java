package dev.tramway.frames.internal.type;

import dev.tramway.frames.internal.expr.Kind;
import java.nio.ByteBuffer;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What all times in parts have in common. A time that cannot be is shown as what was sent, and is 0 in expressions. */
abstract class ClockType implements Type {
    private final Clock.Scope scope;
    private final ZoneId zone;
    private final boolean utc;

    ClockType(Clock.Scope scope, ZoneId zone) {
        this.scope = scope;
        this.zone = zone;
        utc = zone.equals(ZoneOffset.UTC);
    }

    /** Takes the parts out of the bytes; what cannot be is no matter here. */
    abstract @Nullable Clock read(ByteBuffer bytes, int bit, int end);

    /** Writes the parts. */
    abstract void write(Clock clock, Output out);

    final boolean utc() {
        return utc;
    }

    final Clock.Scope scope() {
        return scope;
    }

    @Override
    public final Kind kind() {
        return Kind.INT;
    }

    @Override
    public long integer(ByteBuffer bytes, int bit, int end) {
        Clock clock = read(bytes, bit, end);
        return clock != null && clock.isReal() ? clock.millis(zone) : 0;
    }

    @Override
    public final Object value(ByteBuffer bytes, int bit, int end) {
        Clock clock = read(bytes, bit, end);
        if (clock != null && clock.isReal()) {
            return clock.value(scope, zone);
        }
        byte[] raw = new byte[(end - bit) / 8];
        bytes.get(bit / 8, raw);
        return "no time: " + HexFormat.of().formatHex(raw);
    }

    @Override
    public final void write(Object value, Output out) {
        write(Clock.of(value, scope, zone), out);
    }
}
