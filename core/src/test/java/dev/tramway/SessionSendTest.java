package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.testing.Await;
import dev.tramway.testing.EventLog;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Peer;
import dev.tramway.testing.Sessions;
import dev.tramway.testing.Wire;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of a message that is sent, and what is told and counted of it. */
@ExtendWith(NoLeaks.class)
class SessionSendTest {
    private static final Framing FRAMES = Framing.lengthPrefixed(2, 60_000);
    private static final int SMALL_BUFFER = 16 * 1024;

    // ---- forms and order --------------------------------------------------------------------------------------------

    @OverWires
    void everyFormOfAMessageGoesOutWholeAndInOrder(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(FRAMES));
            Peer peer = net.peer(server);
            Session session = Sessions.only(server);
            byte[] expected = frames("array", "buffer", "grüße", "codec");
            sendEveryForm(session);
            assertThat(peer.receive(expected.length)).isEqualTo(expected);
            Sessions.onLoop(session, () -> sendEveryForm(session));
            assertThat(peer.receive(expected.length)).isEqualTo(expected);
            Await.until("all counted", () -> server.stats().messagesSent() == 8);
        }
    }

    private static void sendEveryForm(Session session) {
        byte[] array = "array".getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.wrap("a buffer!".getBytes(StandardCharsets.UTF_8), 2, 6);
        assertThat(session.send(array)).isEqualTo(SendResult.ACCEPTED);
        assertThat(session.send(buffer)).isEqualTo(SendResult.ACCEPTED);
        assertThat(buffer.position()).isEqualTo(2);
        assertThat(buffer.limit()).isEqualTo(8);
        // The caller's memory is its own again.
        array[0] = 'X';
        buffer.put(2, (byte) 'X');
        assertThat(session.send("grüße")).isEqualTo(SendResult.ACCEPTED);
        assertThat(session.send("codec", Codec.utf8())).isEqualTo(SendResult.ACCEPTED);
    }

    private static byte[] frames(String... texts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String text : texts) {
            byte[] message = text.getBytes(StandardCharsets.UTF_8);
            bytes.write(message.length >> 8);
            bytes.write(message.length);
            bytes.writeBytes(message);
        }
        return bytes.toByteArray();
    }

    /** Large echoes are sent out of the buffer that was read into, which other sessions then must not read into. */
    @OverWires
    void anEchoThatThePeerTakesLateIsNotOverwrittenByWhatIsReadNext(Wire wire) throws Exception {
        byte[] first = noise(4 << 20, 1);
        byte[] second = noise(4 << 20, 2);
        try (Net net = new Net(wire, io -> io.threads(1))) {
            TcpServer server = net.server(options ->
                    options.outbound(Outbound.limit(64 << 20)).onMessage((session, message) -> session.send(message)));
            Peer one = net.closing(Peer.connect(wire, server.port(), SMALL_BUFFER));
            Peer other = net.closing(Peer.connect(wire, server.port(), SMALL_BUFFER));
            Thread sendingOne = Thread.ofVirtual().start(() -> one.send(first));
            Thread sendingOther = Thread.ofVirtual().start(() -> other.send(second));
            Await.until(
                    "more is owed than the kernel takes", () -> server.stats().bytesPending() > SMALL_BUFFER);
            assertThat(one.receive(first.length)).isEqualTo(first);
            assertThat(other.receive(second.length)).isEqualTo(second);
            sendingOne.join();
            sendingOther.join();
        }
    }

    private static byte[] noise(int size, int seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @OverWires
    void messagesOfOneThreadKeepTheirOrderAndAreNeverMixed(Wire wire) throws Exception {
        int threads = 4;
        int messages = 1_000;
        try (Net net = new Net(wire)) {
            TcpServer server =
                    net.server(options -> options.framing(Framing.fixedSize(8)).outbound(Outbound.limit(64 << 20)));
            Peer peer = net.peer(server);
            Session session = Sessions.only(server);
            List<Thread> senders = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int sender = i;
                senders.add(Thread.ofVirtual().start(() -> {
                    for (int n = 0; n < messages; n++) {
                        ByteBuffer message =
                                ByteBuffer.allocate(8).putInt(sender).putInt(n).flip();
                        if (sender == 0) {
                            int number = n;
                            session.execute(() -> session.send(message.putInt(4, number)));
                        } else {
                            session.send(message);
                        }
                    }
                }));
            }
            int[] next = new int[threads];
            for (int i = 0; i < threads * messages; i++) {
                ByteBuffer message = ByteBuffer.wrap(peer.receive(8));
                int sender = message.getInt();
                assertThat(message.getInt()).isEqualTo(next[sender]++);
            }
            for (Thread sender : senders) {
                sender.join();
            }
        }
    }

    // ---- told when taken --------------------------------------------------------------------------------------------

    @OverWires
    void onSentIsToldOnceForEachMessageInOrderAlsoForBroadcasts(Wire wire) throws Exception {
        EventLog log = new EventLog();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(FRAMES).listen(log));
            Peer peer = net.peer(server);
            Session session = Sessions.only(server);
            Sessions.onLoop(session, () -> {
                session.send("1");
                server.broadcast("22");
                session.send("333");
                server.broadcast("4444");
            });
            session.send("55555");
            server.broadcast("666666");
            byte[] expected = frames("1", "22", "333", "4444", "55555", "666666");
            assertThat(peer.receive(expected.length)).isEqualTo(expected);
            log.await("sent 8");
            net.settle();
            assertThat(log.of(session))
                    .filteredOn(event -> event.startsWith("sent"))
                    .containsExactly("sent 3", "sent 4", "sent 5", "sent 6", "sent 7", "sent 8");
            assertThat(log.of(session)).endsWith("drained");
            assertThat(session.stats().messagesSent()).isEqualTo(6);
            assertThat(session.stats().bytesSent()).isEqualTo(expected.length);
        }
    }

    @OverWires
    void onSentWaitsForTheKernelAndOnDrainedForTheLast(Wire wire) throws Exception {
        EventLog log = new EventLog();
        int messages = 500;
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(Framing.fixedSize(50_000))
                    .outbound(Outbound.limit(64 << 20))
                    .socketBuffers(0, SMALL_BUFFER)
                    .listen(log));
            Peer slow = net.closing(Peer.connect(wire, server.port(), SMALL_BUFFER));
            Session session = Sessions.only(server);
            List<Integer> own = new CopyOnWriteArrayList<>();
            session.onSent((same, bytes) -> own.add(bytes));
            Sessions.onLoop(session, () -> {
                for (int i = 0; i < messages; i++) {
                    session.send(new byte[50_000]);
                }
            });
            net.settle();
            assertThat(own.size()).isLessThan(messages);
            assertThat(log.all()).doesNotContain("drained");
            slow.receive(messages * 50_000);
            log.await("drained");
            net.settle();
            assertThat(log.all()).filteredOn("sent 50000"::equals).hasSize(messages);
            assertThat(own).hasSize(messages).containsOnly(50_000);
            assertThat(session.stats().bytesPending()).isZero();
        }
    }

    /** As long as it likes, and although the kernel takes all at once: others on the same loop get their turns. */
    @OverWires
    void whoSendsFromOnSentForEverDoesNotKeepOthersFromTheLoop(Wire wire) throws Exception {
        for (int size : new int[] {1, 100_000}) {
            AtomicBoolean goOn = new AtomicBoolean(true);
            try (Net net = new Net(wire, options -> options.threads(1).blockedAfter(Duration.ZERO))) {
                TcpServer server = net.server(options -> options.onMessage(Session::send));
                Peer endless = net.peer(server);
                Session session = Sessions.only(server);
                session.onSent((same, bytes) -> {
                    if (goOn.get()) {
                        same.send(new byte[size]);
                    }
                });
                Thread reading = Thread.ofPlatform().start(endless::awaitEnd);
                session.send(new byte[size]);
                Await.until("many", () -> session.stats().messagesSent() > 100);
                Peer other = net.peer(server);
                for (int i = 0; i < 20; i++) {
                    assertThat(other.send("x").receiveText(1)).isEqualTo("x");
                }
                goOn.set(false);
                session.close();
                reading.join();
            }
        }
    }

    @OverWires
    void sendAsyncCompletesWhenTheKernelHasTakenTheMessage(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(
                    options -> options.outbound(Outbound.limit(64 << 20)).socketBuffers(0, SMALL_BUFFER));
            Peer slow = net.closing(Peer.connect(wire, server.port(), SMALL_BUFFER));
            Session session = Sessions.only(server);
            CompletableFuture<Void> first = session.sendAsync(ByteBuffer.allocate(10));
            Await.get(first);
            slow.receive(10);
            Sessions.stall(session, 2_000_000);
            CompletableFuture<Void> fromAfar = session.sendAsync(ByteBuffer.allocate(10));
            CompletableFuture<Void> onLoop = Sessions.onLoop(session, () -> session.sendAsync(ByteBuffer.allocate(10)));
            CompletableFuture<Boolean> where = onLoop.thenApply(done -> net.io().inLoop());
            net.settle();
            assertThat(fromAfar).isNotDone();
            assertThat(onLoop).isNotDone();
            long all = Sessions.onLoop(
                            session,
                            () -> session.stats().bytesPending()
                                    + session.stats().bytesSent())
                    - 10;
            slow.receive((int) all);
            Await.get(fromAfar);
            assertThat(Await.get(where)).isTrue();
        }
    }

    @OverWires
    void sendAsyncFailsIfTheSessionEndsFirst(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(
                    options -> options.outbound(Outbound.limit(64 << 20)).socketBuffers(0, SMALL_BUFFER));
            net.closing(Peer.connect(wire, server.port(), SMALL_BUFFER));
            Session session = Sessions.only(server);
            Sessions.stall(session, 2_000_000);
            CompletableFuture<Void> sent = session.sendAsync(ByteBuffer.allocate(10));
            net.settle();
            session.close(CloseReason.of(CloseReason.Kind.LIMIT, "enough"));
            assertThat(Await.failureOf(sent))
                    .isInstanceOf(ClosedException.class)
                    .hasMessageContaining("limit reached: enough");
            Await.until("ended", () -> server.stats().disconnected() == 1);
            assertThat(Await.failureOf(session.sendAsync(ByteBuffer.allocate(10))))
                    .isInstanceOf(ClosedException.class);
            // Nothing is pending any more.
            net.settle();
            assertThat(session.stats().bytesPending()).isZero();
            assertThat(server.stats().bytesPending()).isZero();
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void sendAsyncFailsIfTheMessageIsRefusedOrDropped(Wire wire) throws Exception {
        for (Outbound.WhenFull policy : List.of(Outbound.WhenFull.DROP_NEWEST, Outbound.WhenFull.DROP_OLDEST)) {
            try (Net net = new Net(wire)) {
                TcpServer server = net.server(
                        options -> options.outbound(Outbound.limit(300_000).whenFull(policy))
                                .socketBuffers(0, SMALL_BUFFER));
                net.closing(Peer.connect(wire, server.port(), SMALL_BUFFER));
                Session session = Sessions.only(server);
                List<CompletableFuture<Void>> sends = Sessions.onLoop(
                        session,
                        () -> IntStream.range(0, 1_000)
                                .mapToObj(i -> session.sendAsync(ByteBuffer.allocate(10_000)))
                                .toList());
                net.settle();
                List<CompletableFuture<Void>> failed = sends.stream()
                        .filter(CompletableFuture::isCompletedExceptionally)
                        .toList();
                assertThat(failed)
                        .isNotEmpty()
                        .allSatisfy(sent -> assertThat(Await.failureOf(sent)).isInstanceOf(ClosedException.class));
                if (policy == Outbound.WhenFull.DROP_OLDEST) {
                    assertThat(session.stats().messagesDropped()).isEqualTo(failed.size());
                    assertThat(sends.get(999).isCompletedExceptionally()).isFalse();
                } else {
                    assertThat(session.stats().messagesDropped()).isZero();
                    assertThat(sends.get(999).isCompletedExceptionally()).isTrue();
                }
                // Refused by the loop, after it was taken over from this thread.
                if (policy == Outbound.WhenFull.DROP_NEWEST) {
                    assertThat(Await.failureOf(session.sendAsync(ByteBuffer.allocate(10_000))))
                            .hasMessageContaining("full");
                }
            }
        }
    }

    @OverWires
    void anEmptyMessageIsTakenAtOnce(Wire wire) throws Exception {
        EventLog log = new EventLog();
        try (Net net = new Net(wire)) {
            TcpServer server =
                    net.server(options -> options.outbound(Outbound.DEFAULT.whenFull(Outbound.WhenFull.DROP_OLDEST))
                            .listen(log));
            Peer peer = net.peer(server);
            Session session = Sessions.only(server);
            Await.get(session.sendAsync(ByteBuffer.allocate(0)));
            log.await("sent 0");
            assertThat(session.send("")).isEqualTo(SendResult.ACCEPTED);
            assertThat(session.send("after")).isEqualTo(SendResult.ACCEPTED);
            assertThat(peer.receiveText(5)).isEqualTo("after");
            log.await("sent 5");
            net.settle();
            assertThat(log.all()).filteredOn("sent 0"::equals).hasSize(2);
            assertThat(session.stats()).isEqualTo(new SessionStats(0, 5, 0, 0, 3, 0));
            assertThat(server.stats().messagesSent()).isEqualTo(3);
        }
    }

    // ---- messages that cannot be framed -----------------------------------------------------------------------------

    @OverWires(OverWires.Kind.PLAIN)
    void aMessageThatTheFramingCannotHoldIsToldToItsSenderAndSpoilsNothing(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = new Net(wire)) {
            TcpServer server =
                    net.server(options -> options.framing(Framing.fixedSize(3)).listen(log));
            Peer peer = net.peer(server);
            Session session = Sessions.only(server);
            ByteBuffer wrong = ByteBuffer.allocate(4);
            assertThatThrownBy(() -> Await.get(CompletableFuture.runAsync(() -> session.send(wrong), session)))
                    .hasRootCauseInstanceOf(FramingException.class);
            assertThat(Await.failureOf(
                            Sessions.<CompletableFuture<Void>>onLoop(session, () -> session.sendAsync(wrong))))
                    .isInstanceOf(FramingException.class);
            // From another thread the framing is asked later: by then send has answered.
            assertThat(Await.failureOf(session.sendAsync(wrong))).isInstanceOf(FramingException.class);
            assertThat(session.send(wrong)).isEqualTo(SendResult.ACCEPTED);
            log.await("error PROTOCOL FRAMING");
            session.send("yes");
            assertThat(peer.receiveText(3)).isEqualTo("yes");
        }
    }

    /** A writer of the application's that fails in another way is a handler that fails. */
    @OverWires(OverWires.Kind.PLAIN)
    void aWriterThatFailsEndsTheSessionAndTheFuture(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.listen(log));
            net.peer(server);
            Session session = Sessions.only(server);
            session.writeFraming(new BrokenWriter());
            assertThat(Await.failureOf(session.sendAsync(ByteBuffer.allocate(4))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("broken");
            log.await("disconnect HANDLER_FAILED");
            assertThat(net.errors()).hasSize(1);
        }
    }

    private static final class BrokenWriter implements Framing, FrameWriter {
        @Override
        public FrameReader newReader() {
            return Framing.raw().newReader();
        }

        @Override
        public FrameWriter newWriter() {
            return this;
        }

        @Override
        public int frameSize(int messageSize) {
            return messageSize;
        }

        @Override
        public void write(ByteBuffer message, ByteBuffer target) {
            throw new IllegalStateException("broken");
        }
    }

    // ---- the end ----------------------------------------------------------------------------------------------------

    @OverWires
    void sendAndCloseDeliversEverythingAndThenTheEnd(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.outbound(Outbound.limit(64 << 20))
                    .socketBuffers(0, SMALL_BUFFER)
                    .listen(log));
            for (boolean onLoop : new boolean[] {true, false}) {
                log.all().clear();
                Peer slow = net.closing(Peer.connect(wire, server.port(), SMALL_BUFFER));
                Session session = Sessions.of(server, slow);
                Sessions.stall(session, 3_000_000);
                long owed = Sessions.onLoop(
                        session,
                        () -> session.stats().bytesPending() + session.stats().bytesSent());
                SendResult result = onLoop
                        ? Sessions.onLoop(session, () -> session.sendAndClose("last words"))
                        : session.sendAndClose("last words");
                assertThat(result).isEqualTo(SendResult.ACCEPTED);
                assertThat(session.isOpen()).isFalse();
                assertThat(session.send("too late")).isEqualTo(SendResult.CLOSED);
                assertThat(session.sendAndClose("too late")).isEqualTo(SendResult.CLOSED);
                byte[] received = slow.receiveAll();
                assertThat(received).hasSize((int) owed + 10);
                assertThat(new String(received, (int) owed, 10, StandardCharsets.UTF_8))
                        .isEqualTo("last words");
                slow.close();
                log.await("disconnect LOCAL");
                assertThat(session.stats().bytesSent()).isEqualTo(owed + 10);
            }
            assertThat(server.stats().bytesPending()).isZero();
        }
    }

    @OverWires
    void closeSendsWhatTheKernelTakesAtOnceAndTellsThePeer(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.listen(log));
            Peer peer = net.peer(server);
            Session session = Sessions.only(server);
            session.send("before");
            session.close();
            assertThat(session.send("behind")).isEqualTo(SendResult.CLOSED);
            assertThat(new String(peer.receiveAll(), StandardCharsets.UTF_8)).isEqualTo("before");
            log.await("disconnect LOCAL");
        }
    }

    // ---- counters ---------------------------------------------------------------------------------------------------

    @OverWires
    void allCountersAreExactOnBothSidesAlsoAfterTheEnd(Wire wire) throws Exception {
        int messages = 3_000;
        int payload = IntStream.range(0, messages).map(i -> i % 700).sum();
        long bytes = payload + 2L * messages;
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options ->
                    options.framing(FRAMES).outbound(Outbound.limit(64 << 20)).onMessage(Session::send));
            TcpClient client =
                    net.client(server, options -> options.framing(FRAMES).outbound(Outbound.limit(64 << 20)));
            Session ofServer = Sessions.only(server);
            assertThat(client.stats()).isEqualTo(new SessionStats(0, 0, 0, 0, 0, 0));
            for (int i = 0; i < messages; i++) {
                assertThat(client.send(new byte[i % 700])).isEqualTo(SendResult.ACCEPTED);
            }
            SessionStats exact = new SessionStats(bytes, bytes, 0, messages, messages, 0);
            Await.until("echo", () -> client.stats().bytesReceived() == bytes);
            net.settle();
            assertThat(client.stats()).isEqualTo(exact);
            assertThat(ofServer.stats()).isEqualTo(exact);
            assertThat(server.stats())
                    .isEqualTo(new ServerStats(1, 1, 0, 0, 0, 0, bytes, bytes, 0, messages, messages, 0));
            Await.get(client.disconnect());
            Await.until("left", () -> server.stats().sessions() == 0);
            net.settle();
            assertThat(client.stats()).isEqualTo(exact);
            assertThat(ofServer.stats()).isEqualTo(exact);
            assertThat(server.stats())
                    .isEqualTo(new ServerStats(0, 1, 0, 0, 0, 1, bytes, bytes, 0, messages, messages, 0));
            Await.get(server.restart());
            assertThat(server.stats()).isEqualTo(new ServerStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        }
    }

    @Test
    void attachmentsAreFoundByTheirTypeFromAnyThread() throws Exception {
        try (Net net = new Net(Wire.plain())) {
            TcpServer server = net.server(options -> {});
            net.peer(server);
            Session session = Sessions.only(server);
            assertThat(session.attachment(String.class)).isEmpty();
            session.attach(CharSequence.class, "sequence");
            session.attach(String.class, "old");
            Sessions.onLoop(session, () -> session.attach(String.class, "new"));
            assertThat(session.attachment(String.class)).contains("new");
            assertThat(session.attachment(CharSequence.class)).contains("sequence");
        }
    }
}
