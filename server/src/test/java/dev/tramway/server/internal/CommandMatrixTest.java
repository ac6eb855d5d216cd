package dev.tramway.server.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.server.internal.command.CommandRefusedException;
import dev.tramway.server.internal.command.CommandRequest;
import dev.tramway.server.internal.command.CommandState;
import dev.tramway.server.internal.command.CommandView;
import dev.tramway.server.internal.telemetry.Event;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a command, whatever its device and the connection do. */
class CommandMatrixTest {
    /** Kind, number of the command, id of the device, and a value. */
    private static final String PUMP = """
            fdl: 1
            protocol: pump
            limits: { frame: 16 }
            framing: { fixed: 6 }
            header: [ { kind: u8 }, { number: { type: u8, default: 0 } }, { id: u16 } ]
            messages:
              hello: { match: { kind: 1 }, direction: up, fields: [ { value: { type: u16, default: 0 } } ] }
              done: { match: { kind: 2 }, direction: up, fields: [ { result: u16 } ] }
              start: { match: { kind: 3 }, direction: down, fields: [ { speed: u16 } ] }
              ask: { match: { kind: 4 }, direction: down, fields: [ { zero: { type: u16, default: 0 } } ] }
              line: { match: { kind: 5 }, direction: down, fields: [ { speed: u16 } ] }
              blink: { match: { kind: 6 }, direction: down, fields: [ { zero: { type: u16, default: 0 } } ] }
              lined: { match: { kind: 7 }, direction: up, fields: [ { speed: u16 } ] }
            device: id
            commands:
              start:
                message: start
                args: { speed: { min: 0, max: 3000 } }
                number: number
                correlate: [ number ]
                reply: { message: done, ok: "result == 0" }
                timeout: 1
              ask:
                message: ask
                number: number
                correlate: [ number ]
                reply: { message: done }
                timeout: 1
                repeatable: true
              line: { message: line, args: { speed: speed }, reply: { message: lined }, timeout: 1 }
              blink: { message: blink }
            tests: [ { hex: "010000070000", message: hello, values: { id: 7 } } ]
            """;

    private static final String CONFIG = """
            listeners:
              pumps: { port: 0, protocol: pump.yaml }
            devices:
              pump: { serial: "7", protocol: pump.yaml }
            commands: { retries: 2 }
            """;

    @TempDir
    private Path directory;

    @BeforeEach
    void definition() {
        TelemetryTest.write(directory.resolve("pump.yaml"), PUMP);
    }

    /** A pump that has said who it is. */
    private static TestDevice pump(Plant plant) {
        long before = plant.telemetry().device("pump").orElseThrow().connects();
        TestDevice device = plant.device("pumps").sendHex("010000070000");
        Plant.until(
                "connected",
                () -> plant.telemetry().device("pump").orElseThrow().connects() > before);
        return device;
    }

    private record Told(int kind, int number, int value) {}

    private static Told next(TestDevice device) {
        ByteBuffer frame = ByteBuffer.wrap(device.read(6));
        int kind = frame.get();
        int number = frame.get();
        assertThat(frame.getShort()).isEqualTo((short) 7);
        return new Told(kind, number, frame.getShort());
    }

    private static void answer(TestDevice device, int number, int result) {
        device.send(new byte[] {2, (byte) number, 0, 7, 0, (byte) result});
    }

    private static CommandView start(Plant plant, int speed) {
        return plant.ask("pump", "", "start", Map.of("speed", speed));
    }

    @Test
    void anAnswerInTimeConfirmsAndASecondOneChangesNothing() {
        try (var plant = new Plant(directory, CONFIG);
                var device = pump(plant)) {
            CommandView command = start(plant, 1500);
            Told told = next(device);
            assertThat(told).isEqualTo(new Told(3, told.number(), 1500));
            answer(device, told.number(), 0);
            answer(device, told.number(), 1);
            CommandView confirmed = plant.awaitState(command, CommandState.CONFIRMED);
            assertThat(confirmed.reply()).containsEntry("result", 0L);
            device.sendHex("010000070000");
            Plant.until(
                    "all seen",
                    () -> plant.telemetry().device("pump").orElseThrow().messages() == 4);
            assertThat(plant.command(command).state()).isEqualTo(CommandState.CONFIRMED);
            awaitStates(plant, command, "QUEUED", "SENT", "CONFIRMED");
        }
    }

    /** Events come a little later than the state that they tell. */
    private static void awaitStates(Plant plant, CommandView command, String... expected) {
        Plant.until(List.of(expected).toString(), () -> states(plant, command).equals(List.of(expected)));
    }

