package dev.tramway;

import static dev.tramway.testing.Datagrams.at;
import static dev.tramway.testing.Datagrams.bytes;
import static dev.tramway.testing.Datagrams.copy;
import static dev.tramway.testing.Datagrams.echo;
import static dev.tramway.testing.Datagrams.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.testing.Await;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Wire;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.ExtendWith;

/** UDP in blocking style. */
@ExtendWith(NoLeaks.class)
class UdpSocketTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(20);

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void sendsAndReceivesInTheCallersThread(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            UdpEndpoint server = echo(net);
            UdpSocket free = net.closing(on(net).open());
            UdpSocket connected = net.closing(
                    UdpEndpoint.on(net.io()).connect(wire.host(), server.port()).open());
            for (int i = 0; i < 200; i++) {
                String text = "message " + i;
                free.send(server.address(), bytes(text));
                UdpSocket.Datagram answer = free.receive(LONG);
                assertThat(Text.of(answer.bytes())).isEqualTo(text);
                assertThat(answer.from()).isEqualTo(at(wire.host(), server.port()));
                connected.send(bytes(text), LONG);
                assertThat(Text.of(connected.receive().bytes())).isEqualTo(text);
            }
            assertThat(free.endpoint().stats().datagramsSent()).isEqualTo(200);
        }
    }

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void aWaitEndsAtItsTimeoutAndTheSocketGoesOn(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            UdpEndpoint server = echo(net);
            UdpSocket socket = net.closing(on(net).open());
            assertThatThrownBy(() -> socket.receive(SHORT))
                    .isInstanceOf(TimedOutException.class)
                    .hasMessageContaining("PT0.02S");
            assertThatThrownBy(() -> socket.receive(Duration.ZERO)).isInstanceOf(TimedOutException.class);
            socket.send(server.address(), bytes("late"), LONG);
            assertThat(Text.of(socket.receive(LONG).bytes())).isEqualTo("late");
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void datagramsWaitForTheirReaderInOrder(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            UdpSocket socket = net.closing(on(net).open());
            UdpEndpoint client = net.closing(on(net).start());
            for (int i = 0; i < 100; i++) {
                Await.get(client.sendAsync(
                        socket.endpoint().address(), ByteBuffer.allocate(4).putInt(0, i)));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(ByteBuffer.wrap(copy(socket.receive(LONG).bytes())).getInt())
                        .isEqualTo(i);
            }
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void aSenderWaitsForRoom(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            UdpSocket socket = net.closing(on(net).outbound(Outbound.limit(100).whenFull(Outbound.WhenFull.DROP_NEWEST))
                    .open());
            UdpEndpoint server = net.closing(on(net).start());
            // Only one datagram fits in, so that all but one sender wait, and each refusal may hide the room from the
            // others.
            List<CompletableFuture<Void>> senders = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                senders.add(CompletableFuture.runAsync(
                        () -> {
                            for (int n = 0; n < 500; n++) {
                                socket.send(server.address(), ByteBuffer.allocate(60), LONG);
                            }
                        },
                        task -> Thread.ofVirtual().start(task)));
            }
            for (CompletableFuture<Void> sender : senders) {
                Await.get(sender);
            }
            assertThat(socket.endpoint().stats().datagramsSent()).isEqualTo(8 * 500);
            assertThat(socket.endpoint().stats().datagramsDropped()).isZero();
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void closingWakesAReader(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            UdpSocket socket = net.closing(on(net).open());
            CompletableFuture<Throwable> ended = new CompletableFuture<>();
            Thread reader = Thread.ofVirtual().start(() -> {
                try {
                    socket.receive();
                } catch (ClosedException e) {
                    ended.complete(e);
                }
            });
            Await.until("reader waits", () -> reader.getState() == Thread.State.TIMED_WAITING);
            socket.close();
            assertThat(Await.get(ended)).hasMessageContaining("stopped");
            assertThatThrownBy(() -> socket.send(at(wire.host(), 9), bytes("x")))
                    .isInstanceOf(ClosedException.class);
            assertThatThrownBy(() -> socket.receive(LONG)).isInstanceOf(ClosedException.class);
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void joinsLeavesAndMulticastsAndWaitsForIt(Wire wire) throws Exception {
        MulticastGroup group = MulticastGroup.of("239.255.78.1").on("127.0.0.1");
        try (Net net = new Net(wire)) {
            UdpSocket receiver =
                    net.closing(UdpEndpoint.on(net.io()).bind("0.0.0.0", 0).open());
            UdpSocket sender = net.closing(on(net).multicastInterface("127.0.0.1")
                    .ttl(0)
                    .multicastTo("239.255.78.1", receiver.endpoint().port())
                    .open());
            receiver.join(group);
            sender.multicast(bytes("one"));
            assertThat(Text.of(receiver.receive(LONG).bytes())).isEqualTo("one");
            sender.multicast(bytes("two"), LONG);
            assertThat(Text.of(receiver.receive(LONG).bytes())).isEqualTo("two");
            receiver.leave(group);
            sender.multicast(bytes("three"));
            receiver.join(group);
            sender.multicast(bytes("four"));
            assertThat(Text.of(receiver.receive(LONG).bytes())).isEqualTo("four");
            assertThatThrownBy(() -> receiver.join(MulticastGroup.of("ff11::1").on("127.0.0.1")))
                    .isInstanceOf(SendFailedException.class)
                    .hasMessageContaining("cannot join");
            assertThatThrownBy(() -> receiver.multicast(bytes("x"))).isInstanceOf(IllegalStateException.class);
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void anEventLoopIsNotBlocked(Wire wire) throws Exception {
        CompletableFuture<Throwable> refused = new CompletableFuture<>();
        try (Net net = new Net(wire)) {
            UdpSocket socket = net.closing(on(net).open());
            net.io().post(() -> {
                try {
                    socket.receive();
                } catch (IllegalStateException e) {
                    refused.complete(e);
                }
            });
            assertThat(Await.get(refused)).hasMessageContaining("event loop");
        }
    }
}
