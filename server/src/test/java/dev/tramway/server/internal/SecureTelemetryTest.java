package dev.tramway.server.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.Certificates;
import dev.tramway.Credentials;
import dev.tramway.frames.Direction;
import dev.tramway.frames.Message;
import dev.tramway.frames.secure.PlainAes;
import dev.tramway.frames.secure.SecureHandshake;
import dev.tramway.frames.secure.SecureLink;
import dev.tramway.server.internal.command.CommandState;
import dev.tramway.server.internal.telemetry.Views.DeviceView;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices whose frames are protected, and those that only say that they are somebody. */
class SecureTelemetryTest {
    private static final String SERIAL = "00200110";
    private static final String OLD_KEY = "00112233445566778899aabbccddeeff";
    private static final String NEW_KEY = "ffeeddccbbaa99887766554433221100";

    @TempDir
    private Path directory;

    private static String config(String secure, String keys) {
        return """
                listeners:
                  plant: { port: 0, protocol: aqua-plc, secure: %s }
                  open: { port: 0, protocol: aqua-plc }
                devices:
                  pump-house: { serial: "00200110", keys: { %s } }
                """.formatted(secure, keys);
    }

    /** A device with a compact link. */
    private static final class Compact implements AutoCloseable {
        private final TestDevice socket;
        private final SecureLink link;

        Compact(Plant plant, int number, String key) {
            socket = plant.device("plant");
            SecureHandshake.Device hello =
                    SecureHandshake.device(SERIAL, number, HexFormat.of().parseHex(key));
            sendRecord(hello.hello());
            link = hello.finish(ByteBuffer.wrap(record()), false).orElseThrow();
            sendRecord(link.seal(new byte[0]));
        }

        void sendRecord(byte[] record) {
            socket.send(new byte[] {(byte) record.length}).send(record);
        }

        byte[] record() {
            return socket.read(socket.read(1)[0] & 0xff);
        }

        /** The server's proof that it has the key too. */
        void awaitProof() {
            assertThat(link.open(ByteBuffer.wrap(record())))
                    .hasValueSatisfying(proof -> assertThat(proof).isEmpty());
        }

        byte[] measure(int number, double value) {
            byte[] record = link.seal(TestDevice.measurement(SERIAL, number, value));
            sendRecord(record);
            return record;
        }