    private static List<String> states(Plant plant, CommandView command) {
        return plant.events().stream()
                .filter(Event.CommandChanged.class::isInstance)
                .map(event -> ((Event.CommandChanged) event).command())
                .filter(one -> one.id().equals(command.id()))
                .map(one -> one.state().name())
                .toList();
    }

    @Test
    void aRefusalIsAFailureInTheDevicesWords() {
        try (var plant = new Plant(directory, CONFIG);
                var device = pump(plant)) {
            CommandView command = start(plant, 1);
            answer(device, next(device).number(), 9);
            CommandView failed = plant.awaitState(command, CommandState.FAILED);
            assertThat(failed.detail()).contains("refused");
            assertThat(failed.reply()).containsEntry("result", 9L);
        }
    }

    @Test
    void answersOutOfOrderFindTheirCommands() {
        try (var plant = new Plant(directory, CONFIG);
                var device = pump(plant)) {
            CommandView first = start(plant, 1);
            CommandView second = start(plant, 2);
            Told one = next(device);
            Told two = next(device);
            answer(device, two.number(), 0);
            plant.awaitState(second, CommandState.CONFIRMED);
            assertThat(plant.command(first).state()).isEqualTo(CommandState.SENT);
            answer(device, one.number(), 5);
            plant.awaitState(first, CommandState.FAILED);
        }
    }

    @Test
    void noAnswerIsAFailureAndALateOneIsNotTakenForThatOfAnother() {
        try (var plant = new Plant(directory, CONFIG);
                var device = pump(plant)) {
            CommandView command = start(plant, 1);
            Told told = next(device);
            CommandView failed = plant.awaitState(command, CommandState.FAILED);
            assertThat(failed.detail()).contains("no answer within 1 s").contains("unknown");
            assertThat(failed.attempts()).as("not told again").isEqualTo(1);
            CommandView other = start(plant, 2);
            Told next = next(device);
            answer(device, told.number(), 0);
            answer(device, next.number(), 0);
            plant.awaitState(other, CommandState.CONFIRMED);
            assertThat(plant.command(command).state()).isEqualTo(CommandState.FAILED);
            awaitStates(plant, other, "QUEUED", "SENT", "CONFIRMED");
        }
    }

    @Test
    void aRepeatableCommandIsToldAgainUnderTheSameNumber() {
        try (var plant = new Plant(directory, CONFIG);
                var device = pump(plant)) {
            CommandView command = plant.ask("pump", "", "ask", Map.of());
            Told first = next(device);
            Told second = next(device);
            assertThat(second).isEqualTo(first);
            answer(device, first.number(), 0);
            assertThat(plant.awaitState(command, CommandState.CONFIRMED).attempts())
                    .isEqualTo(2);
            CommandView unheard = plant.ask("pump", "", "ask", Map.of());
            assertThat(plant.awaitState(unheard, CommandState.FAILED).attempts())
                    .isEqualTo(3);
        }
    }

    @Test
    void aCommandWhoseConnectionIsLostIsUnknownAndNotToldAgain() {
        try (var plant = new Plant(directory, CONFIG)) {
            CommandView command;
            try (var device = pump(plant)) {
                command = start(plant, 1);
                next(device);
                device.reset();
            }
            CommandView failed = plant.awaitState(command, CommandState.FAILED);
            assertThat(failed.detail()).contains("connection was lost").contains("unknown");
            try (var again = pump(plant)) {
                CommandView other = start(plant, 2);
                assertThat(next(again).value())
                        .as("the old one does not come again")
                        .isEqualTo(2);
                assertThat(plant.command(other).attempts()).isEqualTo(1);
            }
        }
    }

    @Test
    void aRepeatableCommandWhoseConnectionIsLostIsToldOverTheNext() {
        try (var plant = new Plant(directory, CONFIG)) {
            CommandView command;
            Told told;
            try (var device = pump(plant)) {
                command = plant.ask("pump", "", "ask", Map.of());
                told = next(device);
                device.reset();
            }
            plant.awaitState(command, CommandState.QUEUED);
            try (var again = pump(plant)) {
                assertThat(next(again)).isEqualTo(told);
                answer(again, told.number(), 0);
                plant.awaitState(command, CommandState.CONFIRMED);
            }
        }
    }

