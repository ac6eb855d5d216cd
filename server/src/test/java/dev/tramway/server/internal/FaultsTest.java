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
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices and operators who do harm, by the rows of {@code docs/faults.md}. */
class FaultsTest {
    private static final String SERIAL = "00200110";
    private static final int STRANGERS = 5_000;

    @TempDir
    private Path directory;

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