        Message receive() {
            return TestDevice.PLC.decode(
                    Direction.DOWN, link.open(ByteBuffer.wrap(record())).orElseThrow());
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    @Test
    void compactRecordsBringReadingsAndCommandsAndCountTheirBytes() {
        try (var plant = new Plant(directory, config("compact-ccm", "0: " + OLD_KEY));
                var device = new Compact(plant, 0, OLD_KEY)) {
            device.awaitProof();
            assertThat(device.measure(1, 12.5)).as("ten bytes more").hasSize(32 + SecureLink.STREAM_OVERHEAD);
            assertThat(device.receive().integer("nut")).isEqualTo(1);
            DeviceView view = plant.telemetry().device("pump-house").orElseThrow();
            assertThat(view.secure()).isEqualTo("compact-ccm");
            assertThat(plant.store.words()).containsExactly("pump-house sensor.0.0=12.5");
            var command = plant.ask("pump-house", "", "versions", Map.of());
            Message asked = device.receive();
            assertThat(asked.name()).isEqualTo("ask-versions");
            device.sendRecord(device.link.seal(TestDevice.frame(
                    "versions", SERIAL, (int) asked.integer("nut"), Map.of("vp1", 1, "vp2", 2, "vp3", 3, "vhw", 4))));
            plant.awaitState(command, CommandState.CONFIRMED);
        }
    }

    @Test
    void aRepeatedRecordEndsTheConnectionAndStoresNothing() {
        try (var plant = new Plant(directory, config("compact-ccm", "0: " + OLD_KEY));
                var device = new Compact(plant, 0, OLD_KEY)) {
            device.awaitProof();
            byte[] record = device.measure(1, 12.5);
            assertThat(device.receive().integer("nut")).isEqualTo(1);
            device.sendRecord(record);
            device.socket.awaitEnd();
            assertThat(plant.store.stored()).hasSize(1);
            assertThat(plant.listener("plant").keyFailures()).isEqualTo(1);
        }
    }

    @Test
    void overDatagramsARepeatedRecordIsDroppedAndTheLinkGoesOn() throws IOException {
        String config = config("compact-ccm", "0: " + OLD_KEY).replaceFirst("port: 0", "port: 0, transport: udp");
        try (var plant = new Plant(directory, config);
                var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout((int) Plant.LIMIT.toMillis());
            socket.connect(InetAddress.getLoopbackAddress(), plant.port("plant"));
            SecureHandshake.Device hello =
                    SecureHandshake.device(SERIAL, 0, HexFormat.of().parseHex(OLD_KEY));
            send(socket, hello.hello());
            SecureLink link = hello.finish(receive(socket), true).orElseThrow();
            send(socket, link.seal(new byte[0]));
            assertThat(link.open(receive(socket))).as("proof").isPresent();

            byte[] record = link.seal(TestDevice.measurement(SERIAL, 1, 12.5));
            assertThat(record).hasSize(32 + SecureLink.DATAGRAM_OVERHEAD);
            send(socket, record);
            assertThat(acknowledged(link, socket)).isEqualTo(1);
            send(socket, record);
            Plant.until("dropped", () -> plant.listener("plant").keyFailures() == 1);
            send(socket, link.seal(TestDevice.measurement(SERIAL, 2, 13)));
            assertThat(acknowledged(link, socket)).as("the link goes on").isEqualTo(2);
            assertThat(plant.store.stored()).hasSize(2);
            assertThat(plant.telemetry().device("pump-house").orElseThrow().secure())
                    .isEqualTo("compact-ccm");
        }
    }

    private static void send(DatagramSocket socket, byte[] datagram) throws IOException {
        socket.send(new DatagramPacket(datagram, datagram.length));
    }

    private static ByteBuffer receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[1_500], 1_500);
        socket.receive(packet);
        return ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
    }

    private static long acknowledged(SecureLink link, DatagramSocket socket) throws IOException {
        return TestDevice.PLC
                .decode(Direction.DOWN, link.open(receive(socket)).orElseThrow())
                .integer("nut");
    }

    @Test
    void aKeyRollsOverWithoutANewConnection() {
        try (var plant = new Plant(directory, config("compact-ccm", "0: " + OLD_KEY));
                var old = new Compact(plant, 0, OLD_KEY)) {
            old.awaitProof();
            assertThat(plant.reload(config("compact-ccm", "0: " + OLD_KEY + ", 1: " + NEW_KEY)))
                    .isEmpty();
            old.measure(1, 1);
            assertThat(old.receive().integer("nut")).isEqualTo(1);
            assertThat(plant.reload(config("compact-ccm", "1: " + NEW_KEY))).isEmpty();
            old.measure(2, 2);
            assertThat(old.receive().integer("nut")).as("the link goes on").isEqualTo(2);
            try (var next = new Compact(plant, 1, NEW_KEY)) {
                next.awaitProof();
                next.measure(3, 3);
                assertThat(next.receive().integer("nut")).isEqualTo(3);
            }
            try (var late = new Compact(plant, 0, OLD_KEY)) {
                late.socket.awaitEnd(); // the old key opens nothing any more
            }
        }
    }

    @Test
    void whoHasAKeyCannotComeWithoutItNorInAnothersName() {
        try (var plant = new Plant(directory, config("compact-ccm", "0: " + OLD_KEY));
                var open = plant.device("open");
                var device = new Compact(plant, 0, OLD_KEY)) {
            device.awaitProof();
            open.measure(SERIAL, 1, 1);
            open.awaitEnd();
            device.sendRecord(device.link.seal(TestDevice.measurement("00999999", 2, 2)));
            device.socket.awaitEnd();
            assertThat(plant.store.stored()).isEmpty();
            assertThat(plant.listener("open").keyFailures()).isEqualTo(1);
            assertThat(plant.listener("plant").keyFailures()).isEqualTo(1);
        }
    }

