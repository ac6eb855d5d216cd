package dev.tramway.server.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.frames.Direction;
import dev.tramway.frames.Message;
import dev.tramway.frames.Protocol;
import dev.tramway.server.internal.command.CommandState;
import dev.tramway.server.internal.reading.DeviceReading;
import dev.tramway.server.internal.telemetry.Event;
import dev.tramway.server.internal.telemetry.Events;
import dev.tramway.server.internal.telemetry.Views.AlarmKind;
import dev.tramway.server.internal.telemetry.Views.DeviceState;
import dev.tramway.server.internal.telemetry.Views.DeviceView;
import dev.tramway.server.internal.telemetry.Views.QuarantineView;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to the messages of devices, over real sockets. */
class TelemetryTest {
    private static final String SERIAL = "00200110";
    private static final String PLANT = """
            listeners:
              plant: { port: 0, protocol: aqua-plc }
            devices:
              pump-house:
                serial: "00200110"
                protocol: aqua-plc
                slaves:
                  pump-2:
                    code: 1
                    sensors:
                      level: { code: 3, channels: { surface: 2 } }
            """;

    @TempDir
    private Path directory;

    // ---- stored, then acknowledged ----------------------------------------------------------------------------------

    @Test
    void aMeasurementIsAcknowledgedOnlyWhenItIsStored() {
        try (var plant = new Plant(directory, PLANT);
                var device = plant.device("plant")) {
            plant.store.hold();
            device.measure(SERIAL, 1, 12.5).send(TestDevice.keepAlive(SERIAL, 2, TestDevice.MEASURED));
            Plant.until("measurement under way", () -> plant.store.waiting() == 1);
            Plant.until(
                    "keep-alive seen",
                    () -> plant.telemetry().device(SERIAL).orElseThrow().messages() == 2);
            assertThat(device.available()).as("nothing is acknowledged yet").isZero();
            plant.store.release();
            device.awaitAcknowledgement(1);
            device.awaitAcknowledgement(2);
            assertThat(plant.store.words()).containsExactly("pump-house sensor.0.0=12.5");
        }
    }

    @Test
    void aDeviceThatHasNothingMoreToSayIsStillAcknowledgedWhenItIsStored() {
        try (var plant = new Plant(directory, PLANT);
                var device = plant.device("plant")) {
            plant.store.hold();
            device.measure(SERIAL, 1, 12.5).measure(SERIAL, 2, 13.5).halfClose();
            Plant.until("measurements under way", () -> plant.store.waiting() == 2);
            plant.store.release();
            device.awaitAcknowledgement(1).awaitAcknowledgement(2).awaitEnd();
        }
    }

    @Test
    void whatFindsNoRoomIsNotAcknowledgedAndIsStoredOnceWhenTheDeviceRepeatsIt() {
        try (var plant = new Plant(directory, PLANT);
                var device = plant.device("plant")) {
            plant.store.full(true);
            device.measure(SERIAL, 1, 12.5);
            Plant.until("refused", () -> plant.store.refused() == 1);
            plant.store.full(false);
            device.measure(SERIAL, 1, 12.5).measure(SERIAL, 1, 12.5);
            device.awaitAcknowledgement(1);
            device.awaitAcknowledgement(1);
            assertThat(plant.store.words()).containsExactly("pump-house sensor.0.0=12.5");
            assertThat(plant.listener("plant").duplicates()).isEqualTo(1);
        }
    }

