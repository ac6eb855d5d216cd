package dev.tramway.frames.secure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.CloseReason;
import dev.tramway.Framing;
import dev.tramway.IoService;
import dev.tramway.Session;
import dev.tramway.TcpServer;
import dev.tramway.frames.Direction;
import dev.tramway.frames.Message;
import dev.tramway.frames.Protocol;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A measurement in a record of twenty bytes, from a device's socket to a reading of the server. */
class SecureConversationTest {
    private static final int LIMIT_SECONDS = 20;
    private static final byte[] KEY =
            "a key of a device".substring(0, 16).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final String SERIAL = "00200110";

    /** What the link makes unnecessary is left out: who sends, which number, which version. */
    private static final Protocol COMPACT = Protocol.parse("compact.yaml", """
            fdl: 1
            protocol: compact
            limits: { frame: 10 }
            framing: { datagram: whole }
            header: [ { cmd: text(1) } ]
            messages:
              measurement:
                match: { cmd: m }
                direction: up
                fields:
                  - sensor: u8
                  - place: { bits: [ { channel: u4 }, { alert: u4 } ] }
                  - age: { type: u16, unit: s }
                  - value: f32
                  - _spare: u8
                readings: [ { name: "sensor.${sensor}.${place.channel}", value: value } ]
            tests:
              - { hex: "6d032000004148000000", message: measurement, values: { sensor: 3, value: 12.5 } }
            """);

    private final DeviceKeys keys = new DeviceKeys().put(SERIAL, 1, KEY);
    private final BlockingQueue<Message> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<CloseReason> ends = new LinkedBlockingQueue<>();
    private final IoService io = IoService.start();
    private final TcpServer server = TcpServer.on(io)
            .address("127.0.0.1")
            .port(0)
            .framing(Framing.lengthPrefixed(1, 255))
            .onMessage(this::received)
            .onDisconnect((session, reason) -> ends.add(reason))
            .start();

    @AfterEach
    void stop() {
        server.close();
        io.close();
    }

    private void received(Session session, ByteBuffer bytes) {
        Optional<SecureLink> link = session.attachment(SecureLink.class);
        if (link.isEmpty()) {
            SecureHandshake.accept(bytes, keys, false).ifPresent(accepted -> {
                session.attach(SecureLink.class, accepted.link());
                session.send(accepted.answer().bytes());
            });
            return;
        }
        Optional<byte[]> message = link.get().open(bytes);
        if (message.isEmpty()) {
            session.close();
        } else if (message.get().length == 0) {
            session.send(link.get().seal(new byte[0]));
        } else {
            received.add(COMPACT.decode(Direction.UP, message.get()));
        }
    }

    @Test
    void aMeasurementTravelsInTwentyBytes() throws Exception {
        try (Device device = new Device()) {
            byte[] record = device.link.seal(measurement(12.5));
            assertThat(record).hasSize(20);
            device.send(record);
            Message message = next(received);
            assertThat(message.problem()).isEmpty();
            assertThat(message.readings())
                    .extracting(reading -> reading.name() + " = " + reading.value())
                    .containsExactly("sensor.3.2 = 12.5");
        }
    }

    @Test
    void aRepeatedRecordEndsTheSession() throws Exception {
        try (Device device = new Device()) {
            byte[] record = device.link.seal(measurement(12.5));
            device.send(record);
            assertThat(next(received).real("value")).isEqualTo(12.5);
            device.send(record);
            assertThat(next(ends)).isNotNull();
            assertThat(received).isEmpty();
        }
    }

    /** The record of one session sent in another one of the same device. */
    @Test
    void aRedirectedRecordEndsTheSession() throws Exception {
        try (Device one = new Device();
                Device other = new Device()) {
            other.send(one.link.seal(measurement(12.5)));
            assertThat(next(ends)).isNotNull();
            assertThat(received).isEmpty();
        }
    }

    private static byte[] measurement(double value) {
        return COMPACT.encode(COMPACT.message(
                Direction.UP,
                "measurement",
                Map.of("sensor", 3, "place", Map.of("channel", 2, "alert", 0), "age", 0, "value", value)));
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T value = queue.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        assertThat(value).isNotNull();
        return value;
    }

    /** A device of the JDK's blocking sockets, after the handshake and the first record each way. */
    private final class Device implements AutoCloseable {
        private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        private final SecureLink link;

        Device() throws IOException {
            socket.setSoTimeout(LIMIT_SECONDS * 1000);
            SecureHandshake.Device handshake = SecureHandshake.device(SERIAL, 1, KEY);
            send(handshake.hello());
            link = handshake.finish(ByteBuffer.wrap(receive()), false).orElseThrow();
            send(link.seal(new byte[0]));
            assertThat(link.open(ByteBuffer.wrap(receive()))).isPresent();
        }

        private void send(byte[] bytes) throws IOException {
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(1 + bytes.length)
                            .put((byte) bytes.length)
                            .put(bytes)
                            .array());
        }

        private byte[] receive() throws IOException {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] bytes = new byte[in.readUnsignedByte()];
            in.readFully(bytes);
            return bytes;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
