package dev.tramway.server.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.Certificates;
import dev.tramway.Connection;
import dev.tramway.Credentials;
import dev.tramway.IoService;
import dev.tramway.TcpClient;
import dev.tramway.Tls;
import dev.tramway.TlsInfo;
import dev.tramway.frames.Direction;
import dev.tramway.server.internal.command.CommandRequest;
import dev.tramway.server.internal.command.CommandState;
import dev.tramway.server.internal.command.CommandView;
import dev.tramway.server.internal.telemetry.Event;
import dev.tramway.server.internal.telemetry.Views.AlarmView;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices and operators who do harm, by the rows of {@code docs/faults.md}. */
class FaultsTest {
    private static final String SERIAL = "00200110";
    private static final int STRANGERS = 5_000;
    private static final int CROWD = 2_000;
    private static final int SOURCES = 16;

    @TempDir
    private Path directory;

    /** F1. */
    @Test
    void aFloodOfConnectionsTouchesNobodyWhoIsInAndFillsNoLog() throws IOException {
        String limits = "limits: { connections: 40, per-address: 5, accept-rate: 0 }";
        try (var log = new LogLines();
                var plant = new Plant(directory, """
                        listeners:
                          plant: { port: 0, protocol: aqua-plc, unknown: accept, %s }
                        """.formatted(limits));
                var device = plant.device("plant")) {
            device.measure(SERIAL, 1, 1).awaitAcknowledgement(1);
            List<Socket> crowd = new ArrayList<>();
            for (int i = 1; i <= CROWD; i++) {
                crowd.add(connectFrom("127.0.3." + i % SOURCES, plant.port("plant")));
                if (i % 50 == 0) {
                    device.measure(SERIAL, 1 + i, i).awaitAcknowledgement(1 + i);
                }
                if (crowd.size() > 200) {
                    crowd.remove(0).close();
                }
            }
            Plant.until(
                    "counted",
                    () -> plant.listener("plant").accepted()
                                    + plant.listener("plant").refused()
                            == 1 + CROWD);
            assertThat(plant.listener("plant").refused()).isGreaterThan(CROWD / 2);
            assertThat(plant.listener("plant").sessions()).isLessThanOrEqualTo(40);
            for (Socket one : crowd) {
                one.close();
            }
            Plant.until("gone", () -> plant.listener("plant").sessions() == 1);
            try (var next = plant.device("plant")) {
                next.measure("00200111", 1, 1).awaitAcknowledgement(1);
            }
            assertThat(log.messages()).hasSizeLessThanOrEqualTo(12);
        }
    }

