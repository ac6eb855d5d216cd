package dev.tramway.server.internal.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.frames.Message;
import dev.tramway.frames.Protocol;
import dev.tramway.frames.Reading;
import dev.tramway.server.internal.sink.Waits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Simulated devices and a server, over real sockets. */
class FleetTest {
    private static final Duration FAST = Duration.ofMillis(20);

    private final DeviceServer server = new DeviceServer(Protocol.builtin("aqua-plc"));

    @AfterEach
    void stop() {
        server.close();
    }

    private FleetSettings settings(int devices, Faults faults) {
        return settings(server, devices, faults, Duration.ZERO);
    }

    private static FleetSettings settings(DeviceServer server, int devices, Faults faults, Duration repeat) {
        var choice = new DeviceModel.Choice(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(new DeviceModel.Vary("ch", 1, 2)));
        boolean founding = server.protocol.name().equals("aqua-plc");
        return new FleetSettings(
                DeviceModel.of(server.protocol, founding ? choice : DeviceModel.Choice.FOUND),
                "127.0.0.1",
                server.port(),
                List.of(),
                devices,
                0,
                FAST,
                Duration.ZERO,
                repeat,
                1_000,
                Optional.empty(),
                faults,
                1,
                Optional.empty());
    }

    private static Faults faults(int segment, double corrupt, double duplicate, double mute, double reconnect) {
        return new Faults(segment, Duration.ZERO, Duration.ZERO, corrupt, duplicate, mute, reconnect, Duration.ZERO);
    }

    @Test
    void devicesReportUnderTheirOwnNamesAndAllIsAcknowledged() throws Exception {
        try (Fleet fleet = Fleet.start(settings(3, Faults.NONE))) {
            Waits.until("reports", () -> server.messages.size() >= 30);
            FleetStats stats = fleet.stop(Waits.LIMIT);
            assertThat(stats.acknowledged()).isEqualTo(stats.reported());
            assertThat(stats.waiting()).isZero();
            assertThat(stats.lost()).isZero();
        }
        assertThat(server.messages).allSatisfy(message -> {
            assertThat(message.problem()).isEmpty();
            assertThat(message.name()).isEqualTo("measurement");
        });
        assertThat(server.messages.stream()
                        .map(message -> message.device().orElseThrow())
                        .distinct())
                .containsExactlyInAnyOrder("00200110", "00200111", "00200112");
    }

    @Test
    void valuesMoveAndAFieldThatIsToVaryTakesItsValuesInTurns() throws Exception {
        try (Fleet fleet = Fleet.start(settings(1, Faults.NONE))) {
            Waits.until("reports", () -> server.messages.size() >= 10);
            fleet.stop(Waits.LIMIT);
        }
        Map<String, List<Object>> values = server.messages.stream()
                .flatMap(message -> message.readings().stream())
                .collect(Collectors.groupingBy(Reading::name, Collectors.mapping(Reading::value, Collectors.toList())));
        assertThat(values).containsOnlyKeys("sensor.3.1", "sensor.3.2");
        assertThat(values.get("sensor.3.1")).doesNotHaveDuplicates();
        assertThat(server.messages.stream().map(message -> message.integer("nut")))
                .doesNotHaveDuplicates();
    }

    @Test
    void framesSplitAtEveryByteAreTheSame() throws Exception {
        try (Fleet fleet = Fleet.start(settings(2, faults(1, 0, 0, 0, 0)))) {
            Waits.until("reports", () -> server.messages.size() >= 6);
            FleetStats stats = fleet.stop(Waits.LIMIT);
            assertThat(stats.acknowledged()).isEqualTo(stats.reported());
        }
        assertThat(server.messages)
                .allSatisfy(message -> assertThat(message.problem()).isEmpty());
    }

    @Test
    void aCommandIsConfirmedAsTheDefinitionSays() throws Exception {
        try (Fleet fleet = Fleet.start(settings(1, Faults.NONE))) {
            Waits.until("a device", () -> !server.sessions.isEmpty());
            server.command("relay", Map.of("relay", 3, "operation", 1), Map.of("sd", "00200110"));
            server.command(
                    "set-levels",
                    Map.of("period", 15, "wait", 120, "high-high", 90, "high", 75.5, "low", 10, "low-low", 2.25),
                    Map.of("sd", "00200110"));
            server.command("versions", Map.of(), Map.of("sd", "00200110"));
            Waits.until("replies", () -> server.replies.size() == 3);
            assertThat(fleet.stop(Waits.LIMIT).answered()).isEqualTo(3);
        }
        assertThat(server.replies).allSatisfy(reply -> assertThat(reply.ok()).isTrue());
        Message relay = server.replies.stream()
                .filter(reply -> reply.request().command().equals("relay"))
                .findFirst()
                .orElseThrow()
                .message();
        assertThat(relay.integer("relay")).isEqualTo(3);
        assertThat(relay.integer("operation")).isEqualTo(1);
    }

