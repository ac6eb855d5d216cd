package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.testing.Await;
import dev.tramway.testing.EventLog;
import dev.tramway.testing.Gate;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Peer;
import dev.tramway.testing.Sessions;
import dev.tramway.testing.Wire;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The two designs: a loop for each thread, and a pool of handlers; and what a handler that blocks or throws does to others. */
@ExtendWith(NoLeaks.class)
class HandlersTest {
    private static final int SESSIONS = 100;
    private static final Framing LINES = Framing.lines();

    // ---- one of a hundred -------------------------------------------------------------------------------------------

    @OverWires
    void onAPoolAHandlerThatBlocksDoesNotKeepTheOtherNinetyNineWaiting(Wire wire) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(4);
                Gate gate = new Gate();
                Net net = new Net(wire)) {
            TcpServer server =
                    net.server(options -> options.framing(LINES).handlers(pool).onMessage((session, message) -> {
                        if (Text.equals(message, "block")) {
                            gate.pass();
                        }
                        session.send(message);
                    }));
            List<Peer> peers = peers(net, server);
            peers.get(0).send("block\nblocked until then\n");
            gate.awaitReached();
            exchange(peers.subList(1, SESSIONS));
            gate.open();
            assertThat(peers.get(0).receiveText(25)).isEqualTo("block\nblocked until then\n");
        }
    }

    @OverWires
    void inBlockingStyleAHandlerThatBlocksDoesNotKeepTheOtherNinetyNineWaiting(Wire wire) throws Exception {
        try (Gate gate = new Gate();
                Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(LINES).handle(connection -> {
                for (ByteBuffer message : connection) {
                    if (Text.equals(message, "block")) {
                        gate.pass();
                    }
                    connection.send(message);
                }
            }));
            List<Peer> peers = peers(net, server);
            peers.get(0).send("block\n");
            gate.awaitReached();
            exchange(peers.subList(1, SESSIONS));
            gate.open();
            assertThat(peers.get(0).receiveText(6)).isEqualTo("block\n");
        }
    }

    @OverWires
    void aHandlerThatThrowsIsNotNoticedByTheOtherNinetyNine(Wire wire) throws Exception {
        Consumer<TcpServer.Builder> onLoop = options -> options.onMessage(HandlersTest::echoOrThrow);
        Consumer<TcpServer.Builder> blocking = options -> options.handle(connection -> {
            for (ByteBuffer message : connection) {
                echoOrThrow(connection.session(), message);
            }
        });
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            Consumer<TcpServer.Builder> onPool = onLoop.andThen(options -> options.handlers(pool));
            for (Consumer<TcpServer.Builder> style : List.of(onLoop, onPool, blocking)) {
                EventLog log = EventLog.quiet();
                try (Net net = new Net(wire)) {
                    TcpServer server = net.server(
                            options -> style.accept(options.framing(LINES).listen(log)));
                    List<Peer> peers = peers(net, server);
                    peers.get(0).send("throw\n").awaitEnd();
                    exchange(peers.subList(1, SESSIONS));
                    log.await("disconnect HANDLER_FAILED");
                    assertThat(log.all())
                            .filteredOn(event -> event.startsWith("disconnect"))
                            .hasSize(1);
                    assertThat(server.stats().sessions()).isEqualTo(SESSIONS - 1);
                    assertThat(net.errors()).hasSize(1);
                    assertThat(net.errors().get(0).cause().orElseThrow()).hasMessage("thrown by the handler");
                    assertThat(net.errors().get(0).cause().orElseThrow().getStackTrace())
                            .anyMatch(frame -> frame.getMethodName().equals("echoOrThrow"));
                }
            }
        }
    }

    private static void echoOrThrow(Session session, ByteBuffer message) {
        if (Text.equals(message, "throw")) {
            throw new IllegalStateException("thrown by the handler");
        }
        session.send(message);
    }

    @OverWires
    void onALoopAHandlerThatBlocksIsReportedWithItsStackAndTheRestGoOnAfterwards(Wire wire) throws Exception {
        try (Gate gate = new Gate();
                Net net = new Net(wire, options -> options.threads(1).blockedAfter(Duration.ofMillis(50)))) {
            TcpServer server = net.server(options -> options.framing(LINES).onMessage((session, message) -> {
                if (Text.equals(message, "block")) {
                    gate.pass();
                }
                session.send(message);
            }));
            List<Peer> peers = peers(net, server);
            peers.get(0).send("block\n");
            gate.awaitReached();
            Await.until("report", () -> net.errors().stream().anyMatch(HandlersTest::isTheGate));
            peers.subList(1, SESSIONS).forEach(peer -> peer.send("waiting\n"));
            gate.open();
            peers.subList(1, SESSIONS)
                    .forEach(peer -> assertThat(peer.receiveText(8)).isEqualTo("waiting\n"));
            assertThat(peers.get(0).receiveText(6)).isEqualTo("block\n");
        }
    }

    private static boolean isTheGate(ErrorEvent report) {
        return report.code().equals("BLOCKED_LOOP")
                && List.of(report.cause().orElseThrow().getStackTrace()).stream()
                        .anyMatch(frame -> frame.getClassName().equals(Gate.class.getName()));
    }

    private static List<Peer> peers(Net net, TcpServer server) {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            peers.add(net.peer(server));
        }
        Await.until("all", () -> server.stats().sessions() == SESSIONS);
        return peers;
    }

    private static void exchange(List<Peer> peers) {
        for (int round = 0; round < 20; round++) {
            String text = "message " + round + "\n";
            peers.forEach(peer -> peer.send(text));
            peers.forEach(peer -> assertThat(peer.receiveText(text.length())).isEqualTo(text));
        }
    }

    // ---- a loop for each thread -------------------------------------------------------------------------------------

    @OverWires
    void aSessionStaysOnOneLoopAndSessionsAreSpreadOverAll(Wire wire) throws Exception {
        ConcurrentHashMap<Session, Set<Thread>> threads = new ConcurrentHashMap<>();
        try (Net net = new Net(wire, options -> options.threads(3))) {
            TcpServer server = net.server(options -> options.framing(LINES)
                    .onConnect(session -> note(threads, session))
                    .onMessage((session, message) -> {
                        note(threads, session);
                        session.send(message);
                    })
                    .onDisconnect((session, reason) -> note(threads, session)));
            List<Peer> peers = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                peers.add(net.peer(server));
            }
            exchange(peers);
            peers.forEach(Peer::close);
            Await.until("all left", () -> server.stats().disconnected() == 9);
            assertThat(threads).hasSize(9);
            assertThat(threads.values()).allSatisfy(own -> assertThat(own).hasSize(1));
            assertThat(threads.values().stream().flatMap(Set::stream).distinct())
                    .hasSize(3);
        }
    }

    private static void note(ConcurrentHashMap<Session, Set<Thread>> threads, Session session) {
        threads.computeIfAbsent(session, added -> ConcurrentHashMap.newKeySet()).add(Thread.currentThread());
    }

    // ---- a pool of handlers -----------------------------------------------------------------------------------------

    @OverWires
    void onAPoolCallsOfOneSessionKeepTheirOrderAndNeverOverlap(Wire wire) throws Exception {
        int messages = 3_000;
        ConcurrentHashMap<Session, AtomicInteger> next = new ConcurrentHashMap<>();
        ConcurrentHashMap<Session, AtomicInteger> inside = new ConcurrentHashMap<>();
        List<String> wrong = new CopyOnWriteArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(8);
                Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(Framing.fixedSize(4))
                    .handlers(pool)
                    .onMessage((session, message) -> {
                        AtomicInteger calls = inside.computeIfAbsent(session, added -> new AtomicInteger());
                        if (calls.incrementAndGet() != 1 || net.io().inLoop()) {
                            wrong.add("overlap, or on a loop");
                        }
                        int number = message.getInt(message.position());
                        if (number
                                != next.computeIfAbsent(session, added -> new AtomicInteger())
                                        .getAndIncrement()) {
                            wrong.add("order");
                        }
                        session.send(message);
                        calls.decrementAndGet();
                    }));
            List<Peer> peers = List.of(net.peer(server), net.peer(server), net.peer(server), net.peer(server));
            ByteBuffer all = ByteBuffer.allocate(4 * messages);
            for (int i = 0; i < messages; i++) {
                all.putInt(i);
            }
            peers.forEach(peer -> Thread.ofVirtual().start(() -> peer.send(all.array())));
            for (Peer peer : peers) {
                assertThat(peer.receive(4 * messages)).isEqualTo(all.array());
            }
            assertThat(wrong).isEmpty();
        }
    }

    @OverWires
    void onAPoolNothingMoreIsReadWhileMessagesAreHandled(Wire wire) throws Exception {
        int size = 100_000;
        int messages = 200;
        try (ExecutorService pool = Executors.newSingleThreadExecutor();
                Gate gate = new Gate();
                Net net = new Net(wire)) {
            AtomicInteger heard = new AtomicInteger();
            TcpServer server = net.server(options -> options.framing(Framing.fixedSize(size))
                    .handlers(pool)
                    .onMessage((session, message) -> {
                        gate.pass();
                        heard.incrementAndGet();
                    }));
            Peer peer = net.peer(server);
            net.closing(peer::abort);
            Thread sending = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < messages; i++) {
                    peer.send(new byte[size]);
                }
            });
            Session session = Sessions.only(server);
            gate.awaitReached();
            for (int i = 0; i < 50; i++) {
                net.settle();
            }
            assertThat(session.stats().bytesReceived()).isLessThan(1 << 20);
            assertThat(sending.isAlive()).isTrue();
            gate.open();
            Await.until("all", () -> heard.get() == messages);
            sending.join();
        }
    }

    @OverWires
    void aClientMayHaveItsHandlersOnAPoolToo(Wire wire) throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(4);
                Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(LINES).onMessage(Session::send));
            TcpClient client = net.client(
                    server,
                    options -> options.framing(LINES)
                            .handlers(pool)
                            .onConnect(session -> heard.add("connect"))
                            .onMessage((session, message) ->
                                    heard.add(Text.of(message) + (net.io().inLoop() ? " on a loop" : "")))
                            .onDisconnect((session, reason) -> heard.add("disconnect")));
            // connect returns behind onConnect, wherever that runs.
            assertThat(heard).containsExactly("connect");
            client.send("a");
            client.send("b");
            Await.until("both", () -> heard.size() == 3);
            Await.get(client.disconnect());
            assertThat(heard).containsExactly("connect", "a", "b", "disconnect");
        }
    }

    @Test
    void aPoolThatTakesNothingMoreEndsTheSessionsThatItServes() throws Exception {
        EventLog log = EventLog.quiet();
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try (Net net = new Net(Wire.plain())) {
            TcpServer server =
                    net.server(options -> options.framing(LINES).handlers(pool).listen(log));
            Peer peer = net.peer(server).send("a\n");
            log.await("message a");
            pool.shutdown();
            peer.send("b\n").awaitEnd();
            log.await("disconnect HANDLER_FAILED");
            assertThat(log.of(log.session())).endsWith("leave everyone", "disconnect HANDLER_FAILED");
            assertThat(log.overlaps()).isEmpty();
            Await.until("left", () -> server.stats().sessions() == 0);
        }
    }

    @Test
    void theTwoDesignsLiveSideBySideOnOneService() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(2);
                Net net = new Net(Wire.plain())) {
            CompletableFuture<Boolean> loopDesign = new CompletableFuture<>();
            CompletableFuture<Boolean> poolDesign = new CompletableFuture<>();
            TcpServer server = net.closing(TcpServer.on(net.io())
                    .address("127.0.0.1")
                    .port(
                            0,
                            port -> port.onMessage((session, message) ->
                                    loopDesign.complete(net.io().inLoop())))
                    .port(
                            0,
                            port -> port.handlers(pool)
                                    .onMessage((session, message) ->
                                            poolDesign.complete(net.io().inLoop())))
                    .start());
            for (var address : server.addresses()) {
                net.closing(Peer.connect(Wire.plain(), address.getPort())).send("x");
            }
            assertThat(Await.get(loopDesign)).isTrue();
            assertThat(Await.get(poolDesign)).isFalse();
        }
    }
}
