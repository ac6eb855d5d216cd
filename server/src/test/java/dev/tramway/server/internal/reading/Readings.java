package dev.tramway.server.internal.reading;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

/** Readings as tests need them: numbered in a row for each device. */
public final class Readings {
    private static final Instant TIME = Instant.parse("2026-11-27T00:15:00.123456789Z");

    private Readings() {}

    /** One with a number for its value, and an id made of device and number. */
    public static DeviceReading numbered(String device, long number) {
        return valued(device, device + "-" + number, number);
    }

    /** One with an id and a value. */
    public static DeviceReading valued(String device, String id, Object value) {
        return new DeviceReading(
                id, "plant", device, "pump-2/level", "pressure", value, "bar", TIME, TIME.plusMillis(1), "good");
    }

    /** Some in a row. */
    public static List<DeviceReading> row(String device, long from, int count) {
        return LongStream.range(from, from + count)
                .mapToObj(number -> numbered(device, number))
                .toList();
    }

    /** Their ids. */
    public static List<String> ids(List<DeviceReading> readings) {
        return readings.stream().map(DeviceReading::id).toList();
    }
}