    @Test
    void commandsWaitForTheirDeviceAndCanBeTakenBackAndExpire() {
        try (var plant = new Plant(directory, CONFIG)) {
            CommandView waits = start(plant, 1);
            CommandView cancelled = start(plant, 2);
            CommandView expires = plant.telemetry()
                    .commands()
                    .submit(new CommandRequest(
                            "pump",
                            "",
                            "start",
                            Map.of("speed", 3),
                            Optional.empty(),
                            Optional.of(Duration.ofMillis(1))));
            plant.awaitState(expires, CommandState.EXPIRED);
            assertThat(plant.telemetry().commands().cancel(cancelled.id()).state())
                    .isEqualTo(CommandState.CANCELLED);
            try (var device = pump(plant)) {
                Told told = next(device);
                assertThat(told.value()).isEqualTo(1);
                assertThatThrownBy(() -> plant.telemetry().commands().cancel(waits.id()))
                        .isInstanceOf(CommandRefusedException.class);
                answer(device, told.number(), 0);
                plant.awaitState(waits, CommandState.CONFIRMED);
                assertThat(device.available()).isZero();
            }
        }
    }

    @Test
    void whereAnswersHaveOnlyTheirOrderOneCommandIsUnderWayAtATime() {
        try (var plant = new Plant(directory, CONFIG);
                var device = pump(plant)) {
            CommandView first = plant.ask("pump", "", "line", Map.of("speed", 1));
            CommandView second = plant.ask("pump", "", "line", Map.of("speed", 2));
            assertThat(next(device).value()).isEqualTo(1);
            plant.awaitState(first, CommandState.FAILED);
            // The late answer passes while the line is quiet, and is not taken for that of the second.
            device.sendHex("070000070001");
            assertThat(next(device).value()).isEqualTo(2);
            assertThat(plant.command(second).state()).isEqualTo(CommandState.SENT);
            device.sendHex("070000070002");
            assertThat(plant.awaitState(second, CommandState.CONFIRMED).reply()).containsEntry("speed", 2L);
        }
    }

    @Test
    void aCommandWithoutAnAnswerIsOverWhenItWasSent() {
        try (var plant = new Plant(directory, CONFIG);
                var device = pump(plant)) {
            CommandView command = plant.ask("pump", "", "blink", Map.of());
            assertThat(next(device).kind()).isEqualTo(6);
            assertThat(plant.awaitState(command, CommandState.SENT).isOver()).isTrue();
        }
    }

    @Test
    void theSameKeyIsTheSameCommand() {
        try (var plant = new Plant(directory, CONFIG)) {
            CommandRequest request = new CommandRequest(
                    "pump", "", "start", Map.of("speed", "1200"), Optional.of("key-1"), Optional.empty());
            CommandView first = plant.telemetry().commands().submit(request);
            assertThat(plant.telemetry().commands().submit(request).id()).isEqualTo(first.id());
            assertThat(plant.telemetry().commands().of("pump")).hasSize(1);
        }
    }

    @Test
    void whatCannotBeDoneIsSaidAtOnce() {
        try (var plant = new Plant(directory, CONFIG)) {
            assertThatThrownBy(() -> plant.ask("nobody", "", "start", Map.of())).hasMessageContaining("nobody");
            assertThatThrownBy(() -> plant.ask("pump", "", "bake", Map.of())).hasMessageContaining("bake");
            assertThatThrownBy(() -> plant.ask("pump", "", "start", Map.of())).hasMessageContaining("speed");
            assertThatThrownBy(() -> plant.ask("pump", "", "start", Map.of("speed", 3001)))
                    .hasMessageContaining("3000");
            assertThatThrownBy(() -> plant.ask("pump", "", "start", Map.of("speed", "fast")))
                    .hasMessageContaining("a whole number");
            assertThatThrownBy(() -> plant.ask("pump", "attic", "start", Map.of("speed", 1)))
                    .hasMessageContaining("attic");
            assertThat(plant.telemetry().commands().newest(10)).isEmpty();
        }
    }

    @Test
    void commandsOutliveTheServer() {
        CommandView waits;
        CommandView sent;
        try (var plant = new Plant(directory, CONFIG);
                var device = pump(plant)) {
            sent = start(plant, 1);
            next(device);
            plant.awaitState(sent, CommandState.SENT);
        }
        try (var plant = new Plant(directory, CONFIG)) {
            assertThat(plant.command(sent).state()).isEqualTo(CommandState.FAILED);
            waits = plant.telemetry()
                    .commands()
                    .submit(new CommandRequest(
                            "pump", "", "start", Map.of("speed", 2), Optional.of("k"), Optional.empty()));
        }
        try (var plant = new Plant(directory, CONFIG);
                var device = pump(plant)) {
            Told told = next(device);
            assertThat(told.value()).isEqualTo(2);
            answer(device, told.number(), 0);
            plant.awaitState(waits, CommandState.CONFIRMED);
            assertThat(plant.telemetry()
                            .commands()
                            .submit(new CommandRequest(
                                    "pump", "", "start", Map.of("speed", 2), Optional.of("k"), Optional.empty()))
                            .id())
                    .isEqualTo(waits.id());
        }
    }
}
