package dev.tramway.server.internal.sink;

import static dev.tramway.server.internal.reading.Readings.ids;
import static dev.tramway.server.internal.reading.Readings.numbered;
import static dev.tramway.server.internal.reading.Readings.row;
import static dev.tramway.server.internal.reading.Readings.valued;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.Certificates;
import dev.tramway.Credentials;
import dev.tramway.server.internal.reading.DeviceReading;
import dev.tramway.server.internal.sink.Mosquitto.Message;
import dev.tramway.server.internal.spool.Spool;
import dev.tramway.server.internal.spool.SpoolLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
class MqttSinkTest {
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]*)\"");

    @TempDir
    private Path directory;

    private Path brokers;

    @BeforeEach
    void brokersHaveADirectory() throws IOException {
        brokers = Files.createDirectory(directory.resolve("broker"));
    }

    private static Sink sink(Mosquitto broker, Map<String, Object> more) {
        var options = new HashMap<String, Object>(Map.of("url", "tcp://localhost:" + broker.port()));
        options.putAll(more);
        return Sinks.create("mqtt", "broker", new SinkOptions(options));
    }

    private static List<String> idsOf(List<String> texts) {
        return texts.stream()
                .map(ID::matcher)
                .filter(Matcher::find)
                .map(id -> id.group(1))
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3", "v5"})
    void readingsArriveOnTheirTopics(String version) throws IOException, InterruptedException {
        List<DeviceReading> readings = List.of(numbered("a", 1), numbered("b/+#$", 2));
        try (Mosquitto broker = Mosquitto.start(brokers);
                Mosquitto.Listener listener = broker.listen("#")) {
            try (Sink sink = sink(broker, Map.of("version", version))) {
                sink.deliver(readings);
                Waits.asserted(() -> assertThat(listener.messages())
                        .contains(
                                new Message("tramway/broker/status", false, "online"),
                                new Message("tramway/a/pump-2/level/pressure", false, json(readings.get(0))),
                                new Message(
                                        "tramway/b%2F%2B%23%24/pump-2/level/pressure", false, json(readings.get(1)))));
            }
            Waits.asserted(() ->
                    assertThat(listener.messages()).contains(new Message("tramway/broker/status", false, "offline")));
        }
    }

    private static String json(DeviceReading reading) {
        return new String(ReadingJson.object(reading), StandardCharsets.UTF_8);
    }

    @Test
    void retainedReadingsAreThereForWhoComesLater() throws IOException, InterruptedException {
        try (Mosquitto broker = Mosquitto.start(brokers);
                Sink sink = sink(broker, Map.of("retained", true, "topic", "last/{listener}/{name}", "qos", 2))) {
            sink.deliver(row("a", 0, 3));
            try (Mosquitto.Listener late = broker.listen("last/#")) {
                Waits.asserted(() -> assertThat(late.messages())
                        .containsExactly(new Message("last/plant/pressure", true, json(numbered("a", 2)))));
            }
        }
    }

    @Test
    void brokerSaysOfflineForAServerThatWasCutOff() throws IOException, InterruptedException {
        try (Mosquitto broker = Mosquitto.start(brokers);
                Mosquitto.Listener listener = broker.listen("tramway/broker/status");
                Sink first = sink(broker, Map.of("client-id", "same"));
                Sink second = sink(broker, Map.of("client-id", "same", "status-topic", "elsewhere"))) {
            first.deliver(row("a", 0, 1));
            Waits.asserted(() -> assertThat(listener.texts()).containsExactly("online"));
            second.deliver(row("a", 1, 1)); // the broker cuts the first one off, since the name is the same
            Waits.asserted(() -> assertThat(listener.texts()).startsWith("online", "offline"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3", "v5"})
    void everyReadingArrivesThoughTheBrokerGoesAndComesBack(String version) throws IOException, InterruptedException {
        try (Mosquitto broker = Mosquitto.start(brokers);
                Mosquitto.Listener listener = broker.listen("tramway/a/#");
                Spool spool = spool(sink(broker, Map.of("version", version)))) {
            storeWhileTheBrokerIsAway(broker, spool, () -> {});
            Waits.asserted(() -> assertThat(idsOf(listener.texts())).containsAll(ids(row("a", 0, 600))));
            assertThat(idsOf(listener.texts())).hasSize(600);
            assertThat(spool.sinks().getFirst().retried()).isPositive();
        }
    }

    @Test
    @Tag("long")
    @Timeout(180)
    void everyReadingArrivesThoughTheBrokerIsAwayForAMinute() throws IOException, InterruptedException {
        try (Mosquitto broker = Mosquitto.start(brokers);
                Mosquitto.Listener listener = broker.listen("tramway/a/#");
                Spool spool = spool(sink(broker, Map.of()))) {
            Instant back = Instant.now().plusSeconds(60);
            storeWhileTheBrokerIsAway(
                    broker,
                    spool,
                    () -> Waits.asserted(
                            Duration.ofMinutes(2),
                            () -> assertThat(Instant.now()).isAfter(back)));
            Waits.asserted(() -> assertThat(idsOf(listener.texts())).containsAll(ids(row("a", 0, 600))));
            assertThat(idsOf(listener.texts())).hasSize(600);
        }
    }

    private static void storeWhileTheBrokerIsAway(Mosquitto broker, Spool spool, Runnable pause)
            throws IOException, InterruptedException {
        Waits.get(spool.store(row("a", 0, 200)));
        Waits.asserted(() -> assertThat(spool.sinks().getFirst().delivered()).isEqualTo(200));
        broker.stop();
        Waits.get(spool.store(row("a", 200, 200)));
        Waits.asserted(() -> assertThat(spool.sinks().getFirst().healthy()).isFalse());
        pause.run();
        broker.startAgain();
        Waits.get(spool.store(row("a", 400, 200)));
        Waits.asserted(() -> assertThat(spool.sinks().getFirst().lag()).isZero());
    }

    private Spool spool(Sink sink) throws IOException {
        return Spool.open(directory.resolve("spool"), SpoolLimits.DEFAULT, List.of(sink));
    }

    @Test
    void passwordAndTlsAsTheBrokerWantsThem() throws IOException, InterruptedException {
        Credentials authority = Certificates.authority("Test").make();
        authority.writePem(brokers.resolve("ca.pem"), brokers.resolve("ca.key"), "");
        Certificates.server("localhost")
                .signedBy(authority)
                .make()
                .writePem(brokers.resolve("server.pem"), brokers.resolve("server.key"), "");
        Files.writeString(brokers.resolve("passwords"), "plant:secret\n");
        Process hashed = new ProcessBuilder(
                        Installed.program("mosquitto_passwd", "mosquitto").toString(),
                        "-U",
                        brokers.resolve("passwords").toString())
                .start();
        assertThat(hashed.waitFor()).isZero();
        List<String> settings = List.of(
                "certfile " + brokers.resolve("server.pem"),
                "keyfile " + brokers.resolve("server.key"),
                "password_file " + brokers.resolve("passwords"),
                "allow_anonymous false");
        String ca = brokers.resolve("ca.pem").toString();
        try (Mosquitto broker = Mosquitto.start(brokers, settings);
                Mosquitto.Listener listener =
                        broker.listen("tramway/a/#", "--cafile", ca, "-u", "plant", "-P", "secret")) {
            String url = "ssl://localhost:" + broker.port();
            try (Sink sink = sink(broker, Map.of("url", url, "ca", ca, "user", "plant", "password", "secret"))) {
                sink.deliver(row("a", 0, 5));
                Waits.asserted(() -> assertThat(idsOf(listener.texts())).isEqualTo(ids(row("a", 0, 5))));
            }
            try (Sink wrong = sink(broker, Map.of("url", url, "ca", ca, "user", "plant", "password", "guess"))) {
                assertThatThrownBy(() -> wrong.deliver(row("a", 0, 1)))
                        .isInstanceOf(IOException.class)
                        .isNotInstanceOf(RefusedException.class);
            }
            try (Sink distrustful = sink(broker, Map.of("url", url, "user", "plant", "password", "secret"))) {
                assertThatThrownBy(() -> distrustful.deliver(row("a", 0, 1))).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void topicThatNoBrokerCanHaveIsRefused() throws IOException, InterruptedException {
        try (Mosquitto broker = Mosquitto.start(brokers);
                Sink sink = sink(broker, Map.of())) {
            assertThatThrownBy(() -> sink.deliver(List.of(valued("x".repeat(70_000), "1", 1L))))
                    .isInstanceOf(RefusedException.class);
            sink.deliver(row("a", 0, 1));
        }
    }
}