    @Test
    void aMuteDeviceAnswersNoCommand() throws Exception {
        try (Fleet fleet = Fleet.start(settings(1, faults(0, 0, 0, 1, 0)))) {
            Waits.until("a device", () -> !server.sessions.isEmpty());
            server.command("versions", Map.of(), Map.of("sd", "00200110"));
            Waits.until("the command", () -> fleet.stats().commands() == 1);
            assertThat(fleet.stop(Waits.LIMIT).answered()).isZero();
        }
        assertThat(server.named("versions")).isEmpty();
    }

    @Test
    void duplicatesAreTheSameBytesTwice() throws Exception {
        try (Fleet fleet = Fleet.start(settings(1, faults(0, 0, 1, 0, 0)))) {
            Waits.until("reports", () -> server.messages.size() >= 10);
            fleet.stop(Waits.LIMIT);
        }
        Waits.until("pairs", () -> server.messages.size() % 2 == 0);
        for (int i = 0; i + 1 < server.messages.size(); i += 2) {
            assertThat(server.messages.get(i + 1).bytes())
                    .isEqualTo(server.messages.get(i).bytes());
        }
    }

    @Test
    void aCheckFindsEveryDamagedFrame() throws Exception {
        Protocol checked = Protocol.parse("checked.yaml", """
                fdl: 1
                protocol: checked
                limits: { frame: 8 }
                framing: { fixed: 8 }
                headers:
                  only:
                    fields: [ { id: u16 } ]
                    trailer: [ { crc: { type: u16, check: crc16/modbus, over: "id ..< crc" } } ]
                messages:
                  level: { header: only, fields: [ { value: f32 } ], readings: [ { name: level, value: value } ] }
                device: id
                tests:
                  - { hex: "0001 41480000 f1a9", message: level, values: { value: 12.5 } }
                """);
        try (DeviceServer careful = new DeviceServer(checked);
                Fleet fleet = Fleet.start(settings(careful, 1, faults(0, 0.5, 0, 0, 0), Duration.ZERO))) {
            Waits.until("messages", () -> careful.messages.size() >= 30);
            FleetStats stats = fleet.stop(Waits.LIMIT);
            assertThat(stats.corrupted()).isPositive().isLessThan(stats.sent());
            // A damaged frame ends its connection, and what the device sends before it learns of that is lost with it.
            assertThat(careful.messages).hasSizeLessThanOrEqualTo(Math.toIntExact(stats.sent() - stats.corrupted()));
            assertThat(careful.messages).allSatisfy(message -> {
                assertThat(message.problem()).isEmpty();
                assertThat(message.device()).contains("1");
            });
        }
    }

    @Test
    void whatWasNotAcknowledgedComesAgainAfterAStorm() throws Exception {
        server.acknowledges = false;
        try (Fleet fleet = Fleet.start(settings(2, Faults.NONE))) {
            Waits.until("reports", () -> fleet.stats().waiting() >= 6 && server.messages.size() >= 6);
            List<byte[]> before = server.messages.stream().map(Message::bytes).toList();
            server.messages.clear();
            server.acknowledges = true;
            fleet.storm();
            Waits.until("both again", () -> fleet.stats().reconnects() == 2);
            FleetStats stats = fleet.stop(Waits.LIMIT);
            assertThat(stats.acknowledged()).isEqualTo(stats.reported());
            List<String> after = server.messages.stream()
                    .map(message -> hex(message.bytes()))
                    .toList();
            assertThat(after).containsAll(before.stream().map(FleetTest::hex).toList());
        }
    }

    @Test
    void whatIsNotAcknowledgedInTimeIsRepeated() throws Exception {
        server.acknowledges = false;
        try (Fleet fleet = Fleet.start(settings(server, 1, Faults.NONE, FAST))) {
            Waits.until("repetitions", () -> fleet.stats().repeated() >= 5);
            server.acknowledges = true;
            FleetStats stats = fleet.stop(Duration.ZERO);
            assertThat(stats.sent()).isEqualTo(stats.reported() + stats.repeated());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gt06", "teltonika"})
    void trackersIntroduceThemselvesBeforeTheyReport(String name) throws Exception {
        try (DeviceServer trackers = new DeviceServer(Protocol.builtin(name));
                Fleet fleet = Fleet.start(settings(trackers, 2, Faults.NONE, Duration.ZERO))) {
            Waits.until("reports", () -> trackers.messages.size() >= 8);
            fleet.stop(Duration.ZERO);
            assertThat(trackers.messages.getFirst().name()).isEqualTo("login");
            assertThat(trackers.named("login").stream()
                            .map(login -> login.device().orElseThrow())
                            .distinct())
                    .hasSize(2);
            assertThat(trackers.messages.stream()
                            .flatMap(message -> message.readings().stream())
                            .map(Reading::name))
                    .contains("speed");
        }
    }

    private static String hex(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(bytes);
    }
}
