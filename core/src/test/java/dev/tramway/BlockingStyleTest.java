package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.testing.Await;
import dev.tramway.testing.EventLog;
import dev.tramway.testing.Gate;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Peer;
import dev.tramway.testing.PeerListener;
import dev.tramway.testing.Sessions;
import dev.tramway.testing.Wire;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Connections that are read and written by threads of the application's, which wait. */
@ExtendWith(NoLeaks.class)
@Timeout(120)
class BlockingStyleTest {
    private static final int SMALL_BUFFER = 64 * 1024;
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Framing LINES = Framing.lines();

    // ---- receiving --------------------------------------------------------------------------------------------------

    @OverWires(ipv6 = true)
    void aHandlerServesItsConnectionOnAVirtualThread(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        CompletableFuture<Boolean> virtual = new CompletableFuture<>();
        try (Net net = new Net(wire)) {
            TcpServer server =
                    net.server(options -> options.framing(LINES).listen(log).handle(connection -> {
                        virtual.complete(Thread.currentThread().isVirtual());
                        connection.send("name?");
                        String name = Text.of(connection.receive().orElseThrow());
                        connection.send("hello " + name);
                        connection.send("bye".getBytes(StandardCharsets.UTF_8));
                    }));
            Peer peer = net.peer(server);
            assertThat(peer.receiveText(6)).isEqualTo("name?\n");
            peer.send("ann\nignored\n");
            assertThat(new String(peer.receiveAll(), StandardCharsets.UTF_8)).isEqualTo("hello ann\nbye\n");
            peer.close();
            log.await("disconnect LOCAL");
            assertThat(Await.get(virtual)).isTrue();
            // Other listeners are told as ever.
            assertThat(log.of(log.session()))
                    .filteredOn(event -> !event.equals("handshake"))
                    .startsWith("connect", "join everyone", "message ann")
                    .endsWith("leave everyone", "disconnect LOCAL");
        }
    }

