package dev.tramway.server.internal.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SinkOptionsTest {
    private static final Map<String, Map<String, String>> LEAST = Map.of(
            "file", Map.of("path", "out.jsonl"),
            "influxdb", Map.of("url", "http://localhost/write"),
            "mqtt", Map.of("url", "tcp://localhost"),
            "nats", Map.of("url", "nats://localhost"),
            "postgresql", Map.of("url", "jdbc:postgresql://localhost/plant"),
            "webhook", Map.of("url", "https://localhost/hook"));

    @Test
    void everyKindStartsWithTheLeastAndConnectsToNothing() {
        assertThat(Sinks.kinds()).containsExactlyInAnyOrderElementsOf(LEAST.keySet());
        LEAST.forEach((kind, options) -> {
            try (Sink sink = Sinks.create(kind, "it", new SinkOptions(options))) {
                assertThat(sink.name()).isEqualTo("it");
            }
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "file|path||'path'|is missing",
                "file|rotate-size|big|rotate-size|64 MiB",
                "file|rotate-size|0|rotate-size|above 0",
                "file|rotate-age|soon|rotate-age|24h",
                "file|rotate-age|0s|rotate-age|24h",
                "file|keep|-1|keep|from 0",
                "file|sync|perhaps|sync|true or false",
                "file|colour|red|'colour' is no option|keep, path, rotate-age, rotate-size, sync",
                "mqtt|url|http://localhost|url|tcp or ssl",
                "mqtt|url|tcp://|url|tcp://host",
                "mqtt|qos|3|qos|from 0 to 2",
                "mqtt|version|v4|version|one of v3, v5",
                "mqtt|topic|a/{serial}|topic|{device}",
                "mqtt|topic|a/#|topic|without +, #",
                "mqtt|ca|/no/such/file|ca|PEM",
                "influxdb|url|ftp://localhost|url|http or https",
                "influxdb|measurement|#1|measurement|does not begin",
                "postgresql|url|postgres://localhost|url|jdbc:postgresql://host/database",
                "postgresql|table|a; drop table b|table|letters, digits and _",
                "webhook|batch|0|batch|from 1",
                "webhook|timeout|never|timeout|30s",
            })
    void mistakeIsSaidWithWhatWasExpected(String kind, String option, String value, String what, String expected) {
        var options = new HashMap<String, Object>(LEAST.getOrDefault(kind, Map.of()));
        if (value == null) {
            options.remove(option);
        } else {
            options.put(option, value);
        }
        assertThatThrownBy(() -> Sinks.create(kind, "it", new SinkOptions(options)))
                .isInstanceOfSatisfying(
                        BadOptionException.class, e -> assertThat(e.option()).isEqualTo(option))
                .hasMessageContaining(what)
                .hasMessageContaining(expected);
    }

    @Test
    void unknownKindIsSaid() {
        assertThatThrownBy(() -> Sinks.create("kafka", "it", new SinkOptions(Map.of())))
                .isInstanceOf(BadOptionException.class)
                .hasMessageContaining("file, influxdb, mqtt, nats, postgresql, webhook");
    }
}
