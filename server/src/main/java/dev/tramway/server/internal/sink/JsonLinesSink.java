package dev.tramway.server.internal.sink;

import dev.tramway.server.internal.reading.DeviceReading;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Writes readings to a file, one JSON object in a line. */
final class JsonLinesSink implements Sink {
    private static final long SIZE = 64L << 20;
    private static final Duration AGE = Duration.ofHours(24);
    private static final int KEEP = 30;

    private final String name;
    private final JsonLines file;

    /** Options: {@code path}, {@code rotate-size}, {@code rotate-age}, {@code keep}, {@code sync}. */
    JsonLinesSink(String name, SinkOptions options) {
        this.name = name;
        var rotation = new JsonLines.Rotation(
                options.size("rotate-size", SIZE),
                options.duration("rotate-age", AGE),
                options.number("keep", KEEP, 0, Integer.MAX_VALUE));
        this.file = new JsonLines(options.path("path"), rotation, options.flag("sync", true));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void deliver(List<DeviceReading> readings) throws IOException {
        file.write(ReadingJson.lines(readings));
    }

    @Override
    public void close() {
        file.close();
    }
}
