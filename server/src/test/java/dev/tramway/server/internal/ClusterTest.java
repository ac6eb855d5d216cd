package dev.tramway.server.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.ConnectFailedException;
import dev.tramway.server.internal.command.CommandState;
import dev.tramway.server.internal.command.CommandView;
import dev.tramway.server.internal.sink.NatsServer;
import dev.tramway.server.internal.telemetry.Nodes.NodeView;
import dev.tramway.server.internal.telemetry.Views.DeviceState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers that share their devices. */
class ClusterTest {
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
            device: id
            commands:
              start:
                message: start
                args: { speed: { min: 0, max: 3000 } }
                number: number
                correlate: [ number ]
                reply: { message: done, ok: "result == 0" }
                timeout: 20
            tests: [ { hex: "010000070000", message: hello, values: { id: 7 } } ]
            """;

    @TempDir
    private Path directory;

    private NatsServer nats;
    private Plant first;
    private Plant second;

    @BeforeEach
    void start() throws IOException {
        nats = NatsServer.start(Files.createDirectory(directory.resolve("nats")));
        first = plant("first");
        second = plant("second");
        Plant.until("they know each other", () -> knowsOther(first) && knowsOther(second));
    }

    private Plant plant(String name) throws IOException {
        return plant(name, "");
    }

    private Plant plant(String name, String more) throws IOException {
        Path files = Files.createDirectory(directory.resolve(name));
        TelemetryTest.write(files.resolve("pump.yaml"), PUMP);
        return new Plant(files, """
                listeners:
                  pumps: { port: 0, protocol: pump.yaml }
                  talk: { port: 0, role: chat }
                devices:
                  pump: { serial: "7", protocol: pump.yaml }
                cluster: { url: "%s", name: %s%s }
                """.formatted(nats.url(), name, more));
    }

    private static boolean knowsOther(Plant plant) {
        return plant.telemetry().nodes().status().nodes().size() == 2;
    }

    private static String health(Plant plant) {
        return plant.telemetry().nodes().status().health();
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
        nats.close();
    }

    private static TestDevice pump(Plant plant) {
        long before = plant.telemetry().device("pump").orElseThrow().connects();
        TestDevice device = plant.device("pumps").sendHex("010000070000");
        Plant.until(
                "connected",
                () -> plant.telemetry().device("pump").orElseThrow().connects() > before);
        return device;
    }

    private void awaitPlace(String node) {
        Plant.until(
                "the pump is at " + node,
                () -> first.telemetry().nodes().of("pump").map(NodeView::name).equals(Optional.of(node)));
    }

    private static void confirm(TestDevice device, int speed) {
        ByteBuffer told = ByteBuffer.wrap(device.read(6));
        assertThat(told.get()).isEqualTo((byte) 3);
        byte number = told.get();
        assertThat(told.getShort(4)).isEqualTo((short) speed);
        device.send(new byte[] {2, number, 0, 7, 0, 0});
    }

    @Test
    void aCommandReachesItsDeviceOnAnotherNodeAndTheResultReturns() {
        try (TestDevice device = pump(second)) {
            awaitPlace("second");
            CommandView command = first.ask("pump", "", "start", Map.of("speed", 1500));
            confirm(device, 1500);
            CommandView confirmed = first.awaitState(command, CommandState.CONFIRMED);
            assertThat(confirmed.reply()).containsEntry("result", 0);
        }
    }

    @Test
    void whatWaitsForADeviceGoesToTheNodeThatItComesToAndOnce() {
        CommandView early = first.ask("pump", "", "start", Map.of("speed", 1));
        CommandView late = first.ask("pump", "", "start", Map.of("speed", 2));
        try (TestDevice device = pump(second)) {
            confirm(device, 1);
            confirm(device, 2);
            first.awaitState(early, CommandState.CONFIRMED);
            first.awaitState(late, CommandState.CONFIRMED);
            try (TestDevice back = pump(first)) {
                awaitPlace("first");
                CommandView here = first.ask("pump", "", "start", Map.of("speed", 3));
                // Nothing of what was confirmed comes again.
                confirm(back, 3);
                first.awaitState(here, CommandState.CONFIRMED);
            }
        }
    }

    @Test
    void theNewestConnectionOfADeviceWinsAcrossNodes() {
        try (TestDevice old = pump(first)) {
            awaitPlace("first");
            try (TestDevice next = pump(second)) {
                awaitPlace("second");
                old.awaitEnd();
                Plant.until("the old one is gone", () -> isOffline(first));
                assertThat(isOffline(second)).isFalse();
                CommandView command = second.ask("pump", "", "start", Map.of("speed", 4));
                confirm(next, 4);
                second.awaitState(command, CommandState.CONFIRMED);
            }
            Plant.until(
                    "it is nowhere", () -> first.telemetry().nodes().of("pump").isEmpty());
        }
    }

    private static boolean isOffline(Plant plant) {
        return plant.telemetry().device("pump").orElseThrow().state() == DeviceState.OFFLINE;
    }

    @Test
    void eachServerTellsHowTheOthersAreDoing() {
        try (TestDevice device = pump(second)) {
            Plant.until(
                    "first knows of the connection to second",
                    () -> first.telemetry().nodes().status().nodes().stream()
                            .anyMatch(node -> node.name().equals("second")
                                    && node.figures()
                                            .filter(figures -> figures.connections() == 1)
                                            .isPresent()));
            device.sendHex("010100070000");
            Plant.until(
                    "and of what it says",
                    () -> first.telemetry().nodes().status().nodes().stream()
                            .anyMatch(node -> node.figures()
                                    .filter(figures -> figures.messages() == 2)
                                    .isPresent()));
        }
    }

    @Test
    void whatIsSaidInAChatIsReadOnAllServersOnce() throws IOException {
        try (Talker here = new Talker(first.port("talk"));
                Talker there = new Talker(second.port("talk"))) {
            Plant.until("they hear each other", () -> {
                here.say("hello");
                there.say("hello you");
                return here.lines.contains("hello you") && there.lines.contains("hello");
            });
            here.say("once");
            there.say("back");
            Plant.until(
                    "all is said",
                    () -> Stream.of(here, there).allMatch(talker -> talker.lines.containsAll(List.of("once", "back"))));
            here.say("the end");
            Plant.until("the end", () -> there.lines.contains("the end"));
            assertThat(there.lines).containsOnlyOnce("once", "back", "the end");
        }
    }

    /** Somebody in a chat. */
    private static final class Talker implements AutoCloseable {
        private final Socket socket;
        private final List<String> lines = new CopyOnWriteArrayList<>();

        Talker(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            Thread.ofVirtual().start(this::read);
        }

        private void read() {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
                reader.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException closed) {
                // the end
            }
        }

        void say(String line) {
            try {
                socket.getOutputStream().write((line + "\n").getBytes(UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void aServerStartsWithoutNatsAndJoinsWhenItIsThere() throws Exception {
        nats.kill();
        assertThatThrownBy(() -> plant("strict", ", required: true"))
                .isInstanceOf(ConnectFailedException.class)
                .hasMessageContaining(nats.url());
        try (Plant third = plant("third");
                TestDevice device = pump(third)) {
            assertThat(health(third)).isEqualTo("away");
            assertThat(third.check("cluster").ready()).isTrue();
            assertThat(third.check("cluster").detail()).contains("away");
            CommandView command = third.ask("pump", "", "start", Map.of("speed", 5));
            confirm(device, 5);
            third.awaitState(command, CommandState.CONFIRMED);
            nats.startAgain();
            Plant.until(
                    "it is with the others",
                    () -> health(third).equals("up")
                            && third.telemetry().nodes().status().nodes().size() == 3);
            awaitPlace("third");
            assertThat(third.check("cluster").detail()).isEmpty();
        }
    }
}