    @Test
    void aWrongKeyAndAnUnknownDeviceLearnNothing() {
        try (var plant = new Plant(directory, config("compact-ccm", "0: " + OLD_KEY));
                var wrong = new Compact(plant, 0, NEW_KEY);
                var unknown = plant.device("plant")) {
            wrong.socket.awaitEnd();
            SecureHandshake.Device hello =
                    SecureHandshake.device("00999999", 0, HexFormat.of().parseHex(OLD_KEY));
            unknown.send(new byte[] {(byte) hello.hello().length}).send(hello.hello());
            assertThat(unknown.read(10)).as("an answer like any other").hasSize(10);
            unknown.send(new byte[] {10, 0x20, 0, 1, 2, 3, 4, 5, 6, 7, 8});
            unknown.awaitEnd();
            assertThat(plant.telemetry().devices()).hasSize(1);
        }
    }

    @Test
    void plainAesStandsForItselfRecordByRecord() {
        String both = OLD_KEY + NEW_KEY;
        byte[] key = HexFormat.of().parseHex(both);
        plain("gcm", both, PlainAes.gcm(key));
        plain("cbc-hmac", both, PlainAes.cbcHmac(Arrays.copyOf(key, 16), Arrays.copyOfRange(key, 16, 32), 16));
    }

    private void plain(String secure, String key, PlainAes aes) {
        byte[] head = ("\0\10" + SERIAL).getBytes(StandardCharsets.US_ASCII);
        try (var plant = new Plant(directory, config(secure, "0: " + key));
                var device = plant.device("plant")) {
            device.send(prefixed(head, aes.seal(TestDevice.measurement(SERIAL, 1, 12.5), head)));
            int size = ByteBuffer.wrap(device.read(2)).getShort();
            byte[] record = device.read(size);
            assertThat(Arrays.copyOf(record, head.length)).isEqualTo(head);
            byte[] opened = aes.open(Arrays.copyOfRange(record, head.length, size), head)
                    .orElseThrow();
            assertThat(TestDevice.PLC.decode(Direction.DOWN, opened).integer("nut"))
                    .isEqualTo(1);
            byte[] damaged = prefixed(head, aes.seal(TestDevice.measurement(SERIAL, 2, 12.5), head));
            damaged[damaged.length - 1] ^= 1;
            device.send(damaged);
            device.awaitEnd();
            assertThat(plant.store.words()).containsExactly("pump-house sensor.0.0=12.5");
        }
    }

    private static byte[] prefixed(byte[] head, byte[] sealed) {
        return ByteBuffer.allocate(2 + head.length + sealed.length)
                .putShort((short) (head.length + sealed.length))
                .put(head)
                .put(sealed)
                .array();
    }

    @Test
    void aCertificateSaysWhichDeviceItIs() {
        Credentials authority = Certificates.authority("plant").make();
        Path trusted = directory.resolve("ca.crt");
        authority.writeCertificates(trusted);
        Credentials mine = Certificates.client("pump-1").signedBy(authority).make();
        try (var plant = new Plant(directory, """
                        listeners:
                          plant: { port: 0, transport: tls, protocol: aqua-plc, tls: { clients: ca.crt } }
                        devices:
                          pump-house: { serial: "00200110", certificate: pump-1 }
                          other: { serial: "00200111", certificate: pump-2 }
                        """);
                var io = dev.tramway.IoService.start()) {
            try (var right = connect(io, plant, mine)) {
                right.send(TestDevice.measurement(SERIAL, 1, 1));
                assertThat(right.receive(Plant.LIMIT)).isPresent();
            }
            // Only now: of two connections of one device the newer one stays.
            try (var wrong = connect(io, plant, mine)) {
                wrong.send(TestDevice.measurement("00200111", 2, 2));
                assertThat(wrong.receive(Plant.LIMIT)).as("ends").isEmpty();
            }
            assertThat(plant.store.words()).containsExactly("pump-house sensor.0.0=1.0");
        }
    }

    private static dev.tramway.Connection connect(dev.tramway.IoService io, Plant plant, Credentials mine) {
        return dev.tramway.TcpClient.on(io)
                .to("127.0.0.1", plant.port("plant"))
                .tls(dev.tramway.Tls.client().insecureTrustEverything().certificate(mine))
                .open();
    }
}