    private static Socket connectFrom(String address, int port) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(address, 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) Plant.LIMIT.toMillis());
        return socket;
    }

    /** F3: devices of several protocols, each with a frame that grows by a byte now and then. */
    @Test
    void aByteNowAndThenKeepsNoDevice() {
        Map<String, String> beginnings = Map.of(
                "aqua-plc", HexFormat.of().formatHex(TestDevice.measurement(SERIAL, 1, 1), 0, 9),
                "gt06", "787811",
                "teltonika", "000f33");
        String listeners = beginnings.keySet().stream()
                .map(name -> "  %s: { port: 0, protocol: %s, unknown: accept, limits: { frame: 1ms } }\n"
                        .formatted(name, name))
                .collect(Collectors.joining());
        try (var plant = new Plant(directory, "listeners:\n" + listeners)) {
            List<TestDevice> slow = new ArrayList<>();
            beginnings.forEach((listener, bytes) -> {
                for (int i = 0; i < 10; i++) {
                    slow.add(plant.device(listener).sendHex(bytes));
                }
            });
            Plant.until("begun", () -> plant.telemetry().sessions().size() == slow.size());
            Plant.until("ended", () -> {
                slow.forEach(device -> device.trySend(new byte[1], 0, 1));
                return plant.telemetry().sessions().isEmpty();
            });
            slow.forEach(TestDevice::close);
            assertThat(plant.telemetry().listeners()).allMatch(listener -> listener.malformed() == 0);
        }
    }

    /** F3. */
    @Test
    void aByteNowAndThenKeepsNoConnection() {
        try (var plant = new Plant(directory, """
                        listeners:
                          plant: { port: 0, protocol: aqua-plc, unknown: accept, limits: { frame: 1ms } }
                        """);
                var healthy = plant.device("plant");
                var slow = plant.device("plant")) {
            byte[] frame = TestDevice.measurement(SERIAL, 1, 1);
            slow.send(Arrays.copyOf(frame, 5));
            Plant.until("begun", () -> plant.listener("plant").bytesIn() == 5);
            healthy.measure("00200111", 1, 1).awaitAcknowledgement(1);
            int[] at = {5};
            Plant.until("ended", () -> {
                slow.trySend(frame, at[0]++ % frame.length, 1);
                return plant.listener("plant").sessions() == 1;
            });
            slow.awaitEnd();
            healthy.measure("00200111", 2, 1).awaitAcknowledgement(2);
            assertThat(plant.store.stored()).hasSize(2);
        }
    }

    /** F15. */
    @Test
    void whenAllTogetherOweTooMuchOnlyThoseWhoDoNotReadAreCutOff() throws IOException {
        try (var plant = new Plant(directory, """
                        listeners:
                          chat: { port: 0, role: chat, limits: { outbound: 1GiB, write: 0s } }
                        outbound-budget: 4MiB
                        """);
                var talker = new Talker(plant.port("chat"), false);
                var reader = new Talker(plant.port("chat"), false);
                var first = new Talker(plant.port("chat"), true);
                var second = new Talker(plant.port("chat"), true)) {
            Plant.until("all there", () -> plant.listener("chat").sessions() == 4);
            for (int round = 0; plant.listener("chat").sessions() > 3 || round < 100; round++) {
                assertThat(round).as("rounds until one is cut off").isLessThan(2_000);
                String line = round + "x".repeat(32_000);
                talker.say(line);
                talker.awaitLine(line);
                reader.awaitLine(line);
            }
            first.leave();
            second.leave();
            talker.say("both are here");
            talker.awaitLine("both are here");
            reader.awaitLine("both are here");
        }
    }

    /** Somebody in a chat. */
    private static final class Talker implements AutoCloseable {
        private final Socket socket = new Socket();
        private final BufferedReader lines;

        Talker(int port, boolean slow) throws IOException {
            if (slow) {
                socket.setReceiveBufferSize(4096);
            }
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout((int) Plant.LIMIT.toMillis());
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        void say(String line) throws IOException {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }

        /** Reads what others have said, up to a line that is to be next but for greetings. */
        void awaitLine(String expected) throws IOException {
            String line = lines.readLine();
            while (line != null && line.startsWith("Hello")) {
                line = lines.readLine();
            }
            assertThat(line).isEqualTo(expected);
        }

        void leave() throws IOException {
            socket.close();
        }

        @Override
        public void close() throws IOException {
            leave();
        }
    }

    /** F37. */
    @Test
    void certificatesAreReplacedUnderOpenConnections() throws Exception {
        Credentials authority = Certificates.authority("plant").make();
        String config = """
                listeners:
                  plant:
                    port: 0
                    transport: tls
                    protocol: aqua-plc
                    unknown: accept
                    tls: { certificate: server.pem }
                """;
        X509Certificate last = replace(authority);
        try (var plant = new Plant(directory, config);
                var io = IoService.start();
                Connection open = connect(io, plant)) {
            for (int round = 1; round <= 20; round++) {
                if (round % 5 == 0) {
                    Files.writeString(directory.resolve("server.pem"), "no certificate");
                    assertThat(plant.reload(config)).singleElement().asString().contains("certificate not taken");
                } else {
                    last = replace(authority);
                    assertThat(plant.reload(config)).isEmpty();
                }
                try (Connection next = connect(io, plant)) {
                    assertThat(certificate(next)).as("round %d", round).isEqualTo(last);
                }
                open.send(TestDevice.measurement(SERIAL, round, round));
                assertThat(open.receive(Plant.LIMIT)).as("acknowledgement").isPresent();
            }
            assertThat(plant.store.stored()).hasSize(20);
        }
    }

    /** F42. */
    @Test
    void datagramsOfStrangersHaveATableOfTheirOwn() throws IOException {
        try (var plant = new Plant(directory, """
                        listeners:
                          plant: { port: 0, transport: udp, protocol: aqua-plc, unknown: accept }
                        """);
                var device = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            device.setSoTimeout((int) Plant.LIMIT.toMillis());
            device.connect(InetAddress.getLoopbackAddress(), plant.port("plant"));
            measure(device, 1);
            measure(device, 2); // a peer that has brought a device and comes again is known
            for (int stranger = 0; stranger < STRANGERS; stranger++) {
                InetAddress from =
                        InetAddress.getByAddress(new byte[] {127, 1, (byte) (stranger >> 8), (byte) stranger});
                try (var socket = new DatagramSocket(0, from)) {
                    socket.connect(InetAddress.getLoopbackAddress(), plant.port("plant"));
                    socket.send(new DatagramPacket(new byte[] {1, 2, 3}, 3));
                }
                if (stranger % 50 == 0) {
                    measure(device, 3 + stranger); // no more under way than the kernel has room for
                }
            }
            assertThat(plant.listener("plant").messagesIn()).isGreaterThan(STRANGERS / 2);
            assertThat(plant.listener("plant").sessions()).isLessThanOrEqualTo(4_096 + 1);
            assertThat(plant.telemetry().device(SERIAL).orElseThrow().connects())
                    .isEqualTo(1);
            assertThat(plant.store.stored()).hasSize(2 + STRANGERS / 50);
        }
    }

    /** Sends a measurement and waits for its acknowledgement. */
    private static void measure(DatagramSocket device, int number) throws IOException {
        byte[] frame = TestDevice.measurement(SERIAL, number, number);
        device.send(new DatagramPacket(frame, frame.length));
        DatagramPacket answer = new DatagramPacket(new byte[64], 64);
        device.receive(answer);
        assertThat(answer.getLength()).isEqualTo(27);
    }

    /** F56. */
    @Test
    void whenTheWallClockJumpsNothingIsOverBeforeOrAfterItsTime() {
        try (var plant = new Plant(directory, """
                listeners:
                  plant: { port: 0, protocol: aqua-plc }
                devices:
                  pump: { serial: "00200110", protocol: aqua-plc, missing-after: 1h, lost-after: 1h }
                  well: { serial: "00200111", protocol: aqua-plc, missing-after: 100ms }
                """)) {
            CommandView waiting = plant.ask("pump", "", "versions", Map.of());
            plant.moveClock(Duration.ofDays(2));
            plant.awaitEvent(
                    Event.AlarmChanged.class, event -> event.alarm().device().equals("well"));
            assertThat(plant.telemetry().alarms()).extracting(AlarmView::device).containsExactly("well");
            plant.moveClock(Duration.ofDays(-4));
            CommandView brief = plant.telemetry()
                    .commands()
                    .submit(new CommandRequest(
                            "pump", "", "versions", Map.of(), Optional.empty(), Optional.of(Duration.ofMillis(100))));
            plant.awaitState(brief, CommandState.EXPIRED);
            assertThat(plant.command(waiting).state()).isEqualTo(CommandState.QUEUED);
            try (var device = plant.device("plant")) {
                device.measure(SERIAL, 1, 1).awaitAcknowledgement(1);
                device.done(device.receive());
                plant.awaitState(waiting, CommandState.CONFIRMED);
            }
        }
    }

    /** F59. */
    @Test
    void aHundredReloadsOfWhichAFifthIsWrong() {
        String config = """
                listeners:
                  plant: { port: 0, protocol: aqua-plc, unknown: accept }
                devices:
                  pump: { serial: "00200110", lost-after: %dm }
                """;
        try (var plant = new Plant(directory, config.formatted(1));
                var device = plant.device("plant")) {
            int port = plant.port("plant");
            for (int round = 1; round <= 100; round++) {
                boolean wrong = round % 5 == 0;
                String next = config.formatted(round) + (wrong ? "no-such-key: 1\n" : "");
                List<String> words = plant.reload(next);
                assertThat(words.stream().anyMatch(word -> word.contains("not taken")))
                        .as("round %d: %s", round, words)
                        .isEqualTo(wrong);
                device.measure(SERIAL, round, round).awaitAcknowledgement(round);
            }
            assertThat(plant.port("plant")).isEqualTo(port);
            assertThat(plant.telemetry().device("pump").orElseThrow().connects())
                    .isEqualTo(1);
            assertThat(plant.store.stored()).hasSize(100);
        }
    }

    private X509Certificate replace(Credentials authority) {
        Credentials next = Certificates.server("localhost").signedBy(authority).make();
        next.writePem(directory.resolve("server.pem"), "");
        return next.certificate();
    }

    private static Connection connect(IoService io, Plant plant) {
        return TcpClient.on(io)
                .to("127.0.0.1", plant.port("plant"))
                .tls(Tls.client().insecureTrustEverything())
                .framing(TestDevice.PLC.framing(Direction.DOWN))
                .open();
    }

    private static X509Certificate certificate(Connection connection) {
        return connection.session().tls().flatMap(TlsInfo::peerCertificate).orElseThrow();
    }
}
