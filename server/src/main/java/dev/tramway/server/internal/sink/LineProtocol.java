package dev.tramway.server.internal.sink;

import dev.tramway.server.internal.reading.DeviceReading;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * InfluxDB's line protocol: {@code measurement,tags fields time}. A field keeps its type for ever at the receiver, so each type of value has a
 * field of its own: {@code value} for numbers, {@code state} for flags, {@code text} for texts and for numbers that a double does not hold.
 */
final class LineProtocol {
    /** The protocol cannot say these in names and tags: a line feed ends the line, and a backslash at the end takes the next comma with it. */
    private static final Pattern UNSAYABLE = Pattern.compile("[\\p{Cntrl}\\\\]");

    private static final Pattern SPECIAL = Pattern.compile("[,= ]");
    private static final Pattern QUOTED = Pattern.compile("[\"\\\\]");
    private static final long EXACT = 1L << 53;
    private static final long NANOS = 1_000_000_000;

    private final StringBuilder lines = new StringBuilder();
    private final String measurement;

    LineProtocol(String measurement) {
        this.measurement = name(measurement);
    }

    LineProtocol add(DeviceReading reading) {
        lines.append(measurement);
        tag("listener", reading.listener());
        tag("device", reading.device());
        tag("source", reading.source());
        tag("name", reading.name());
        tag("unit", reading.unit());
        tag("quality", reading.quality());
        lines.append(' ').append(field(reading.value())).append(",id=").append(quoted(reading.id()));
        lines.append(' ').append(nanos(reading.deviceTime())).append('\n');
        return this;
    }

    @Override
    public String toString() {
        return lines.toString();
    }

    /** An empty tag is no tag. */
    private void tag(String key, String value) {
        if (!value.isEmpty()) {
            lines.append(',').append(key).append('=').append(name(value));
        }
    }

    private static String name(String text) {
        return SPECIAL.matcher(UNSAYABLE.matcher(text).replaceAll("_")).replaceAll("\\\\$0");
    }

    private static String field(Object value) {
        return switch (value) {
            case Long number when Math.abs(number) <= EXACT -> "value=" + number;
            case Double number when Double.isFinite(number) -> "value=" + number;
            case Boolean flag -> "state=" + flag;
            default -> "text=" + quoted(value.toString());
        };
    }

    private static String quoted(String text) {
        return '"' + QUOTED.matcher(text).replaceAll("\\\\$0") + '"';
    }

    private static String nanos(Instant time) {
        return Long.toString(Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano()));
    }
}
