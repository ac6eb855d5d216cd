package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.internal.loop.IoServiceBuilder;
import dev.tramway.testing.Await;
import dev.tramway.testing.Datagrams;
import dev.tramway.testing.EventLog;
import dev.tramway.testing.LoggedEvents;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Peer;
import dev.tramway.testing.Wire;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Handlers that throw, in every event and every style, and handlers that end what they are called by. */
@ExtendWith(NoLeaks.class)
@Timeout(300)
class HandlerFaultsTest {
    private static final List<Runnable> FAULTS = List.of(
            () -> {
                throw new IllegalStateException("on purpose");
            },
            () -> {
                throw new AssertionError("on purpose");
            },
            () -> recurse(1));

    @SuppressWarnings("InfiniteRecursion") // until the stack is full, which is the point
    private static long recurse(long depth) {
        return recurse(depth + 1) + 1;
    }

    private static Net net(Wire wire) {
        // Not watched: on a busy machine a loop may wait for its turn for longer than any limit.
        return new Net(wire, service -> service.blockedAfter(Duration.ZERO));
    }

    /** Does something in one kind of event, once. */
    private static final class In implements ServerListener {
        private final String event;
        private final Consumer<Session> action;
        private final AtomicBoolean done = new AtomicBoolean();

        In(String event, Consumer<Session> action) {
            this.event = event;
            this.action = action;
        }

        private void at(String happening, Session session) {
            if (event.equals(happening) && !done.getAndSet(true)) {
                action.accept(session);
            }
        }

        @Override
        public void onHandshake(Session session, TlsInfo tls) {
            at("handshake", session);
        }

        @Override
        public void onHandshakeFailed(Session session, CloseReason reason) {
            at("handshake failed", session);
        }

        @Override
        public void onConnect(Session session) {
            at("connect", session);
        }

        @Override
        public void onJoin(Session session, Group group) {
            at("join", session);
        }

        @Override
        public void onLeave(Session session, Group group) {
            at("leave", session);
        }

        @Override
        public void onMessage(Session session, ByteBuffer message) {
            at("message", session);
        }

        @Override
        public void onSent(Session session, int bytes) {
            at("sent", session);
        }

        @Override
        public void onDrained(Session session) {
            at("drained", session);
        }

        @Override
        public void onDisconnect(Session session, CloseReason reason) {
            at("disconnect", session);
        }
    }

    // ---- handlers that throw ----------------------------------------------------------------------------------------

