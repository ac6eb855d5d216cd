package dev.tramway.server.internal.sink;

import static dev.tramway.server.internal.reading.Readings.row;
import static dev.tramway.server.internal.reading.Readings.valued;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.server.internal.reading.DeviceReading;
import dev.tramway.server.internal.sink.LineProtocolReader.Point;
import dev.tramway.server.internal.spool.Spool;
import dev.tramway.server.internal.spool.SpoolLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InfluxSinkTest {
    private static final long NANOS = 1_795_738_500_123_456_789L;

    @TempDir
    private Path directory;

    private static Sink sink(Posts receiver, Map<String, Object> more) {
        var options =
                new HashMap<String, Object>(Map.of("url", receiver.url("/api/v2/write?org=o&bucket=b&precision=ns")));
        options.putAll(more);
        return Sinks.create("influxdb", "influx", new SinkOptions(options));
    }

    private static List<Point> points(Posts receiver) {
        return receiver.taken().stream()
                .flatMap(body -> LineProtocolReader.read(body).stream())
                .toList();
    }

    @Test
    void valuesOfEveryKindAreWrittenAndPacked() throws IOException, InterruptedException {
        try (Posts receiver = Posts.start();
                Sink sink = sink(receiver, Map.of("token", "abc"))) {
            sink.deliver(List.of(
                    valued("a", "1", 42L),
                    valued("a", "2", -1.5e-300),
                    valued("a", "3", false),
                    valued("a", "4", "say \"\\\" and\nmore,= "),
                    valued("a", "5", Double.NEGATIVE_INFINITY),
                    valued("a", "6", Long.MAX_VALUE)));
            assertThat(points(receiver))
                    .extracting(Point::fields)
                    .containsExactly(
                            Map.of("value", 42.0, "id", "1"),
                            Map.of("value", -1.5e-300, "id", "2"),
                            Map.of("state", false, "id", "3"),
                            Map.of("text", "say \"\\\" and\nmore,= ", "id", "4"),
                            Map.of("text", "-Infinity", "id", "5"),
                            Map.of("text", "9223372036854775807", "id", "6"));
            assertThat(points(receiver).getFirst())
                    .isEqualTo(new Point(
                            "reading",
                            Map.of(
                                    "listener", "plant",
                                    "device", "a",
                                    "source", "pump-2/level",
                                    "name", "pressure",
                                    "unit", "bar",
                                    "quality", "good"),
                            Map.of("value", 42.0, "id", "1"),
                            NANOS));
            var headers = receiver.posts().getFirst().headers();
            assertThat(headers.getFirst("Content-Encoding")).isEqualTo("gzip");
            assertThat(headers.getFirst("Authorization")).isEqualTo("Token abc");
            assertThat(receiver.posts().getFirst().path()).isEqualTo("/api/v2/write?org=o&bucket=b&precision=ns");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a,b=c", "=", " ", "pumpe-ä-泵", "#", "\""})
    void namesArriveAsTheyAre(String name) {
        Point point = only(reading(name));
        assertThat(point.tags()).containsEntry("device", name).containsEntry("name", name);
    }

    /** The protocol has no way to say these. */
    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\\", "\\", "a\\,b", "a\r\n,x=y value=1 1\n", "\0"})
    void whatCannotBeSaidInANameIsReplaced(String name) {
        Point point = only(reading(name));
        assertThat(point.tags()).containsEntry("device", name.replaceAll("[\\\\\\p{Cntrl}]", "_"));
    }

    @Test
    void emptyTagsAreLeftOut() {
        DeviceReading reading = new DeviceReading(
                "1", "plant", "a", "", "x", 1L, "", Instant.EPOCH.minusNanos(1), Instant.EPOCH, "good");
        assertThat(only(reading).tags()).containsOnlyKeys("listener", "device", "name", "quality");
        assertThat(only(reading).time()).isEqualTo(-1);
    }

    private static Point only(DeviceReading reading) {
        List<Point> points = LineProtocolReader.read(
                new LineProtocol("my point").add(reading).toString());
        assertThat(points).hasSize(1);
        assertThat(points.getFirst().measurement()).isEqualTo("my point");
        return points.getFirst();
    }

    private static DeviceReading reading(String name) {
        return new DeviceReading("1", "plant", name, "", name, 1L, "", Instant.EPOCH, Instant.EPOCH, "good");
    }

    @Test
    void timeThatCannotBeSaidIsRefused() throws IOException {
        var reading = new DeviceReading("1", "plant", "a", "", "x", 1L, "", Instant.MAX, Instant.EPOCH, "good");
        try (Posts receiver = Posts.start();
                Sink sink = sink(receiver, Map.of())) {
            assertThatThrownBy(() -> sink.deliver(List.of(reading))).isInstanceOf(RefusedException.class);
            assertThat(receiver.posts()).isEmpty();
        }
    }

    @Test
    void everyReadingArrivesThoughTheReceiverGoesAndComesBack() throws IOException {
        try (Posts receiver = Posts.start();
                Spool spool =
                        Spool.open(directory, SpoolLimits.DEFAULT, List.of(sink(receiver, Map.of("gzip", false))))) {
            Waits.get(spool.store(row("a", 0, 100)));
            Waits.asserted(
                    () -> assertThat(spool.sinks().getFirst().delivered()).isEqualTo(100));
            receiver.stop();
            Waits.get(spool.store(row("a", 100, 100)));
            Waits.asserted(() -> assertThat(spool.sinks().getFirst().healthy()).isFalse());
            receiver.startAgain();
            Waits.asserted(() -> assertThat(points(receiver).stream()
                            .map(point -> point.fields().get("id"))
                            .distinct())
                    .hasSize(200));
        }
    }
}
