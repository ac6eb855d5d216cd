package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.testing.Await;
import dev.tramway.testing.Callbacks;
import dev.tramway.testing.EventLog;
import dev.tramway.testing.Gate;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Peer;
import dev.tramway.testing.Sessions;
import dev.tramway.testing.Wire;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The order of a session's events, who hears them, and what happens if a listener fails. */
@ExtendWith(NoLeaks.class)
class SessionEventsTest {
    /** A framing whose broadcasts are framed for each session, where errors are told to that session. */
    private static final Framing FUSSY = new Framing() {
        @Override
        public FrameReader newReader() {
            return Framing.lines().newReader();
        }

        @Override
        public FrameWriter newWriter() {
            return Framing.lines(10).newWriter();
        }
    };

    // ---- order ------------------------------------------------------------------------------------------------------

    @OverWires(ipv6 = true)
    void theEventsOfASessionComeInOrderEachOnce(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = new Net(wire)) {
            TcpServer server =
                    net.server(options -> options.framing(Framing.lines()).listen(log));
            Peer peer = net.peer(server).send("a\nb\nc\n");
            log.await("message c");
            peer.close();
            log.await("disconnect PEER_CLOSED");
            assertThat(log.of(log.session())).isEqualTo(lifeOf(wire, "message a", "message b", "message c"));
        }
    }

    @OverWires
    void theOrderIsTheSameOnAnExecutor(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (ExecutorService pool = Executors.newFixedThreadPool(4);
                Net net = new Net(wire)) {
            TcpServer server = net.server(
                    options -> options.framing(Framing.lines()).listen(log).handlers(pool));
            Peer peer = net.peer(server).send("a\nb\nc\n");
            log.await("message c");
            peer.close();
            log.await("disconnect PEER_CLOSED");
            assertThat(log.of(log.session())).isEqualTo(lifeOf(wire, "message a", "message b", "message c"));
            assertThat(log.overlaps()).isEmpty();
        }
    }

    private static List<String> lifeOf(Wire wire, String... messages) {
        List<String> life = new ArrayList<>();
        if (wire.encrypted()) {
            life.add("handshake");
        }
        life.addAll(List.of("connect", "join everyone"));
        life.addAll(List.of(messages));
        life.addAll(List.of("leave everyone", "disconnect PEER_CLOSED"));
        return life;
    }

    @OverWires
    void whatACallbackCausesComesAfterItAndBeforeTheNextMessage(Wire wire) throws Exception {
        Callbacks callbacks = new Callbacks()
                .inside("onConnect", session -> {
                    session.server().group("early").add(session);
                    session.send("hello");
                })
                .inside(
                        "onMessage join",
                        session -> session.server().group("room").add(session))
                .inside(
                        "onMessage leave",
                        session -> session.server().group("room").remove(session))
                .inside("onMessage fail", session -> session.server().broadcast("longer than ten"))
                .inside("onSent", session -> session.server().group("late").add(session))
                .inside("onMessage close", Session::close);
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(FUSSY).listen(callbacks.listener()));
            Peer peer = net.peer(server).send("join\n1\nleave\n2\nfail\n3\n");
            callbacks.await("onMessage 3");
            assertThat(peer.receiveText(6)).isEqualTo("hello\n");
            peer.send("close\n4\n");
            callbacks.await("onDisconnect");
            assertThat(callbacks.nested()).isEmpty();
            assertThat(callbacks.told())
                    .filteredOn(callback -> !callback.equals("onSent") && !callback.equals("onDrained"))
                    .filteredOn(callback -> !callback.equals("onStarted") && !callback.equals("onHandshake"))
                    .startsWith("onConnect", "onJoin", "onJoin")
                    .containsSubsequence(
                            "onMessage join", "onJoin", "onMessage 1", "onMessage leave", "onLeave", "onMessage 2")
                    .containsSubsequence("onMessage fail", "onError", "onMessage 3", "onMessage close", "onDisconnect")
                    .doesNotContain("onMessage 4");
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void whatOneSessionCausesForAnotherComesAfterItsOwnCallback(Wire wire) throws Exception {
        Callbacks callbacks = new Callbacks();
        try (Net net = new Net(wire, options -> options.threads(1))) {
            TcpServer server = net.server(options -> options.framing(Framing.lines()));
            net.peer(server);
            Session other = Sessions.only(server);
            Peer acting = net.peer(server);
            Sessions.of(server, acting);
            callbacks.inside("onMessage go", session -> {
                server.group("room").add(other);
                other.close(CloseReason.of(CloseReason.Kind.LIMIT));
            });
            server.listen(callbacks.listener());
            acting.send("go\n");
            callbacks.await("onDisconnect");
            assertThat(callbacks.nested()).isEmpty();
            assertThat(callbacks.told()).containsSubsequence("onMessage go", "onJoin", "onLeave", "onDisconnect");
        }
    }

    @OverWires
    void aSessionIsAMemberOfEveryoneBeforeItsOnConnect(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(Framing.lines())
                    .onConnect(session -> session.server().broadcast("everyone hears this")));
            assertThat(net.peer(server).receiveText(20)).isEqualTo("everyone hears this\n");
        }
    }

    @OverWires
    void afterACloseInACallbackNoFurtherMessageIsDelivered(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(Framing.lines())
                    .listen(log)
                    .onMessage((session, message) -> {
                        session.close(CloseReason.of(CloseReason.Kind.LIMIT, "one is enough"));
                        session.close();
                    }));
            net.peer(server).send("a\nb\n").awaitEnd();
            log.await("disconnect LIMIT");
            assertThat(log.all()).contains("message a").doesNotContain("message b");
            CloseReason reason = log.session().closeReason().orElseThrow();
            assertThat(reason).hasToString("limit reached: one is enough");
        }
    }

    @OverWires
    void afterTheEndASessionCanStillBeReadButNotUsed(Wire wire) throws Exception {
        record Player(String name) {}
        CompletableFuture<Session> ended = new CompletableFuture<>();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(Framing.lines())
                    .onConnect(session -> session.attach(Player.class, new Player("ann")))
                    .onMessage(Session::send)
                    .onDisconnect((session, reason) -> ended.complete(session)));
            Peer peer = net.peer(server).send("abc\n");
            peer.receiveText(4);
            Session open = Sessions.only(server);
            InetSocketAddress remote = open.remoteAddress();
            assertThat(remote.getPort()).isEqualTo(peer.localPort());
            assertThat(open.localAddress().getPort()).isEqualTo(server.port());
            assertThat(open.closeReason()).isEmpty();
            peer.close();
            Session session = Await.get(ended);
            assertThat(session).isSameAs(open);
            assertThat(session.isOpen()).isFalse();
            assertThat(session.server()).isSameAs(server);
            assertThat(session.attachment(Player.class)).contains(new Player("ann"));
            assertThat(session.attachment(String.class)).isEmpty();
            assertThat(session.remoteAddress()).isEqualTo(remote);
            assertThat(session.tls().isPresent()).isEqualTo(wire.encrypted());
            net.settle();
            assertThat(session.stats()).isEqualTo(new SessionStats(4, 4, 0, 1, 1, 0));
            assertThat(session.send("x")).isEqualTo(SendResult.CLOSED);
            assertThat(session.sendAndClose("x")).isEqualTo(SendResult.CLOSED);
            assertThat(Await.failureOf(session.sendAsync(ByteBuffer.allocate(1))))
                    .isInstanceOf(ClosedException.class);
            server.everyone().add(session);
            session.pauseReading();
            session.resumeReading();
            session.close();
            net.settle();
            assertThat(server.everyone().size()).isZero();
            assertThat(session.closeReason().orElseThrow().kind()).isEqualTo(CloseReason.Kind.PEER_CLOSED);
        }
    }

    // ---- who hears --------------------------------------------------------------------------------------------------

    @OverWires(OverWires.Kind.PLAIN)
    void listenersHearInTheOrderServerPortSession(Wire wire) throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (Net net = new Net(wire)) {
            TcpServer server = net.closing(TcpServer.on(net.io())
                    .address(wire.host())
                    .port(
                            0,
                            port -> port.framing(Framing.lines())
                                    .onMessage((session, message) -> heard.add("port"))
                                    .onConnect(session -> session.onMessage((same, message) -> heard.add("session"))))
                    .onMessage((session, message) -> heard.add("first of server"))
                    .onMessage((session, message) -> heard.add("second of server"))
                    .start());
            Subscription late = server.listen(message(() -> heard.add("added to server")));
            Peer peer = net.peer(server).send("x\n");
            Await.until("all", () -> heard.size() == 5);
            late.close();
            peer.send("x\n");
            Await.until("all again", () -> heard.size() == 9);
            assertThat(heard)
                    .containsExactly(
                            "first of server",
                            "second of server",
                            "added to server",
                            "port",
                            "session",
                            "first of server",
                            "second of server",
                            "port",
                            "session");
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void eachListenerFindsTheMessageAsItCame(Wire wire) throws Exception {
        List<Integer> numbers = new CopyOnWriteArrayList<>();
        try (ExecutorService pool = Executors.newSingleThreadExecutor();
                Net net = new Net(wire)) {
            for (boolean onPool : new boolean[] {false, true}) {
                TcpServer server = net.server(options -> {
                    options.framing(Framing.fixedSize(4));
                    for (int i = 0; i < 3; i++) {
                        options.onMessage((session, message) -> {
                            assertThat(message.isReadOnly()).isTrue();
                            numbers.add(message.getInt());
                            message.order(ByteOrder.LITTLE_ENDIAN).limit(message.limit() - 1);
                        });
                    }
                    if (onPool) {
                        options.handlers(pool);
                    }
                });
                net.peer(server).send(new byte[] {0, 0, 0, 7, 0, 0, 0, 8});
                Await.until("six", () -> numbers.size() == 6);
                assertThat(numbers).containsExactly(7, 7, 7, 8, 8, 8);
                numbers.clear();
            }
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void aListenerOfTheServerThatIsEndedHearsNothingMoreOfAnySession(Wire wire) throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.onMessage(Session::send));
            Peer peer = net.peer(server);
            Session session = Sessions.only(server);
            Subscription subscription = server.listen(message(() -> heard.add("heard")));
            net.settle();
            peer.send("1").receive(1);
            assertThat(heard).hasSize(1);
            subscription.close();
            subscription.close();
            peer.send("2").receive(1);
            net.settle();
            assertThat(heard).hasSize(1);
            // The same of a session's own.
            Subscription own = session.onMessage((same, message) -> heard.add("own"));
            peer.send("3").receive(1);
            own.close();
            peer.send("4").receive(1);
            net.settle();
            assertThat(heard).containsExactly("heard", "own");
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void aListenerOfTheClientThatIsEndedHearsNothingMore(Wire wire) throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.onMessage(Session::send));
            List<String> all = new CopyOnWriteArrayList<>();
            TcpClient client = net.client(
                    server,
                    options -> options.framing(Framing.fixedSize(1))
                            .onMessage((session, message) -> all.add(Text.of(message))));
            Subscription subscription = client.listen(message(() -> heard.add("heard")));
            net.settle();
            client.send("1");
            Await.until("1", () -> all.contains("1"));
            net.settle();
            subscription.close();
            client.send("2");
            Await.until("2", () -> all.contains("2"));
            net.settle();
            assertThat(heard).hasSize(1);
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void anIsolatedSessionIsHeardOfByItsOwnListenersOnly(Wire wire) throws Exception {
        EventLog ofServer = EventLog.quiet();
        EventLog own = EventLog.quiet();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(Framing.lines())
                    .listen(ofServer)
                    .onMessage((session, message) -> {
                        if (Text.equals(message, "secret")) {
                            session.isolate();
                            session.listen(own);
                        }
                    }));
            Peer peer = net.peer(server).send("public\nsecret\nhidden\n");
            own.await("message hidden");
            peer.close();
            own.await("disconnect PEER_CLOSED");
            assertThat(own.all()).containsExactly("message hidden", "leave everyone", "disconnect PEER_CLOSED");
            assertThat(ofServer.of(ofServer.session()))
                    .containsExactly("connect", "join everyone", "message public", "message secret");
        }
    }

    private static ServerListener message(Runnable action) {
        return new ServerListener() {
            @Override
            public void onMessage(Session session, ByteBuffer message) {
                action.run();
            }
        };
    }

    // ---- listeners that fail ----------------------------------------------------------------------------------------

    @OverWires
    void aListenerThatThrowsClosesItsSessionAndHurtsNoOther(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = new Net(wire, options -> options.threads(1))) {
            TcpServer server = net.server(options -> options.framing(Framing.lines())
                    .onMessage((session, message) -> {
                        if (Text.equals(message, "boom")) {
                            throw new AssertionError("boom");
                        }
                        session.send(message);
                    })
                    .listen(log));
            Peer healthy = net.peer(server);
            assertThat(healthy.send("before\n").receiveText(7)).isEqualTo("before\n");
            net.peer(server).send("boom\nnever\n").awaitEnd();
            log.await("disconnect HANDLER_FAILED");
            Session failed = log.sessions().get(1);
            assertThat(log.of(failed))
                    .endsWith(
                            "error HANDLER AssertionError",
                            "message boom",
                            "leave everyone",
                            "disconnect HANDLER_FAILED");
            CloseReason reason = failed.closeReason().orElseThrow();
            assertThat(reason.detail()).contains("boom");
            assertThat(reason.cause().orElseThrow()).isInstanceOf(AssertionError.class);
            assertThat(net.errors()).hasSize(1);
            assertThat(healthy.send("after\n").receiveText(6)).isEqualTo("after\n");
        }
    }

    /** Whatever fails, each handler that was added is told, and the end comes last. */
    @OverWires(OverWires.Kind.PLAIN)
    void aHandlerThatThrowsDoesNotKeepTheOthersFromBeingTold(Wire wire) throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.onConnect(session -> {
                        told.add("connect 1");
                        throw new IllegalStateException("connect");
                    })
                    .onConnect(session -> told.add("connect 2"))
                    .onError((session, error) -> {
                        told.add("error 1");
                        throw new IllegalStateException("error");
                    })
                    .onError((session, error) -> told.add("error 2"))
                    .onDisconnect((session, reason) -> {
                        told.add("disconnect 1");
                        throw new IllegalStateException("disconnect");
                    })
                    .onDisconnect((session, reason) -> told.add("disconnect 2")));
            net.peer(server).awaitEnd();
            Await.until("end", () -> told.contains("disconnect 2"));
            assertThat(told)
                    .containsExactlyInAnyOrder(
                            "connect 1", "connect 2", "error 1", "error 2", "disconnect 1", "disconnect 2")
                    .endsWith("disconnect 1", "disconnect 2");
            assertThat(net.errors()).hasSize(3);
            Await.until("counted", () -> server.stats().disconnected() == 1);
            assertThat(server.stats().sessions()).isZero();
        }
    }

    @OverWires(OverWires.Kind.TLS)
    void aFailedHandshakeIsToldWhereTheListenersRun(Wire wire) throws Exception {
        CompletableFuture<Boolean> onLoop = new CompletableFuture<>();
        try (ExecutorService pool = Executors.newSingleThreadExecutor();
                Net net = new Net(wire)) {
            EventLog log = EventLog.quiet();
            TcpServer server =
                    net.server(options -> options.handlers(pool).listen(log).listen(new SessionListener() {
                        @Override
                        public void onHandshakeFailed(Session session, CloseReason reason) {
                            onLoop.complete(net.io().inLoop());
                        }
                    }));
            Peer.connectWithoutHandshake(wire, server.port())
                    .send("no handshake at all\n")
                    .awaitEnd();
            assertThat(Await.get(onLoop)).isFalse();
            Await.until("counted", () -> server.stats().handshakesFailed() == 1);
            assertThat(log.all()).containsExactly("started", "handshake failed HANDSHAKE_FAILED");
            assertThat(server.stats().sessions()).isZero();
            assertThat(server.stats().accepted()).isEqualTo(1);
            assertThat(server.stats().disconnected()).isZero();
        }
    }

    // ---- tasks ------------------------------------------------------------------------------------------------------

    @Test
    void aTaskRunsOnTheLoopBehindWhatWasSentBefore() throws Exception {
        try (Net net = new Net(Wire.plain());
                Gate gate = new Gate()) {
            TcpServer server = net.server(options -> {});
            net.peer(server);
            Session session = Sessions.only(server);
            session.execute(gate::pass);
            gate.awaitReached();
            session.send("12345");
            CompletableFuture<Long> accepted = new CompletableFuture<>();
            CompletableFuture<Boolean> nestedAtOnce = new CompletableFuture<>();
            session.execute(() -> {
                accepted.complete(
                        session.stats().bytesPending() + session.stats().bytesSent());
                List<String> order = new ArrayList<>();
                session.execute(() -> order.add("task"));
                order.add("behind");
                nestedAtOnce.complete(
                        order.equals(List.of("task", "behind")) && net.io().inLoop());
            });
            gate.open();
            assertThat(Await.get(accepted)).isEqualTo(5);
            assertThat(Await.get(nestedAtOnce)).isTrue();
        }
    }

    @Test
    void aTaskThatThrowsIsReportedAndHurtsNobody() throws Exception {
        try (Net net = new Net(Wire.plain())) {
            TcpServer server = net.server(options -> options.onMessage((session, message) -> {
                session.execute(() -> {
                    throw new IllegalStateException("task on the loop");
                });
                session.send(message);
            }));
            Peer peer = net.peer(server);
            Session session = Sessions.only(server);
            session.execute(() -> {
                throw new IllegalStateException("task from afar");
            });
            assertThat(peer.send("x").receiveText(1)).isEqualTo("x");
            Await.until("reports", () -> net.errors().size() == 2);
            assertThat(net.errors())
                    .allSatisfy(error -> assertThat(error.category()).isEqualTo(ErrorEvent.Category.HANDLER));
            assertThat(net.errors())
                    .extracting(ErrorEvent::text)
                    .anyMatch(text -> text.contains("task from afar"))
                    .anyMatch(text -> text.contains("task on the loop"));
            assertThat(session.isOpen()).isTrue();
        }
    }
}