    @OverWires
    void whatAListenerThrowsEndsItsSessionOnceAndNoOther(Wire wire) throws Exception {
        List<String> events =
                new ArrayList<>(List.of("connect", "join", "leave", "message", "sent", "drained", "disconnect"));
        if (wire.encrypted()) {
            events.add("handshake");
        }
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            for (Optional<ExecutorService> handlers :
                    List.of(Optional.<ExecutorService>empty(), Optional.of(executor))) {
                for (String event : events) {
                    throwsIn(wire, event, handlers);
                }
            }
        } finally {
            executor.shutdown();
        }
    }

    private static void throwsIn(Wire wire, String event, Optional<ExecutorService> handlers) throws Exception {
        boolean atItsEnd = event.equals("disconnect") || event.equals("leave");
        EventLog log = new EventLog();
        try (Net net = net(wire)) {
            TcpServer server = net.server(options -> {
                options.listen(log).onMessage(Session::send);
                handlers.ifPresent(options::handlers);
            });
            Peer witness = net.peer(server).send("1");
            assertThat(witness.receiveText(1)).isEqualTo("1");
            // So that the faulty listener hears of no other than the peers that follow.
            log.await("drained");
            for (int fault = 0; fault < FAULTS.size(); fault++) {
                Runnable thrown = FAULTS.get(fault);
                Subscription faulty = server.listen(new In(event, session -> thrown.run()));
                Peer peer = net.peer(server);
                int known = fault + 1;
                Await.until("known", () -> log.sessions().size() > known);
                if (!event.equals("connect") && !event.equals("handshake") && !event.equals("join")) {
                    peer.send("2");
                }
                if (atItsEnd) {
                    peer.receive(1);
                    peer.close();
                } else {
                    peer.awaitEnd();
                }
                Await.until("one left (" + event + ")", () -> server.stats().sessions() == 1);
                faulty.close();
                List<String> told = log.of(log.sessions().get(known));
                assertThat(told)
                        .as(event)
                        .filteredOn(one -> one.startsWith("disconnect"))
                        .containsExactly(atItsEnd ? "disconnect PEER_CLOSED" : "disconnect HANDLER_FAILED");
                assertThat(told).as(event).last().asString().startsWith("disconnect");
                assertThat(told)
                        .as(event)
                        .filteredOn(one -> one.startsWith("error"))
                        .hasSize(atItsEnd ? 0 : 1);
            }
            assertThat(net.errors())
                    .as(event)
                    .extracting(ErrorEvent::code)
                    .containsExactly("IllegalStateException", "AssertionError", "StackOverflowError");
            assertThat(net.errors()).allMatch(error -> error.category() == ErrorEvent.Category.HANDLER);
            assertThat(witness.send("3").receiveText(1)).isEqualTo("3");
            assertThat(log.overlaps()).isEmpty();
        }
    }

    @OverWires
    void whatABlockingHandlerThrowsEndsItsConnectionAndNoOther(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = net(wire)) {
            TcpServer server = net.server(options -> options.listen(log).handle(connection -> {
                for (ByteBuffer message : connection) {
                    int fault = message.get(message.position()) - '0';
                    if (fault < FAULTS.size()) {
                        FAULTS.get(fault).run();
                    }
                    connection.send(message);
                }
            }));
            Peer witness = net.peer(server);
            for (int fault = 0; fault < FAULTS.size(); fault++) {
                net.peer(server).send("" + fault).awaitEnd();
            }
            Await.until("all told", () -> server.stats().disconnected() == FAULTS.size());
            assertThat(log.all())
                    .filteredOn(event -> event.startsWith("disconnect"))
                    .hasSize(FAULTS.size())
                    .containsOnly("disconnect HANDLER_FAILED");
            assertThat(net.errors())
                    .extracting(ErrorEvent::code)
                    .containsExactly("IllegalStateException", "AssertionError", "StackOverflowError");
            assertThat(witness.send("9").receiveText(1)).isEqualTo("9");
        }
    }

    @OverWires(OverWires.Kind.TLS)
    void onHandshakeFailedMayThrowAndIsCalledWhereTheOthersAre(Wire wire) throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("handlers").factory());
        BlockingQueue<String> threads = new LinkedBlockingQueue<>();
        try (Net net = net(wire)) {
            TcpServer server =
                    net.server(options -> options.handlers(executor).listen(new In("handshake failed", session -> {
                        threads.add(Thread.currentThread().getName());
                        throw new AssertionError("on purpose");
                    })));
            net.closing(Peer.connectWithoutHandshake(wire, server.port()))
                    .send("no TLS at all")
                    .awaitEnd();
            assertThat(Await.next(threads)).isEqualTo("handlers");
            Await.until("counted", () -> server.stats().handshakesFailed() == 1);
            assertThat(net.errors()).extracting(ErrorEvent::code).containsExactly("AssertionError");
            Await.get(server.stop(Duration.ZERO));
        } finally {
            executor.shutdown();
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void onErrorAndServerListenersMayThrow(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = net(wire)) {
            TcpServer server = net.server(options -> options.listen(new ServerListener() {
                        @Override
                        public void onStarted(TcpServer started) {
                            throw new AssertionError("started");
                        }

                        @Override
                        public void onStopped(TcpServer stopped, StopReport report) {
                            throw new AssertionError("stopped");
                        }

                        @Override
                        public void onMessage(Session session, ByteBuffer message) {
                            throw new AssertionError("message");
                        }

                        @Override
                        public void onError(Session session, ErrorEvent error) {
                            throw new AssertionError("error");
                        }
                    })
                    .listen(log));
            net.peer(server).send("x").awaitEnd();
            log.await("disconnect HANDLER_FAILED");
            Await.get(server.stop(Duration.ZERO));
            log.await("stopped");
            net.settle();
            assertThat(net.errors())
                    .extracting(error -> error.cause().orElseThrow().getMessage())
                    .containsExactly("started", "message", "error", "stopped");
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void ofSeveralHandlersEachIsToldAlthoughOneThrows(Wire wire) throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        try (Net net = net(wire)) {
            TcpServer server = net.server(options -> options.onMessage((session, message) -> session.close())
                    .onDisconnect((session, reason) -> {
                        throw new IllegalStateException("on purpose");
                    })
                    .onDisconnect((session, reason) -> told.add("second " + reason.kind())));
            net.peer(server).send("x").awaitEnd();
            assertThat(Await.next(told)).isEqualTo("second LOCAL");
            Await.until("reported", () -> net.errors().size() == 1);
        }
    }

    @OverWires
    void aFramingThatCannotBeMadeEndsItsConnectionOnly(Wire wire) throws Exception {
        Framing broken = new Framing() {
            @Override
            public FrameReader newReader() {
                throw new AssertionError("on purpose");
            }

            @Override
            public FrameWriter newWriter() {
                return Framing.raw().newWriter();
            }
        };
        try (Net net = net(wire)) {
            TcpServer server = net.server(
                    options -> options.port(0, port -> port.framing(broken)).onMessage(Session::send));
            net.closing(Peer.connectWithoutHandshake(
                            wire, server.addresses().get(1).getPort()))
                    .awaitEnd();
            assertThat(net.peer(server).send("unharmed").receiveText(8)).isEqualTo("unharmed");
            assertThatThrownBy(() -> net.client(server, options -> options.framing(broken)))
                    .isInstanceOf(ConnectFailedException.class)
                    .hasMessageContaining("on purpose");
            assertThat(net.errors()).extracting(ErrorEvent::code).containsExactly("AssertionError");
        }
    }

    @OverWires
    void aReaderThatFailsIsAHandlerThatFails(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        Framing broken = new Framing() {
            @Override
            public FrameReader newReader() {
                return (bytes, cut) -> {
                    throw new AssertionError("on purpose");
                };
            }

            @Override
            public FrameWriter newWriter() {
                return Framing.raw().newWriter();
            }
        };
        try (Net net = net(wire)) {
            TcpServer server = net.server(options -> options.framing(broken).listen(log));
            net.peer(server).send("x").awaitEnd();
            log.await("disconnect HANDLER_FAILED");
            assertThat(net.errors()).extracting(ErrorEvent::code).containsExactly("AssertionError");
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void aFailingHandlerOfFailedConnectsHoldsNobodyUp(Wire wire) throws Exception {
        try (Net net = net(wire)) {
            TcpServer server = net.server(options -> {});
            int port = server.port();
            server.close();
            TcpClient client = net.unconnected(port, options -> options.onConnectFailed((failed, error) -> recurse(1)));
            assertThat(Await.failureOf(client.connectAsync())).isInstanceOf(ConnectFailedException.class);
            assertThat(net.errors()).extracting(ErrorEvent::code).containsExactly("StackOverflowError");
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void anEndpointGoesOnWhateverItsHandlersThrow(Wire wire) throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            for (boolean onExecutor : new boolean[] {false, true}) {
                BlockingQueue<String> heard = new LinkedBlockingQueue<>();
                try (Net net = net(wire)) {
                    UdpEndpoint.Builder builder = Datagrams.on(net).onDatagram((endpoint, from, bytes) -> {
                        String text = Text.of(bytes);
                        heard.add(text);
                        if (text.length() == 1) {
                            FAULTS.get(Integer.parseInt(text)).run();
                        }
                    });
                    UdpEndpoint endpoint = net.closing((onExecutor ? builder.handlers(executor) : builder).start());
                    for (int fault = 0; fault < FAULTS.size(); fault++) {
                        endpoint.send(endpoint.address(), "" + fault);
                        assertThat(Await.next(heard)).isEqualTo("" + fault);
                    }
                    endpoint.send(endpoint.address(), "goes on");
                    assertThat(Await.next(heard)).isEqualTo("goes on");
                    Await.get(endpoint.stop());
                    assertThat(net.errors())
                            .extracting(ErrorEvent::code)
                            .containsExactly("IllegalStateException", "AssertionError", "StackOverflowError");
                    assertThat(net.errors()).allMatch(error -> error.category() == ErrorEvent.Category.HANDLER);
                }
            }
        } finally {
            executor.shutdown();
        }
    }

    /** Nobody listens for trouble here, so it is logged: by default, and whatever peers do, not more often than now and then. */
    @Test
    void aHandlerThatFailsForAThousandPeersIsLoggedNowAndThen() throws Exception {
        AtomicLong time = new AtomicLong(System.nanoTime());
        IoServiceBuilder builder = (IoServiceBuilder) IoService.builder().blockedAfter(Duration.ZERO);
        try (LoggedEvents logged = new LoggedEvents();
                IoService io = builder.clock(time::get).start();
                TcpServer server = TcpServer.on(io)
                        .address("127.0.0.1")
                        .port(0)
                        .onMessage((session, message) -> Integer.parseInt("no number, from " + session.remoteAddress()))
                        .start()) {
            for (int i = 0; i < 1_000; i++) {
                failOnce(server);
            }
            Await.until("all told", () -> server.stats().disconnected() == 1_000);
            assertThat(logged.lines()).singleElement().asString().contains("HANDLER NumberFormatException");
            time.addAndGet(Duration.ofSeconds(11).toNanos());
            failOnce(server);
            Await.until("told again", () -> logged.lines().size() == 2);
            assertThat(logged.lines().get(1)).contains("999 more like this were not logged");
        }
    }

    private static void failOnce(TcpServer server) {
        try (Peer peer = Peer.connect(Wire.plain(), server.port())) {
            peer.send("x").awaitEnd();
        }
    }

    // ---- ends from inside -------------------------------------------------------------------------------------------

    /** What a handler does to what it is called by, and what is to come of it. */
    private enum Ending {
        CLOSE((io, session) -> {
            session.close();
            return done();
        }),
        SEND_AND_CLOSE((io, session) -> {
            session.sendAndClose("bye");
            return done();
        }),
        DISCONNECT_ALL((io, session) -> {
            session.server().disconnectAll();
            return done();
        }),
        SERVER_CLOSE((io, session) -> {
            session.server().close();
            return done();
        }),
        SERVER_STOP((io, session) -> session.server().stop(Duration.ofSeconds(30))),
        SERVER_RESTART((io, session) -> session.server().restart()),
        SERVICE_CLOSE((io, session) -> {
            io.close();
            return done();
        }),
        SERVICE_STOP((io, session) -> io.stop()),
        SERVICE_RESTART((io, session) -> io.restart());

        @SuppressWarnings("ImmutableEnumChecker") // a function without state
        private final BiFunction<IoService, Session, Future<?>> action;

        Ending(BiFunction<IoService, Session, Future<?>> action) {
            this.action = action;
        }

        private static Future<?> done() {
            return CompletableFuture.completedFuture(null);
        }

        boolean stopsServer() {
            return name().endsWith("STOP") || this == SERVER_CLOSE || this == SERVICE_CLOSE;
        }

        boolean restarts() {
            return name().endsWith("RESTART");
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void everyEndFromInsideEveryHandlerOnTheLoop(Wire wire) throws Exception {
        for (Ending ending : Ending.values()) {
            for (String event : List.of("connect", "message", "sent", "drained", "disconnect")) {
                endsInside(wire, event, ending, Optional.empty());
            }
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void everyEndFromInsideEveryHandlerOnAnExecutor(Wire wire) throws Exception {
        for (Ending ending : Ending.values()) {
            for (String event : List.of("connect", "message", "sent", "drained", "disconnect")) {
                // One thread, which the end must not wait for.
                ExecutorService executor = Executors.newSingleThreadExecutor();
                try {
                    endsInside(wire, event, ending, Optional.of(executor));
                } finally {
                    executor.shutdown();
                }
            }
        }
    }

    @OverWires(OverWires.Kind.TLS)
    void everyEndFromInsideAHandlerWithTls(Wire wire) throws Exception {
        for (Ending ending : Ending.values()) {
            for (String event : List.of("handshake", "message")) {
                endsInside(wire, event, ending, Optional.empty());
            }
        }
    }

    private static void endsInside(Wire wire, String event, Ending ending, Optional<ExecutorService> handlers)
            throws Exception {
        String name = ending + " in " + event;
        EventLog log = EventLog.quiet();
        CompletableFuture<Future<?>> result = new CompletableFuture<>();
        try (Net net = net(wire)) {
            TcpServer server = net.server(options -> {
                options.listen(log)
                        .onMessage(Session::send)
                        .listen(new In(event, session -> result.complete(ending.action.apply(net.io(), session))));
                handlers.ifPresent(options::handlers);
            });
            try (Peer peer = Peer.connect(wire, server.port())) {
                if (event.equals("disconnect")) {
                    Await.until("served", () -> server.stats().sessions() == 1);
                } else {
                    sendIfOpen(peer);
                    peer.awaitEnd();
                }
            }
            Future<?> ended = Await.get(result);
            Await.until(name + " done", ended::isDone);
            if (ending.stopsServer()) {
                Await.get(server.stop(Duration.ZERO));
                assertThat(server.isRunning()).as(name).isFalse();
            } else {
                Await.until(name + ", goes on", server::isRunning);
                assertThat(net.peer(server).send("again").receiveText(5))
                        .as(name)
                        .isEqualTo("again");
            }
        }
        assertThat(log.overlaps()).as(name).isEmpty();
        assertThat(log.all()).as(name).filteredOn("started"::equals).hasSize(ending.restarts() ? 2 : 1);
        assertThat(log.all()).as(name).filteredOn("stopped"::equals).hasSize(ending.restarts() ? 2 : 1);
        for (Session session : log.sessions()) {
            assertThat(log.of(session)).as(name).filteredOn("connect"::equals).hasSize(1);
            assertThat(log.of(session))
                    .as(name)
                    .filteredOn(one -> one.startsWith("disconnect"))
                    .hasSize(1);
            assertThat(log.of(session)).as(name).last().asString().startsWith("disconnect");
        }
    }

    private static void sendIfOpen(Peer peer) {
        try {
            peer.send("x");
        } catch (java.io.UncheckedIOException e) {
            // ended already, in onConnect
        }
    }

    @OverWires
    void everyEndFromInsideABlockingHandler(Wire wire) throws Exception {
        for (Ending ending : Ending.values()) {
            EventLog log = EventLog.quiet();
            CompletableFuture<Future<?>> result = new CompletableFuture<>();
            try (Net net = net(wire)) {
                TcpServer server = net.server(options -> options.listen(log).handle(connection -> {
                    for (ByteBuffer message : connection) {
                        connection.send(message);
                        if (!result.isDone()) {
                            result.complete(ending.action.apply(net.io(), connection.session()));
                        }
                    }
                }));
                Peer peer = net.peer(server);
                peer.send("x").awaitEnd();
                peer.close();
                Future<?> ended = Await.get(result);
                Await.until(ending + " done", ended::isDone);
                if (ending.stopsServer()) {
                    Await.get(server.stop(Duration.ZERO));
                    assertThat(server.isRunning()).as("%s", ending).isFalse();
                } else {
                    Await.until(ending + ", goes on", server::isRunning);
                    assertThat(net.peer(server).send("again").receiveText(5))
                            .as("%s", ending)
                            .isEqualTo("again");
                }
            }
            for (Session session : log.sessions()) {
                assertThat(log.of(session))
                        .filteredOn(one -> one.startsWith("disconnect"))
                        .hasSize(1);
            }
        }
    }

    @OverWires
    void readingIsPausedFromInsideEveryHandler(Wire wire) throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            for (Optional<ExecutorService> handlers :
                    List.of(Optional.<ExecutorService>empty(), Optional.of(executor))) {
                for (String event : List.of("connect", "message", "sent", "drained", "disconnect")) {
                    pausesInside(wire, event, handlers);
                }
            }
        } finally {
            executor.shutdown();
        }
    }

    private static void pausesInside(Wire wire, String event, Optional<ExecutorService> handlers) throws Exception {
        EventLog log = EventLog.quiet();
        CompletableFuture<Session> paused = new CompletableFuture<>();
        try (Net net = net(wire)) {
            TcpServer server = net.server(options -> {
                options.listen(log).onMessage(Session::send).listen(new In(event, session -> {
                    session.pauseReading();
                    paused.complete(session);
                }));
                handlers.ifPresent(options::handlers);
            });
            Peer peer = net.peer(server);
            if (event.equals("disconnect")) {
                peer.close();
                Await.get(paused);
            } else {
                if (!event.equals("connect")) {
                    peer.send("1").receive(1);
                }
                Session session = Await.get(paused);
                net.settle();
                long before = session.stats().messagesReceived();
                peer.send("2");
                net.settle();
                assertThat(session.stats().messagesReceived()).as(event).isEqualTo(before);
                session.resumeReading();
                assertThat(peer.receiveText(1)).as(event).isEqualTo("2");
            }
        }
        assertThat(log.all())
                .as(event)
                .filteredOn(one -> one.startsWith("disconnect"))
                .hasSize(1);
    }

    @OverWires(OverWires.Kind.PLAIN)
    void aServiceIsClosedFromInsideADatagramHandlerOnAnExecutor(Wire wire) throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        CompletableFuture<Void> returned = new CompletableFuture<>();
        // Time stands still: nothing here may wait for the moment when handlers are given up.
        try (Net net = Net.withManualClock(wire)) {
            UdpEndpoint endpoint = net.closing(Datagrams.on(net)
                    .handlers(executor)
                    .onDatagram((heard, from, bytes) -> {
                        net.io().close();
                        returned.complete(null);
                    })
                    .start());
            endpoint.send(endpoint.address(), "close");
            Await.get(returned);
            Await.get(net.io().stop());
            assertThat(net.errors()).isEmpty();
        } finally {
            executor.shutdown();
        }
    }

    // ---- handlers that never return ---------------------------------------------------------------------------------

    @OverWires(OverWires.Kind.PLAIN)
    void aClientWhoseHandlerNeverReturnsEndsAllTheSame(Wire wire) throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Void> inside = new CompletableFuture<>();
        List<String> told = new CopyOnWriteArrayList<>();
        try (Net net = Net.withManualClock(wire)) {
            TcpServer server = net.server(options -> options.onConnect(session -> session.send("go")));
            TcpClient client = net.unconnected(
                    server.port(),
                    options -> options.handlers(executor)
                            .onMessage((session, message) -> {
                                inside.complete(null);
                                awaitUninterruptibly(release);
                            })
                            .onDisconnect((session, reason) -> told.add("disconnect")));
            client.connect();
            Await.get(inside);
            Future<Void> disconnected = client.disconnect();
            net.settle();
            assertThat(disconnected.isDone()).isFalse();
            net.advance(Duration.ofSeconds(11));
            Await.until("given up", disconnected::isDone);
            assertThat(net.errors()).extracting(ErrorEvent::code).containsExactly("HANDLER_STILL_RUNNING");
            release.countDown();
            Await.until("told once it has returned", () -> told.equals(List.of("disconnect")));
        } finally {
            release.countDown();
            executor.shutdown();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