    @OverWires
    void receiveWaitsAsLongAsItIsTold(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(LINES));
            Connection client = net.connection(server, options -> options.framing(LINES));
            Session session = Sessions.only(server);
            assertThatThrownBy(() -> client.receive(Duration.ZERO)).isInstanceOf(TimedOutException.class);
            assertThatThrownBy(() -> client.receive(MOMENT))
                    .isInstanceOf(TimedOutException.class)
                    .hasMessageContaining("PT0.001S");
            CompletableFuture<String> waiting = CompletableFuture.supplyAsync(
                    () -> Text.of(client.receive().orElseThrow()), Executors.newVirtualThreadPerTaskExecutor());
            session.send("first");
            assertThat(Await.get(waiting)).isEqualTo("first");
            session.send("second");
            session.send("third");
            ByteBuffer second = client.receive(Await.LIMIT).orElseThrow();
            assertThat(second.isReadOnly()).isTrue();
            assertThat(Text.of(second)).isEqualTo("second");
            assertThat(Text.of(client.receive(Await.LIMIT).orElseThrow())).isEqualTo("third");
            session.sendAndClose("last");
            assertThat(Text.of(client.receive(Await.LIMIT).orElseThrow())).isEqualTo("last");
            assertThat(client.receive(Await.LIMIT)).isEmpty();
            assertThat(client.receive()).isEmpty();
            assertThat(client.receive(Duration.ZERO)).isEmpty();
            assertThatThrownBy(() -> client.send("x")).isInstanceOf(ClosedException.class);
        }
    }

    @OverWires
    void theIteratorEndsWithTheStream(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            CompletableFuture<List<String>> received = new CompletableFuture<>();
            TcpServer server = net.server(options -> options.framing(LINES).handle(connection -> {
                List<String> all = new ArrayList<>();
                for (ByteBuffer message : connection) {
                    all.add(Text.of(message));
                }
                Iterator<ByteBuffer> atEnd = connection.iterator();
                assertThat(atEnd.hasNext()).isFalse();
                assertThatThrownBy(atEnd::next).isInstanceOf(NoSuchElementException.class);
                received.complete(all);
            }));
            net.peer(server).send("a\nb\nc\nhalf a line").halfClose();
            assertThat(Await.get(received)).containsExactly("a", "b", "c");
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void whatArrivedBeforeAResetIsReceivedAndThenTheResetIsThrown(Wire wire) throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<Throwable> then = new CompletableFuture<>();
        EventLog log = EventLog.quiet();
        try (Gate gate = new Gate();
                Net net = new Net(wire)) {
            TcpServer server =
                    net.server(options -> options.framing(LINES).listen(log).handle(connection -> {
                        first.complete(Text.of(connection.receive().orElseThrow()));
                        gate.pass();
                        try {
                            while (connection.receive().isPresent()) {}
                        } catch (ClosedException e) {
                            then.complete(e);
                            throw e;
                        }
                    }));
            Peer peer = net.peer(server).send("a\nb\n");
            assertThat(Await.get(first)).isEqualTo("a");
            gate.awaitReached();
            peer.reset();
            gate.open();
            assertThat(Await.get(then)).hasMessageContaining("reset");
            log.await("disconnect RESET");
            assertThat(log.text()).isEqualTo("ab");
        }
    }

    @OverWires
    void whileNobodyReceivesThePeerCannotSend(Wire wire) throws Exception {
        int size = 10_000;
        int messages = 3_000;
        try (Gate gate = new Gate();
                Net net = new Net(wire)) {
            CompletableFuture<Integer> received = new CompletableFuture<>();
            TcpServer server = net.server(options -> options.framing(Framing.fixedSize(size))
                    .handle(connection -> {
                        gate.pass();
                        int count = 0;
                        for (ByteBuffer message : connection) {
                            assertThat(message.getInt()).isEqualTo(count++);
                        }
                        received.complete(count);
                    }));
            Peer peer = net.peer(server);
            net.closing(peer::abort);
            Thread sending = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < messages; i++) {
                    peer.send(ByteBuffer.allocate(size).putInt(0, i).array());
                }
                peer.halfClose();
            });
            Session session = Sessions.only(server);
            gate.awaitReached();
            Await.until("something has come", () -> session.stats().bytesReceived() > 0);
            for (int i = 0; i < 50; i++) {
                net.settle();
            }
            // A tenth of all; with io_uring, what its ring of buffers holds has been read ahead.
            assertThat(session.stats().bytesReceived()).isLessThan(3 << 20);
            assertThat(sending.isAlive()).isTrue();
            gate.open();
            assertThat(Await.get(received)).isEqualTo(messages);
            sending.join();
        }
    }

    // ---- sending ----------------------------------------------------------------------------------------------------

    /** Whatever the messages and their frames are like: a sender that waits is never cut off as a slow consumer's. */
    @OverWires
    void sendWaitsForRoomAndIsNeverRefused(Wire wire) throws Exception {
        record Load(int size, int messages, Framing framing) {}
        List<Load> loads = List.of(
                new Load(50_000, 300, Framing.lengthPrefixed(4, 50_000)),
                new Load(1, 400_000, Framing.lengthPrefixed(8, 1)),
                new Load(0, 400_000, Framing.lengthPrefixed(8, 1)));
        for (Load load : loads) {
            for (Outbound.WhenFull policy : Outbound.WhenFull.values()) {
                int header = load.size() > 1 ? 4 : 8;
                try (Net net = new Net(wire)) {
                    CompletableFuture<Long> most = new CompletableFuture<>();
                    TcpServer server = net.server(options -> options.framing(load.framing())
                            .outbound(Outbound.limit(200_000).whenFull(policy))
                            .socketBuffers(0, SMALL_BUFFER)
                            .handle(connection -> {
                                ByteBuffer message = ByteBuffer.allocate(load.size());
                                long pending = 0;
                                for (int i = 0; i < load.messages(); i++) {
                                    connection.send(message);
                                    pending = Math.max(
                                            pending,
                                            connection.session().stats().bytesPending());
                                }
                                most.complete(pending);
                            }));
                    Peer slow = net.closing(Peer.connect(wire, server.port(), SMALL_BUFFER));
                    net.closing(slow::abort);
                    Session session = Sessions.only(server);
                    net.settle();
                    assertThat(most).isNotDone();
                    int all = load.messages() * (load.size() + header);
                    assertThat(slow.receiveAll()).hasSize(all);
                    assertThat(Await.get(most)).isLessThanOrEqualTo(200_000);
                    assertThat(session.stats().messagesDropped()).isZero();
                }
            }
        }
    }

    @OverWires
    void aSendThatTimesOutHasSentNothing(Wire wire) throws Exception {
        int size = 5_000;
        try (Net net = new Net(wire)) {
            PeerListener listener = net.listener();
            CompletableFuture<Peer> accepted = CompletableFuture.supplyAsync(listener::accept);
            Connection client = net.closing(wire.client(net.io(), listener.port())
                    .framing(Framing.lengthPrefixed(4, size))
                    .socketBuffers(0, SMALL_BUFFER)
                    .open());
            Peer slow = net.closing(Await.get(accepted));
            net.closing(slow::abort);
            int count = 0;
            try {
                while (true) {
                    client.send(ByteBuffer.allocate(size).putInt(0, count), Duration.ofMillis(50));
                    count++;
                }
            } catch (TimedOutException e) {
                assertThat(e).hasMessageContaining("no room");
            }
            assertThatThrownBy(() -> client.send(ByteBuffer.allocate(size).putInt(0, -1), Duration.ZERO))
                    .isInstanceOf(TimedOutException.class);
            for (int i = 0; i < count; i++) {
                ByteBuffer frame = ByteBuffer.wrap(slow.receive(4 + size));
                assertThat(frame.getInt()).isEqualTo(size);
                assertThat(frame.getInt()).isEqualTo(i);
            }
            client.send(ByteBuffer.allocate(size).putInt(0, count), Await.LIMIT);
            assertThat(ByteBuffer.wrap(slow.receive(4 + size)).getInt(4)).isEqualTo(count);
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void aMessageThatTheFramingCannotHoldIsThrownByTheNextCall(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(Framing.raw()));
            Connection client = net.connection(server, options -> options.framing(Framing.fixedSize(3)));
            client.send("four");
            assertThatThrownBy(() -> client.receive(Await.LIMIT))
                    .isInstanceOf(FramingException.class)
                    .hasMessageContaining("was not sent")
                    .hasMessageContaining("exactly 3");
            Session session = Sessions.only(server);
            CompletableFuture<String> heard = new CompletableFuture<>();
            session.onMessage((same, message) -> heard.complete(Text.of(message)));
            client.send("yes");
            assertThat(Await.get(heard)).isEqualTo("yes");
        }
    }

    @OverWires
    void broadcastsAndOtherThreadsMaySendBesidesTheHandler(Wire wire) throws Exception {
        int messages = 2_000;
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(LINES)
                    .outbound(Outbound.limit(1 << 20))
                    .handle(connection -> {
                        for (int i = 0; i < messages; i++) {
                            connection.send("handler");
                        }
                        connection.receive();
                    }));
            Peer peer = net.peer(server);
            Session session = Sessions.only(server);
            for (int i = 0; i < messages; i++) {
                server.broadcast("all----");
                session.send("session");
            }
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < 3 * messages; i++) {
                lines.add(peer.receiveText(8));
            }
            assertThat(lines).filteredOn("handler\n"::equals).hasSize(messages);
            assertThat(lines).filteredOn("all----\n"::equals).hasSize(messages);
            assertThat(lines).filteredOn("session\n"::equals).hasSize(messages);
        }
    }

    // ---- the end ----------------------------------------------------------------------------------------------------

    @OverWires
    void closeSendsWhatWasAcceptedAndWaits(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(
                    options -> options.framing(Framing.fixedSize(1_000)).listen(log));
            Connection client = net.connection(server, options -> options.framing(Framing.fixedSize(1_000)));
            for (int i = 0; i < 200; i++) {
                client.send(new byte[1_000]);
            }
            client.close();
            assertThat(client.session().isOpen()).isFalse();
            assertThat(client.session().closeReason().orElseThrow().kind()).isEqualTo(CloseReason.Kind.LOCAL);
            log.await("disconnect PEER_CLOSED");
            assertThat(server.stats().messagesReceived()).isEqualTo(200);
            assertThat(client.receive()).isEmpty();
            assertThatThrownBy(() -> client.send(new byte[1_000])).isInstanceOf(ClosedException.class);
            client.close();
        }
    }

    @OverWires
    void aStopOfTheServerEndsHandlersThatWait(Wire wire) throws Exception {
        AtomicInteger ended = new AtomicInteger();
        List<String> wrong = new CopyOnWriteArrayList<>();
        EventLog log = EventLog.quiet();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.listen(log).handle(connection -> {
                if (connection.receive().isPresent()) {
                    wrong.add("received something");
                }
                ended.incrementAndGet();
            }));
            for (int i = 0; i < 10; i++) {
                net.peer(server);
            }
            Sessions.all(server, 10);
            StopReport report = Await.get(server.stop(Duration.ZERO));
            Await.until("all handlers", () -> ended.get() == 10);
            assertThat(wrong).isEmpty();
            assertThat(report.cut()).isZero();
            assertThat(report.drained()).isEqualTo(10);
            assertThat(log.all()).filteredOn("disconnect SHUTDOWN"::equals).hasSize(10);
        }
    }

    @OverWires
    void aStopAlsoEndsAHandlerThatWaitsToSend(Wire wire) throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        try (Net net = new Net(wire)) {
            TcpServer server =
                    net.server(options -> options.socketBuffers(0, SMALL_BUFFER).handle(connection -> {
                        try {
                            while (true) {
                                connection.send(new byte[10_000]);
                            }
                        } catch (ClosedException e) {
                            thrown.complete(e);
                            throw e;
                        }
                    }));
            net.closing(Peer.connect(wire, server.port(), SMALL_BUFFER));
            Session session = Sessions.only(server);
            Await.until("full", () -> session.stats().bytesPending() > 400_000);
            Await.get(server.stop(Duration.ZERO));
            assertThat(Await.get(thrown)).isInstanceOf(ClosedException.class);
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void anInterruptedThreadStopsWaitingAndTheConnectionStaysOpen(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(LINES));
            Connection client =
                    net.connection(server, options -> options.framing(LINES).socketBuffers(0, SMALL_BUFFER));
            Session session = Sessions.only(server);
            assertThat(interrupted(client, Connection::receive)).hasMessageContaining("interrupted");
            session.pauseReading();
            assertThat(interrupted(client, connection -> {
                        while (true) {
                            connection.send("x".repeat(8_000));
                        }
                    }))
                    .hasMessageContaining("interrupted");
            assertThat(client.session().isOpen()).isTrue();
            session.resumeReading();
            session.send("still here");
            assertThat(Text.of(client.receive(Await.LIMIT).orElseThrow())).isEqualTo("still here");
        }
    }

    /** Interrupts a thread that waits, and gives what it threw, provided that it was left interrupted. */
    private static Throwable interrupted(Connection connection, Consumer<Connection> waiting) {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                waiting.accept(connection);
                thrown.complete(new AssertionError("not interrupted"));
            } catch (ClosedException e) {
                thrown.complete(Thread.currentThread().isInterrupted() ? e : new AssertionError("the flag is gone", e));
            }
        });
        Await.until(
                "waiting",
                () -> thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
        thread.interrupt();
        return Await.get(thrown);
    }

    /** A relay in blocking style, for example, whose other side goes away. */
    @OverWires(OverWires.Kind.PLAIN)
    void theEndOfAnotherConnectionIsAFailureOfTheHandler(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = new Net(wire)) {
            TcpServer backend = net.server(options -> options.onMessage((session, message) -> session.close()));
            TcpServer server = net.server(options -> options.listen(log).handle(connection -> {
                try (Connection other = wire.client(net.io(), backend.port()).open()) {
                    other.send("go away");
                    other.receive();
                    other.send("are you there?");
                }
            }));
            net.peer(server).awaitEnd();
            log.await("disconnect HANDLER_FAILED");
            assertThat(net.errors()).hasSize(1);
            assertThat(net.errors().get(0).cause().orElseThrow()).isInstanceOf(ClosedException.class);
        }
    }

    // ---- many, and clients ------------------------------------------------------------------------------------------

    @OverWires
    void manyConnectionsWaitAtTheSameTime(Wire wire) throws Exception {
        int connections = wire.encrypted() ? 100 : 500;
        try (Net net = new Net(wire);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            TcpServer server = net.server(options -> options.framing(LINES).handle(connection -> {
                for (ByteBuffer message : connection) {
                    connection.send(message);
                }
            }));
            List<CompletableFuture<Integer>> echoes = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                Connection client = net.connection(server, options -> options.framing(LINES));
                echoes.add(CompletableFuture.supplyAsync(() -> echoed(client), threads));
            }
            for (CompletableFuture<Integer> echo : echoes) {
                assertThat(Await.get(echo)).isEqualTo(20);
            }
            assertThat(server.stats().messagesReceived()).isEqualTo(20L * connections);
        }
    }

    private static int echoed(Connection client) {
        int count = 0;
        for (int i = 0; i < 20; i++) {
            client.send("message " + i);
            count += Text.equals(client.receive(Await.LIMIT).orElseThrow(), "message " + i) ? 1 : 0;
        }
        return count;
    }

    @Test
    void openTellsWhyItCannotConnect() throws Exception {
        try (Net net = new Net(Wire.plain())) {
            int free;
            try (PeerListener listener = net.listener()) {
                free = listener.port();
            }
            assertThatThrownBy(
                            () -> TcpClient.on(net.io()).to("127.0.0.1", free).open())
                    .isInstanceOf(ConnectFailedException.class)
                    .hasMessageContaining("127.0.0.1:" + free)
                    .hasMessageContaining("refused");
        }
    }

    /** Else a client that nobody knows would come back again and again. */
    @Test
    void aConnectionThatWasOpenedDoesNotReconnect() throws Exception {
        try (Net net = new Net(Wire.plain())) {
            TcpServer server = net.server(options -> options.onMessage((session, message) -> session.close()));
            Connection client = net.connection(server, options -> options.reconnect(Backoff.fixed(MOMENT)));
            client.send("x");
            assertThat(client.receive(Await.LIMIT)).isEmpty();
            Await.until("left", () -> server.stats().disconnected() == 1);
            // Time enough for one that would.
            for (int i = 0; i < 5; i++) {
                TcpClient other = net.client(server, options -> {});
                CompletableFuture<Void> waited = new CompletableFuture<>();
                net.io().after(MOMENT, () -> waited.complete(null));
                Await.get(waited);
                other.close();
            }
            assertThat(server.stats().accepted()).isEqualTo(6);
        }
    }

    @Test
    void onAnEventLoopWaitingIsRefused() throws Exception {
        try (Net net = new Net(Wire.plain())) {
            TcpServer server = net.server(options -> {});
            Connection client = net.connection(server, options -> {});
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            net.io().post(() -> {
                try {
                    client.receive();
                    thrown.complete(new AssertionError("it did not wait"));
                } catch (IllegalStateException e) {
                    thrown.complete(e);
                }
            });
            assertThat(Await.get(thrown)).hasMessageContaining("wait for itself");
        }
    }
}
