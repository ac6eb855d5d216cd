package dev.tramway.server.internal.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.Framing;
import dev.tramway.IoService;
import dev.tramway.Session;
import dev.tramway.TcpServer;
import dev.tramway.frames.Conversation;
import dev.tramway.frames.Direction;
import dev.tramway.frames.Message;
import dev.tramway.frames.Protocol;
import dev.tramway.frames.secure.DeviceKeys;
import dev.tramway.frames.secure.SecureHandshake;
import dev.tramway.frames.secure.SecureLink;
import dev.tramway.server.internal.sink.Waits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Devices that speak encrypted records. */
class SecureFleetTest {
    private static final Protocol PLC = Protocol.builtin("aqua-plc");
    private static final byte[] KEY = "sixteen bytes: k".getBytes(StandardCharsets.US_ASCII);

    private final DeviceKeys keys = new DeviceKeys().put("00200110", 1, KEY);
    private final List<Message> messages = new CopyOnWriteArrayList<>();

    private void received(Session session, ByteBuffer bytes) {
        Optional<SecureLink> link = session.attachment(SecureLink.class);
        if (link.isEmpty()) {
            SecureHandshake.accept(bytes, keys, false).ifPresent(accepted -> {
                session.attach(SecureLink.class, accepted.link());
                session.send(accepted.answer().bytes());
            });
            return;
        }
        byte[] clear = link.get().open(bytes).orElseThrow();
        if (clear.length == 0) {
            session.send(link.get().seal(clear));
            return;
        }
        Message message = PLC.decode(Direction.UP, clear);
        messages.add(message);
        new Conversation(PLC)
                .acknowledgement(message)
                .ifPresent(answer -> session.send(link.get().seal(PLC.encode(answer))));
    }

    @Test
    void reportsAndTheirAcknowledgementsTravelInRecords() throws Exception {
        try (IoService io = IoService.start();
                TcpServer server = TcpServer.on(io)
                        .address("127.0.0.1")
                        .port(0)
                        .framing(Framing.lengthPrefixed(1, 255))
                        .onMessage(this::received)
                        .start();
                Fleet fleet = Fleet.start(settings(server.port()))) {
            Waits.until("acknowledgements", () -> fleet.stats().acknowledged() >= 5);
            assertThat(fleet.stop(Waits.LIMIT).refused()).isZero();
        }
        assertThat(messages).allSatisfy(message -> {
            assertThat(message.problem()).isEmpty();
            assertThat(message.device()).contains("00200110");
        });
    }

    private static FleetSettings settings(int port) {
        return new FleetSettings(
                DeviceModel.of(PLC, DeviceModel.Choice.FOUND),
                "127.0.0.1",
                port,
                List.of(),
                1,
                0,
                Duration.ofMillis(20),
                Duration.ZERO,
                Duration.ZERO,
                100,
                Optional.of(device -> Optional.of(new KeyRing.Key(1, KEY))),
                Faults.NONE,
                1,
                Optional.empty());
    }
}