    @Test
    void theSameRecordHasTheSameIdAfterARestartAndAnotherRecordHasNot() {
        List<DeviceReading> all = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            try (var plant = new Plant(directory, PLANT);
                    var device = plant.device("plant")) {
                device.measure(SERIAL, 1, 12.5).measure(SERIAL, 2, 12.5);
                device.awaitAcknowledgement(1);
                device.awaitAcknowledgement(2);
                all.addAll(plant.store.stored());
            }
        }
        assertThat(all).hasSize(4);
        assertThat(all.get(0).id())
                .isEqualTo(all.get(2).id())
                .isNotEqualTo(all.get(1).id());
        assertThat(all.get(1).id()).isEqualTo(all.get(3).id());
    }

    @Test
    void readingsWithoutATimeOfTheDeviceAreEachTheirOwn() {
        try (var plant = new Plant(directory, PLANT);
                var device = plant.device("plant")) {
            // The short form has neither time nor number, and is not acknowledged.
            String frame = "0013010000000000200110010373000041480000";
            device.sendHex(frame).sendHex(frame);
            Plant.until("both stored", () -> plant.store.stored().size() == 2);
            assertThat(plant.store.stored()).extracting(DeviceReading::id).doesNotHaveDuplicates();
        }
    }

    @Test
    void slavesSensorsAndChannelsHaveTheirNames() {
        try (var plant = new Plant(directory, PLANT);
                var device = plant.device("plant")) {
            device.send(TestDevice.measurement(SERIAL, 1, 1.5, 1, 3, 2));
            device.send(TestDevice.measurement(SERIAL, 2, 2.5, 1, 3, 9));
            device.send(TestDevice.measurement(SERIAL, 3, 3.5, 7, 3, 2));
            device.awaitAcknowledgement(1);
            device.awaitAcknowledgement(2);
            device.awaitAcknowledgement(3);
            assertThat(plant.store.words())
                    .containsExactly(
                            "pump-house pump-2/level surface=1.5",
                            "pump-house pump-2/level sensor.3.9=2.5",
                            "pump-house 7 sensor.3.2=3.5");
            DeviceView view = plant.telemetry().device("pump-house").orElseThrow();
            assertThat(view.values()).hasSize(3);
            assertThat(view.state()).isEqualTo(DeviceState.ONLINE);
            assertThat(plant.telemetry().device(SERIAL)).contains(view);
            assertThat(plant.telemetry().device(view.session().orElseThrow())).contains(view);
            assertThat(plant.telemetry().parts("pump-house"))
                    .containsExactly("pump-2", "pump-2/level", "pump-2/level/surface");
        }
    }

    @Test
    void aWrongClockIsFlaggedAndSetAndNothingIsDropped() {
        try (var plant = new Plant(directory, PLANT);
                var device = plant.device("plant")) {
            Instant wrong = Instant.parse("2000-01-01T00:00:00Z");
            device.send(TestDevice.frame("measurement", SERIAL, 1, Map.of("ts", wrong, "alert", 0, "value", 1.0)));
            device.awaitAcknowledgement(1);
            assertThat(plant.store.stored()).extracting(DeviceReading::quality).containsExactly("wrong-clock");
            device.send(TestDevice.keepAlive(SERIAL, 2, wrong));
            device.awaitAcknowledgement(2);
            Message command = device.receive();
            assertThat(command.name()).isEqualTo("set-clock");
            assertThat((Instant) command.get("ts").orElseThrow())
                    .isAfter(Instant.now().minusSeconds(60));
        }
    }

    // ---- who is there -----------------------------------------------------------------------------------------------

    @Test
    void anUnknownDeviceWaitsUntilSomebodyAcceptsItAndIsKnownAfterARestart() {
        String stranger = "00999999";
        try (var plant = new Plant(directory, PLANT);
                var device = plant.device("plant")) {
            device.measure(stranger, 1, 5);
            Plant.until("quarantine", () -> !plant.telemetry().quarantine().isEmpty());
            QuarantineView waiting = plant.telemetry().quarantine().get(0);
            assertThat(waiting.serial()).isEqualTo(stranger);
            assertThat(waiting.lastMessage()).contains("value=5.0");
            assertThat(plant.store.stored()).isEmpty();
            assertThatThrownBy(() -> plant.telemetry().accept(stranger, "../../etc"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> plant.telemetry().accept(stranger, "pump-house"))
                    .hasMessageContaining("taken");
            plant.telemetry().accept(stranger, "well");
            device.measure(stranger, 2, 6);
            device.awaitAcknowledgement(2);
            assertThat(plant.store.words()).containsExactly("well sensor.0.0=6.0");
            assertThat(plant.telemetry().quarantine()).isEmpty();
        }
        try (var plant = new Plant(directory, PLANT);
                var device = plant.device("plant")) {
            device.measure(stranger, 3, 7);
            device.awaitAcknowledgement(3);
            assertThat(plant.store.words()).containsExactly("well sensor.0.0=7.0");
        }
    }

    @Test
    void theNewestConnectionOfADeviceWins() {
        try (var plant = new Plant(directory, PLANT);
                var old = plant.device("plant");
                var next = plant.device("plant")) {
            old.measure(SERIAL, 1, 1);
            old.awaitAcknowledgement(1);
            next.measure(SERIAL, 2, 2);
            next.awaitAcknowledgement(2);
            old.awaitEnd();
            next.measure(SERIAL, 3, 3);
            next.awaitAcknowledgement(3);
            assertThat(plant.telemetry().device(SERIAL).orElseThrow().connects())
                    .isEqualTo(2);
            assertThat(plant.events())
                    .filteredOn(Event.DeviceDown.class::isInstance)
                    .isEmpty();
        }
    }

    @Test
    void devicesThatAreTakenAsTheyComeNeverGiveTheirNamesToPaths() {
        Path definition = directory.resolve("names.yaml");
        write(definition, """
                fdl: 1
                protocol: names
                limits: { frame: 100 }
                framing: { preset: lines }
                messages:
                  value: { fields: [ { id: 'text(until ",")' }, { v: ascii-int(rest) } ], readings: [ { name: v, value: v } ] }
                device: id
                tests: [ { text: "a,1\\n", message: value, values: { id: a, v: 1 }, roundtrip: none } ]
                """);
        try (var plant = new Plant(directory, """
                        listeners:
                          plant: { port: 0, protocol: names.yaml, unknown: accept }
                        """);
                var device = plant.device("plant")) {
            device.send("../../x,1\nok-1,2\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            Plant.until("both stored", () -> plant.store.stored().size() == 2);
            assertThat(plant.store.stored().get(0).device()).matches("device-[0-9a-f]{16}");
            assertThat(plant.store.stored().get(1).device()).isEqualTo("ok-1");
        }
    }

    @Test
    void severalProtocolsOnOnePortAreToldApartByTheirFirstBytes() {
        try (var plant = new Plant(directory, """
                        listeners:
                          any: { port: 0, protocols: [ aqua-plc, gt06, jt600 ], unknown: accept }
                        """);
                var plc = plant.device("any");
                var tracker = plant.device("any");
                var lock = plant.device("any");
                var nobody = plant.device("any")) {
            byte[] measurement = TestDevice.measurement(SERIAL, 1, 1);
            plc.send(Arrays.copyOf(measurement, 5));
            plc.send(Arrays.copyOfRange(measurement, 5, measurement.length));
            plc.awaitAcknowledgement(1);
            Protocol gt06 = Protocol.builtin("gt06");
            tracker.send(gt06.encode(
                    gt06.message(Direction.UP, "login", Map.of("digits", "0123456789012345", "serial", 1))));
            assertThat(tracker.readHex(10)).startsWith("78780501");
            lock.sendHex("24311021600111001b16021105591022329862114046227b0598095080012327951435161f");
            Plant.until("position", () -> plant.store.words().contains("3110216001 lat=22.54977"));
            nobody.send("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            nobody.awaitEnd();
            assertThat(plant.telemetry().devices())
                    .extracting(DeviceView::protocol)
                    .containsExactlyInAnyOrder("aqua-plc", "gt06", "jt600");
            assertThat(plant.listener("any").malformed()).isEqualTo(1);
            assertThat(plant.deadLetters).containsExactly("no protocol of the listener understands it");
        }
    }

    @Test
    void aMalformedFrameIsKeptAsideAndHurtsNobody() {
        try (var plant = new Plant(directory, PLANT);
                var good = plant.device("plant");
                var bad = plant.device("plant")) {
            good.measure(SERIAL, 1, 1);
            good.awaitAcknowledgement(1);
            bad.sendHex("00250100000000002001100103026d00202110151918330000004f0041480000");
            bad.awaitEnd();
            good.measure(SERIAL, 2, 2);
            good.awaitAcknowledgement(2);
            assertThat(plant.deadLetters).hasSize(1).first().asString().contains("nut");
            assertThat(plant.listener("plant").malformed()).isEqualTo(1);
        }
    }

    // ---- modems -----------------------------------------------------------------------------------------------------

    @Test
    void aModemRegistersOnceAndItsUnitsHaveNames() {
        try (var plant = new Plant(directory, """
                        listeners:
                          line:
                            port: 0
                            protocol: modbus-rtu
                            modem: { registers: once, start: "LOGIN:", id-size: 4, heartbeat: "0xffff" }
                        devices:
                          station:
                            serial: "1001"
                            slaves: { meter: 17, valve: { code: 2 } }
                        """);
                var modem = plant.device("line")) {
            // registration, reply, heartbeat and reply in one piece
            modem.sendHex("4c4f47494e3a31303031 110304008d008efbbd ffff 110304008d008efbbd 024141");
            Plant.until("two replies", () -> plant.store.stored().size() == 4);
            assertThat(plant.store.words())
                    .containsExactly(
                            "station meter unit.17=141",
                            "station meter unit.17=142",
                            "station meter unit.17=141",
                            "station meter unit.17=142");
        }
    }

    @Test
    void aModemMayNameTheSenderBeforeEveryPacket() {
        try (var plant = new Plant(directory, """
                        listeners:
                          line:
                            port: 0
                            protocol: modbus-rtu
                            modem: { registers: each, id-size: 4, heartbeat: "0xffff" }
                        devices:
                          first: { serial: "1001" }
                          second: { serial: "1002" }
                        """);
                var modem = plant.device("line")) {
            modem.sendHex("31303031 110304008d008efbbd 31303032 110304008d008efbbd ffff 31303031 110304008d008efbbd");
            Plant.until("three replies", () -> plant.store.stored().size() == 6);
            assertThat(plant.store.stored())
                    .extracting(DeviceReading::device)
                    .containsExactly("first", "first", "second", "second", "first", "first");
        }
    }

    // ---- datagrams --------------------------------------------------------------------------------------------------

    @Test
    void datagramsBringDevicesToo() throws Exception {
        try (var plant = new Plant(directory, PLANT.replace("port: 0", "port: 0, transport: udp"));
                var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout((int) Plant.LIMIT.toMillis());
            byte[] frame = TestDevice.measurement(SERIAL, 1, 4.5);
            socket.send(new DatagramPacket(frame, frame.length, InetAddress.getLoopbackAddress(), plant.port("plant")));
            DatagramPacket answer = new DatagramPacket(new byte[100], 100);
            socket.receive(answer);
            Message acknowledgement =
                    TestDevice.PLC.decode(Direction.DOWN, Arrays.copyOf(answer.getData(), answer.getLength()));
            assertThat(acknowledgement.integer("nut")).isEqualTo(1);
            assertThat(plant.store.words()).containsExactly("pump-house sensor.0.0=4.5");
            var command = plant.ask("pump-house", "", "versions", Map.of());
            socket.receive(answer);
            assertThat(TestDevice.PLC
                            .decode(Direction.DOWN, Arrays.copyOf(answer.getData(), answer.getLength()))
                            .name())
                    .isEqualTo("ask-versions");
            assertThat(plant.awaitState(command, CommandState.SENT).attempts()).isEqualTo(1);
        }
    }

    // ---- watched ----------------------------------------------------------------------------------------------------

    @Test
    void framesAreTracedForWhoWantsToSeeThem() throws Exception {
        try (var plant = new Plant(directory, PLANT);
                var feed = plant.telemetry().events().watch(Events.Wanted.traces("pump-house"), 100);
                var device = plant.device("plant")) {
            device.measure(SERIAL, 1, 12.5);
            device.awaitAcknowledgement(1);
            List<Event> seen = new ArrayList<>();
            Plant.until("both frames", () -> {
                try {
                    seen.addAll(feed.take(Duration.ZERO));
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                return seen.size() == 2;
            });
            Event.Traced up = (Event.Traced) seen.get(0);
            assertThat(up.direction()).isEqualTo(Direction.UP);
            assertThat(up.hex()).startsWith("0025");
            assertThat(up.decoded()).contains("12.5");
            assertThat(up.message()).isEqualTo("measurement");
            assertThat(((Event.Traced) seen.get(1)).message()).isEqualTo("acknowledgement");
        }
    }

    @Test
    void whoWatchesTooSlowlyLosesEventsAndIsToldHowMany() throws Exception {
        Events events = new Events();
        try (var feed = events.watch(Events.Wanted.ALL_BUT_TRACES, 3)) {
            for (int i = 0; i < 5; i++) {
                events.tell(new Event.DeviceUp(Instant.EPOCH, "d" + i, "", "", ""));
            }
            assertThat(feed.take(Duration.ZERO)).extracting(Event::device).containsExactly("d2", "d3", "d4");
            assertThat(feed.lost()).isEqualTo(2);
        }
    }

    @Test
    void alarmsBeginAtTheirLevelsAndEndOnlyBehindTheHysteresis() {
        try (var plant = new Plant(directory, """
                        listeners:
                          plant: { port: 0, protocol: aqua-plc }
                        devices:
                          tank:
                            serial: "00200110"
                            alarms:
                              sensor.0.0: { high-high: 90, high: 75, low: 10, low-low: 2, hysteresis: 5 }
                        """);
                var device = plant.device("plant")) {
            double[] values = {50, 76, 71, 91, 86, 84, 69, 9, 1, 6, 8, 16};
            for (int i = 0; i < values.length; i++) {
                device.measure(SERIAL, i + 1, values[i]);
                device.awaitAcknowledgement(i + 1);
            }
            List<String> changes = plant.events().stream()
                    .filter(Event.AlarmChanged.class::isInstance)
                    .map(event -> ((Event.AlarmChanged) event).alarm())
                    .map(alarm -> (alarm.active() ? "+" : "-") + alarm.kind())
                    .toList();
            assertThat(changes)
                    .containsExactly(
                            "+HIGH", // 76; 71 is within the hysteresis
                            "-HIGH",
                            "+HIGH_HIGH", // 91; 86 is within the hysteresis
                            "-HIGH_HIGH",
                            "+HIGH", // 84
                            "-HIGH", // 69
                            "+LOW", // 9
                            "-LOW",
                            "+LOW_LOW", // 1; 6 is within the hysteresis
                            "-LOW_LOW",
                            "+LOW", // 8
                            "-LOW"); // 16
            assertThat(plant.telemetry().alarms()).isEmpty();
        }
    }

    @Test
    void whatDoesNotComeIsAnAlarm() {
        try (var plant = new Plant(directory, """
                        listeners:
                          plant: { port: 0, protocol: aqua-plc }
                        devices:
                          tank: { serial: "00200110", missing-after: 50ms, lost-after: 50ms }
                        """)) {
            plant.awaitEvent(
                    Event.AlarmChanged.class,
                    event -> event.alarm().active() && event.alarm().kind() == AlarmKind.MISSING_DATA);
            plant.awaitEvent(
                    Event.AlarmChanged.class,
                    event -> event.alarm().active() && event.alarm().kind() == AlarmKind.CONNECTION_LOSS);
            assertThat(plant.telemetry().device("tank").orElseThrow().state()).isEqualTo(DeviceState.MISSING);
            try (var device = plant.device("plant")) {
                device.measure(SERIAL, 1, 1);
                device.awaitAcknowledgement(1);
                plant.awaitEvent(
                        Event.AlarmChanged.class,
                        event -> !event.alarm().active() && event.alarm().kind() == AlarmKind.CONNECTION_LOSS);
            }
            plant.awaitEvent(Event.DeviceDown.class, event -> event.device().equals("tank"));
        }
    }

    // ---- stop -------------------------------------------------------------------------------------------------------

    @Test
    void aStopWaitsUntilWhatWasReadIsStoredAndAcknowledged() {
        try (var plant = new Plant(directory, PLANT);
                var device = plant.device("plant")) {
            plant.store.hold();
            device.measure(SERIAL, 1, 1);
            Plant.until("measurement under way", () -> plant.store.waiting() == 1);
            Thread stopping = Thread.ofVirtual().start(() -> plant.stop(Plant.LIMIT));
            plant.store.release();
            device.awaitAcknowledgement(1);
            device.awaitEnd();
            assertThat(stopping.isAlive() || plant.store.stored().size() == 1).isTrue();
        }
    }

    static void write(Path file, String text) {
        try {
            java.nio.file.Files.writeString(file, text);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
