package dev.tramway.server.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.server.internal.telemetry.Event;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration is read again under connections that go on. */
class ReloadTest {
    private static final String SERIAL = "00200110";
    private static final String BOTH = """
            listeners:
              plant: { port: 0, protocol: aqua-plc, unknown: accept }
              other: { port: 0, protocol: aqua-plc, unknown: accept }
            """;

    @TempDir
    private Path directory;

    @Test
    void onlyListenersThatHaveChangedAreStartedAnew() {
        try (var plant = new Plant(directory, BOTH);
                var stays = plant.device("plant");
                var goes = plant.device("other")) {
            stays.measure(SERIAL, 1, 1).awaitAcknowledgement(1);
            goes.measure("00200111", 1, 1).awaitAcknowledgement(1);
            int port = plant.port("plant");
            assertThat(plant.reload("# moved down by a line\n"
                            + BOTH.replace("other: { port: 0", "other: { port: 0, limits: { idle: 7m }")))
                    .containsExactly("other started");
            goes.awaitEnd();
            stays.measure(SERIAL, 2, 2).awaitAcknowledgement(2);
            assertThat(plant.port("plant")).isEqualTo(port);
            assertThat(plant.reload(BOTH.substring(0, BOTH.indexOf("  other")))).containsExactly("other stopped");
            stays.measure(SERIAL, 3, 3).awaitAcknowledgement(3);
            assertThat(plant.telemetry().listeners()).hasSize(1);
        }
    }

    @Test
    void aConfigurationWithMistakesChangesNothing() {
        try (var plant = new Plant(directory, BOTH);
                var device = plant.device("plant")) {
            device.measure(SERIAL, 1, 1).awaitAcknowledgement(1);
            List<String> words = plant.reload(BOTH.replace("other: { port: 0", "other: { prot: 0"));
            assertThat(words)
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("not taken")
                    .contains("server.yaml:3");
            assertThat(plant.awaitEvent(Event.Reloaded.class, event -> !event.done())
                            .summary())
                    .contains("not taken");
            device.measure(SERIAL, 2, 2).awaitAcknowledgement(2);
            assertThat(plant.telemetry().listeners()).hasSize(2);
        }
    }

    @Test
    void devicesAreRenamedAndForgottenWhileOthersGoOn() {
        String configured = BOTH.replace(", unknown: accept", "") + """
                devices:
                  pump: { serial: "00200110" }
                  well: { serial: "00200111" }
                """;
        try (var plant = new Plant(directory, configured);
                var pump = plant.device("plant");
                var well = plant.device("plant")) {
            pump.measure(SERIAL, 1, 1).awaitAcknowledgement(1);
            well.measure("00200111", 1, 1).awaitAcknowledgement(1);
            plant.reload(configured.substring(0, configured.indexOf("  well")));
            well.awaitEnd();
            pump.measure(SERIAL, 2, 2).awaitAcknowledgement(2);
            assertThat(plant.telemetry().devices()).hasSize(1);
        }
    }

    @Test
    void aDefinitionIsReplacedUnderItsConnections() {
        String definition = """
                fdl: 1
                protocol: counter
                limits: { frame: 3 }
                framing: { fixed: 3 }
                messages:
                  value: { fields: [ { id: u8 }, { v: u16 } ], readings: [ { name: NAME, value: v } ] }
                device: id
                tests: [ { hex: "010002", message: value, values: { id: 1, v: 2 } } ]
                """;
        Path file = directory.resolve("counter.yaml");
        TelemetryTest.write(file, definition.replace("NAME", "before"));
        try (var plant = new Plant(directory, """
                        listeners:
                          plant: { port: 0, protocol: counter.yaml, unknown: accept }
                        """);
                var device = plant.device("plant")) {
            device.sendHex("010002 01");
            Plant.until("first", () -> plant.store.words().equals(List.of("1 before=2")));
            TelemetryTest.write(file, definition.replace("NAME", "after"));
            AtomicBoolean taken = new AtomicBoolean();
            Plant.until("taken", () -> {
                // The time of a file may be no finer than a second or two.
                boolean done = file.toFile().setLastModified(System.currentTimeMillis())
                        && plant.reload("""
                                listeners:
                                  plant: { port: 0, protocol: counter.yaml, unknown: accept }
                                """).stream().anyMatch(word -> word.endsWith("taken"));
                taken.compareAndSet(false, done);
                return taken.get();
            });
            device.sendHex("0003");
            Plant.until("second", () -> plant.store.words().equals(List.of("1 before=2", "1 after=3")));
        }
    }
}
