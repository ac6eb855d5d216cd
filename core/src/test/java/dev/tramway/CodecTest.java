package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.testing.Await;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Peer;
import dev.tramway.testing.Wire;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages as objects, and codecs that fail. */
@ExtendWith(NoLeaks.class)
class CodecTest {
    private static final Framing FRAMING = Framing.lengthPrefixed(2, 60_000);

    /** A sealed family of messages, told apart by their first byte. */
    private sealed interface Order {
        /** A purchase. */
        record Buy(int amount, String what) implements Order {}

        /** The end. */
        record Quit() implements Order {}
    }

    private static final Codec<Order> ORDERS = new Codec<>() {
        @Override
        public Order decode(ByteBuffer message) {
            return switch (message.get()) {
                case 'b' -> new Order.Buy(message.getInt(), Text.of(message));
                case 'q' -> new Order.Quit();
                case 'x' -> throw new IllegalStateException("out of stock");
                default -> throw new FramingException("neither b nor q");
            };
        }

        @Override
        public int encodedSize(Order order) {
            return order instanceof Order.Buy buy ? 5 + buy.what().length() * 3 : 1;
        }

        @Override
        public void encode(Order order, ByteBuffer target) {
            switch (order) {
                case Order.Buy buy -> {
                    target.put((byte) 'b').putInt(buy.amount());
                    Codec.utf8().encode(buy.what(), target);
                }
                case Order.Quit quit -> target.put((byte) 'q');
            }
        }
    };

    /** Little endian, and fails, or is wrong about its size, for some numbers. */
    private static final Codec<Integer> LITTLE = new Codec<>() {
        @Override
        public Integer decode(ByteBuffer message) {
            return message.order(ByteOrder.LITTLE_ENDIAN).getInt();
        }

        @Override
        public int encodedSize(Integer number) {
            return number == 1 ? 2 : 4;
        }

        @Override
        public void encode(Integer number, ByteBuffer target) {
            target.order(ByteOrder.LITTLE_ENDIAN).putInt(number);
            if (number == 0) {
                throw new IllegalArgumentException("zero");
            }
        }
    };

    @OverWires
    void objectsComeAndGo(Wire wire) throws Exception {
        BlockingQueue<Order> heard = new LinkedBlockingQueue<>();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(FRAMING).onMessage(ORDERS, (session, order) -> {
                switch (order) {
                    case Order.Buy buy -> session.send(new Order.Buy(buy.amount() + 1, buy.what()), ORDERS);
                    case Order.Quit quit -> session.sendAndClose("q");
                }
            }));
            TcpClient client = net.client(
                    server,
                    options -> options.framing(FRAMING).onMessage(ORDERS, (session, order) -> heard.add(order)));
            Session session = Await.get(client.connectAsync());
            for (String what : new String[] {"", "tea", "\u20ac\u00e4\ud83d\ude00", "t".repeat(15_000)}) {
                session.send(new Order.Buy(Integer.MAX_VALUE - 1, what), ORDERS);
                assertThat(Await.next(heard)).isEqualTo(new Order.Buy(Integer.MAX_VALUE, what));
            }
            session.send(new Order.Quit(), ORDERS);
            assertThat(Await.next(heard)).isEqualTo(new Order.Quit());
        }
    }

    @OverWires
    void aMalformedMessageIsAProtocolErrorAndAFailingDecoderAFailedHandler(Wire wire) throws Exception {
        BlockingQueue<CloseReason> ends = new LinkedBlockingQueue<>();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(Framing.lines())
                    .onMessage(ORDERS, (session, order) -> session.send("taken"))
                    .onDisconnect((session, reason) -> ends.add(reason)));
            Peer good = net.peer(server);
            net.peer(server).send("what?\nq\n").awaitEnd();
            CloseReason malformed = Await.next(ends);
            assertThat(malformed.kind()).isEqualTo(CloseReason.Kind.PROTOCOL_ERROR);
            assertThat(malformed.detail()).contains("neither b nor q");
            assertThat(net.errors()).isEmpty();
            net.peer(server).send("x\nq\n").awaitEnd();
            CloseReason failed = Await.next(ends);
            assertThat(failed.kind()).isEqualTo(CloseReason.Kind.HANDLER_FAILED);
            assertThat(failed.detail()).contains("out of stock");
            assertThat(net.errors()).hasSize(1);
            assertThat(good.send("q\n").receiveText(6)).isEqualTo("taken\n");
        }
    }

    /** Thrown to the caller, wherever it calls; nothing of the object goes out. */
    @OverWires
    void aFailingEncoderIsToldToItsCaller(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(FRAMING));
            Peer peer = net.peer(server);
            Await.until("connected", () -> server.everyone().size() == 1);
            Session session = server.sessions().iterator().next();
            Runnable attempt = () -> {
                assertThatThrownBy(() -> session.send(0, LITTLE)).hasMessage("zero");
                assertThatThrownBy(() -> session.send(1, LITTLE)).isInstanceOf(BufferOverflowException.class);
                assertThat(session.send(2, LITTLE)).isEqualTo(SendResult.ACCEPTED);
                // What follows is big endian again.
                assertThat(session.send(new Order.Buy(3, ""), ORDERS)).isEqualTo(SendResult.ACCEPTED);
            };
            attempt.run();
            CompletableFuture<Void> onLoop = new CompletableFuture<>();
            session.execute(() -> {
                try {
                    attempt.run();
                    onLoop.complete(null);
                } catch (Throwable e) {
                    onLoop.completeExceptionally(e);
                }
            });
            Await.get(onLoop);
            for (int i = 0; i < 2; i++) {
                assertThat(peer.receive(6)).containsExactly(0, 4, 2, 0, 0, 0);
                assertThat(peer.receive(7)).containsExactly(0, 5, 'b', 0, 0, 0, 3);
            }
            assertThat(session.isOpen()).isTrue();
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void malformedTextIsReplaced(Wire wire) throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options ->
                    options.framing(Framing.lines()).onMessage(Codec.utf8(), (session, text) -> heard.add(text)));
            net.peer(server).send((byte) 'a', (byte) 0xff, (byte) 'b', (byte) '\n');
            assertThat(Await.next(heard)).isEqualTo("a\ufffdb");
        }
    }
}
