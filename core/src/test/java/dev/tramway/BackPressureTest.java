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
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Peers that are slower than what is sent to them, and senders that are faster than what is taken from them. */
@ExtendWith(NoLeaks.class)
@Timeout(120)
class BackPressureTest {
    /** Smaller ones make loopback connections wait for acknowledgements. */
    private static final int SMALL_BUFFER = 64 * 1024;

    private static final int SIZE = 1_000;
    private static final Framing FRAMES = Framing.fixedSize(SIZE);

    // ---- reading ----------------------------------------------------------------------------------------------------

    @OverWires
    void aPausedSessionStopsItsSenderAndLosesNothing(Wire wire) throws Exception {
        int messages = 30_000;
        AtomicLong heard = new AtomicLong();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(FRAMES).onMessage((session, message) -> {
                assertThat(message.getInt()).isEqualTo((int) heard.getAndIncrement());
                if (heard.get() == 10) {
                    session.pauseReading();
                }
            }));
            Peer peer = net.peer(server);
            net.closing(peer::abort);
            Thread sending = sending(peer, messages);
            Session session = Sessions.only(server);
            Await.until("paused", () -> heard.get() == 10);
            awaitUnchanged(net, () -> session.stats().bytesReceived());
            assertThat(heard).hasValue(10);
            // What was read before the pause took hold is kept; it is no more than a few reads.
            assertThat(session.stats().bytesReceived()).isLessThan(1 << 20);
            assertThat(sending.isAlive()).as("the sender waits").isTrue();
            session.resumeReading();
            Await.until("all", () -> heard.get() == messages);
            sending.join();
            assertThat(session.stats().messagesReceived()).isEqualTo(messages);
        }
    }

    @OverWires
    void aPauseTakesHoldWithinOneReadAndTheEndWaitsForTheResume(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(
                    options -> options.framing(Framing.lines()).listen(log).onMessage((session, message) -> {
                        session.pauseReading();
                    }));
            Peer peer = net.peer(server).send("a\nb\nc\n");
            log.await("message a");
            peer.halfClose();
            Session session = log.session();
            net.settle();
            assertThat(log.text()).isEqualTo("a");
            // Resumed and paused at once, nothing comes.
            Sessions.onLoop(session, () -> {
                session.resumeReading();
                session.pauseReading();
            });
            net.settle();
            assertThat(log.text()).isEqualTo("a");
            session.resumeReading();
            log.await("message b");
            session.resumeReading();
            log.await("message c");
            session.resumeReading();
            log.await("disconnect PEER_CLOSED");
            assertThat(log.text()).isEqualTo("abc");
        }
    }

    /** What the relay example does: what one side does not take is not read from the other. */
    @OverWires
    void aSlowReceiverSlowsTheSenderOfARelay(Wire wire) throws Exception {
        int messages = 12_000;
        try (Net net = new Net(wire, options -> options.threads(1))) {
            AtomicLong most = new AtomicLong();
            AtomicInteger pauses = new AtomicInteger();
            TcpServer relay = net.server(options -> options.framing(FRAMES)
                    .outbound(Outbound.limit(200_000).whenFull(Outbound.WhenFull.DROP_NEWEST))
                    .socketBuffers(SMALL_BUFFER, SMALL_BUFFER));
            Peer slow = net.closing(Peer.connect(wire, relay.port(), SMALL_BUFFER));
            Session to = Sessions.only(relay);
            Peer sender = net.peer(relay);
            Session from = Sessions.of(relay, sender);
            Sessions.onLoop(from, () -> {
                List<ByteBuffer> held = new ArrayList<>();
                from.onMessage((session, message) -> {
                    if (to.send(message) == SendResult.FULL) {
                        from.pauseReading();
                        pauses.incrementAndGet();
                        held.add(ByteBuffer.allocate(SIZE).put(message).flip());
                    }
                    most.accumulateAndGet(to.stats().bytesPending(), Math::max);
                });
                to.listen(new SessionListener() {
                    @Override
                    public void onWritable(Session session) {
                        held.forEach(message -> assertThat(to.send(message)).isEqualTo(SendResult.ACCEPTED));
                        held.clear();
                        from.resumeReading();
                    }
                });
            });
            net.closing(sender::abort);
            Thread sending = sending(sender, messages);
            Await.until("paused", () -> pauses.get() > 0);
            awaitUnchanged(net, () -> from.stats().bytesReceived());
            assertThat(sending.isAlive()).as("the sender waits").isTrue();
            for (int i = 0; i < messages; i++) {
                assertThat(ByteBuffer.wrap(slow.receive(SIZE)).getInt()).isEqualTo(i);
            }
            sending.join();
            assertThat(most.get()).isLessThanOrEqualTo(200_000);
            assertThat(relay.stats().messagesDropped()).isZero();
        }
    }

    // ---- DISCONNECT -------------------------------------------------------------------------------------------------

    @OverWires
    void aSlowConsumerIsDisconnectedAndNobodyElseNotices(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        int messages = 20_000;
        try (Net net = new Net(wire, options -> options.threads(1))) {
            TcpServer server =
                    net.server(options -> options.framing(FRAMES).listen(log).socketBuffers(0, SMALL_BUFFER));
            Peer stopped = net.closing(Peer.connect(wire, server.port(), SMALL_BUFFER));
            Session slow = Sessions.only(server);
            Peer healthy = net.peer(server);
            Sessions.of(server, healthy);
            AtomicLong most = new AtomicLong();
            Thread receiving = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < messages; i++) {
                    assertThat(ByteBuffer.wrap(healthy.receive(SIZE)).getInt()).isEqualTo(i);
                }
            });
            AtomicInteger next = new AtomicInteger();
            while (next.get() < messages) {
                Sessions.onLoop(slow, () -> {
                    for (int i = 0; i < 100; i++) {
                        server.broadcast(message(next.getAndIncrement()));
                    }
                    most.accumulateAndGet(slow.stats().bytesPending(), Math::max);
                });
                Await.until(
                        "healthy keeps up",
                        () -> server.stats().bytesPending() - slow.stats().bytesPending() < 500_000);
            }
            receiving.join();
            log.await("disconnect SLOW_CONSUMER");
            assertThat(slow.closeReason().orElseThrow().detail()).contains("1048576 are allowed");
            assertThat(most.get()).isLessThanOrEqualTo(1 << 20);
            assertThat(log.all())
                    .filteredOn(event -> event.startsWith("disconnect"))
                    .hasSize(1);
            assertThat(server.stats().sessions()).isEqualTo(1);
            stopped.awaitEnd();
        }
    }

    /** Bursts above the limit pass as long as the kernel takes them; a message above the limit passes alone. */
    @OverWires
    void theLimitIsJudgedOnlyAfterAnAttemptToWrite(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.outbound(Outbound.limit(10_000)));
            Peer peer = net.peer(server);
            Session session = Sessions.only(server);
            Sessions.onLoop(
                    session, () -> assertThat(session.send(new byte[2_000_000])).isEqualTo(SendResult.ACCEPTED));
            peer.receive(2_000_000);
            Await.until("taken", () -> session.stats().bytesPending() == 0);
            // With io_uring the kernel answers after the callback only.
            int burst = wire.transport() == Transport.IO_URING ? 10 : 100;
            Sessions.onLoop(session, () -> {
                for (int i = 0; i < burst; i++) {
                    assertThat(session.send(new byte[1_000])).isEqualTo(SendResult.ACCEPTED);
                }
            });
            peer.receive(burst * 1_000);
            assertThat(session.isOpen()).isTrue();
        }
    }

    // ---- DROP_NEWEST ------------------------------------------------------------------------------------------------

    @OverWires
    void withDropNewestSendAnswersFullAndExactlyWhatWasAcceptedArrives(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(FRAMES)
                    .outbound(Outbound.limit(100_000).whenFull(Outbound.WhenFull.DROP_NEWEST))
                    .socketBuffers(0, SMALL_BUFFER)
                    .listen(log));
            Peer slow = net.closing(Peer.connect(wire, server.port(), SMALL_BUFFER));
            Session session = Sessions.only(server);
            AtomicInteger next = new AtomicInteger();
            for (int round = 0; round < 5; round++) {
                int first = next.get();
                Sessions.onLoop(session, () -> {
                    while (session.send(message(next.get())) == SendResult.ACCEPTED) {
                        next.incrementAndGet();
                    }
                    assertThat(session.send(message(-1))).isEqualTo(SendResult.FULL);
                    assertThat(session.stats().bytesPending()).isLessThanOrEqualTo(100_000);
                });
                for (int i = first; i < next.get(); i++) {
                    assertThat(ByteBuffer.wrap(slow.receive(SIZE)).getInt()).isEqualTo(i);
                }
                log.await("writable");
                net.settle();
                assertThat(log.all()).filteredOn("writable"::equals).hasSize(1);
                log.all().clear();
            }
            assertThat(session.stats().messagesSent()).isEqualTo(next.get());
            assertThat(session.stats().messagesDropped()).isZero();
            assertThat(session.isOpen()).isTrue();
        }
    }

    @OverWires
    void withDropNewestABroadcastCountsAndTellsWhatASlowMemberDoesNotGet(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        int messages = 5_000;
        // One loop: the inbox of another could be full for a moment.
        try (Net net = new Net(wire, options -> options.threads(1))) {
            TcpServer server = net.server(options -> options.framing(FRAMES)
                    .outbound(Outbound.limit(100_000).whenFull(Outbound.WhenFull.DROP_NEWEST))
                    .socketBuffers(0, SMALL_BUFFER)
                    .listen(log));
            Peer slow = net.closing(Peer.connect(wire, server.port(), SMALL_BUFFER));
            Session session = Sessions.only(server);
            Sessions.onLoop(session, () -> {
                for (int i = 0; i < messages; i++) {
                    assertThat(server.broadcast(message(i))).isEqualTo(SendResult.ACCEPTED);
                }
            });
            net.settle();
            checkDrops(server, session, log, slow, messages);
        }
    }

    // ---- DROP_OLDEST ------------------------------------------------------------------------------------------------

    @OverWires
    void withDropOldestWholeOldMessagesMakeRoomForNewOnes(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        int messages = 5_000;
        // One loop: the inbox of another could be full for a moment.
        try (Net net = new Net(wire, options -> options.threads(1))) {
            TcpServer server = net.server(options -> options.framing(FRAMES)
                    .outbound(Outbound.limit(400_000).whenFull(Outbound.WhenFull.DROP_OLDEST))
                    .socketBuffers(0, SMALL_BUFFER)
                    .listen(log));
            Peer slow = net.closing(Peer.connect(wire, server.port(), SMALL_BUFFER));
            Session session = Sessions.only(server);
            Sessions.onLoop(session, () -> {
                for (int i = 0; i < messages; i++) {
                    // Broadcasts and sends to it alone are dropped by the same rule.
                    SendResult result = i % 3 == 0 ? server.broadcast(message(i)) : session.send(message(i));
                    assertThat(result).isEqualTo(SendResult.ACCEPTED);
                }
            });
            net.settle();
            List<Integer> got = checkDrops(server, session, log, slow, messages);
            assertThat(got.get(got.size() - 1)).isEqualTo(messages - 1);
        }
    }

    /** What arrives is whole and in order, and together with what was dropped it is everything. */
    private static List<Integer> checkDrops(TcpServer server, Session session, EventLog log, Peer slow, int messages) {
        long dropped = session.stats().messagesDropped();
        assertThat(dropped).isPositive();
        List<Integer> got = new ArrayList<>();
        for (int i = 0; i < messages - dropped; i++) {
            got.add(checked(slow.receive(SIZE)));
        }
        assertThat(got).isSorted().doesNotHaveDuplicates();
        session.send(message(messages));
        assertThat(checked(slow.receive(SIZE))).isEqualTo(messages);
        assertThat(server.stats().messagesDropped()).isEqualTo(dropped);
        assertThat(told(log)).isEqualTo(dropped);
        assertThat(session.isOpen()).isTrue();
        return got;
    }

    private static long told(EventLog log) {
        return log.all().stream()
                .filter(event -> event.startsWith("dropped"))
                .mapToLong(event -> {
                    String[] words = event.split(" ", -1);
                    assertThat(Long.parseLong(words[3])).isEqualTo(SIZE * Long.parseLong(words[1]));
                    return Long.parseLong(words[1]);
                })
                .sum();
    }

    @OverWires
    void aDropIsToldBeforeTheNextMessage(Wire wire) throws Exception {
        Callbacks callbacks = new Callbacks();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(Framing.lines(SIZE))
                    .outbound(Outbound.limit(100_000).whenFull(Outbound.WhenFull.DROP_OLDEST))
                    .socketBuffers(0, SMALL_BUFFER)
                    .listen(callbacks
                            .inside("onMessage flood", session -> {
                                while (session.stats().messagesDropped() == 0) {
                                    session.send(new byte[SIZE]);
                                }
                            })
                            .listener()));
            Peer slow = net.closing(Peer.connect(wire, server.port(), SMALL_BUFFER));
            slow.send("flood\nnext\n");
            callbacks.await("onMessage next");
            assertThat(callbacks.told()).containsSubsequence("onMessage flood", "onDropped", "onMessage next");
            assertThat(callbacks.told()).filteredOn("onDropped"::equals).hasSize(1);
            assertThat(callbacks.nested()).isEmpty();
        }
    }

    // ---- full inboxes -----------------------------------------------------------------------------------------------

    @OverWires(OverWires.Kind.PLAIN)
    void aBroadcastThatAnswersFullReachesNobodyAndMayBeTriedAgainWhenWritable(Wire wire) throws Exception {
        AtomicInteger writable = new AtomicInteger();
        try (Net net = new Net(wire, options -> options.inboxLimit(64 << 10).blockedAfter(Duration.ZERO));
                Gate gate = new Gate()) {
            TcpServer server = net.server(options -> options.framing(FRAMES).listen(new ServerListener() {
                @Override
                public void onWritable(TcpServer told) {
                    writable.incrementAndGet();
                }
            }));
            List<Peer> peers = List.of(net.peer(server), net.peer(server), net.peer(server), net.peer(server));
            List<Session> sessions = Sessions.all(server, 4);
            // One of the two loops is held, so that its inbox fills; the other one has room.
            sessions.get(0).execute(gate::pass);
            gate.awaitReached();
            int accepted = 0;
            while (server.broadcast(message(accepted)) == SendResult.ACCEPTED) {
                accepted++;
            }
            assertThat(accepted).isBetween(1, 70);
            assertThat(server.broadcast(message(-1))).isEqualTo(SendResult.FULL);
            assertThat(server.everyone().broadcast(message(-1), sessions.get(0)))
                    .isEqualTo(SendResult.FULL);
            assertThat(writable).hasValue(0);
            gate.open();
            Await.until("writable", () -> writable.get() == 1);
            assertThat(server.broadcast(message(accepted))).isEqualTo(SendResult.ACCEPTED);
            for (Peer peer : peers) {
                for (int i = 0; i <= accepted; i++) {
                    assertThat(checked(peer.receive(SIZE))).isEqualTo(i);
                }
            }
            net.settle();
            assertThat(writable).hasValue(1);
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void aProducerThatWaitsForWritableReachesEverybodyWithEverything(Wire wire) throws Exception {
        int messages = 20_000;
        try (Net net = new Net(wire, options -> options.inboxLimit(64 << 10))) {
            Object room = new Object();
            AtomicInteger told = new AtomicInteger();
            TcpServer server = net.server(options -> options.framing(FRAMES)
                    .outbound(Outbound.limit(64 << 20))
                    .listen(new ServerListener() {
                        @Override
                        public void onWritable(TcpServer server) {
                            synchronized (room) {
                                told.incrementAndGet();
                                room.notifyAll();
                            }
                        }
                    }));
            List<Peer> peers = List.of(net.peer(server), net.peer(server), net.peer(server));
            Sessions.all(server, 3);
            CompletableFuture<Void> producing = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < messages; i++) {
                    int before = told.get();
                    while (server.broadcast(message(i)) == SendResult.FULL) {
                        awaitChange(room, told, before);
                        before = told.get();
                    }
                }
            });
            for (int i = 0; i < messages; i++) {
                for (Peer peer : peers) {
                    assertThat(checked(peer.receive(SIZE))).isEqualTo(i);
                }
            }
            Await.get(producing);
        }
    }

    private static void awaitChange(Object room, AtomicInteger told, int before) {
        synchronized (room) {
            while (told.get() == before) {
                try {
                    room.wait(Await.LIMIT.toMillis());
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void aSendFromAfarThatAnswersFullIsFollowedByOneOnWritable(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = new Net(
                        wire, options -> options.threads(1).inboxLimit(64 << 10).blockedAfter(Duration.ZERO));
                Gate gate = new Gate()) {
            TcpServer server = net.server(options -> options.framing(FRAMES).listen(log));
            Peer peer = net.peer(server);
            Session session = Sessions.only(server);
            session.execute(gate::pass);
            gate.awaitReached();
            int accepted = 0;
            while (session.send(message(accepted)) == SendResult.ACCEPTED) {
                accepted++;
            }
            assertThat(session.send(message(-1))).isEqualTo(SendResult.FULL);
            assertThat(Await.failureOf(session.sendAsync(message(-1)))).isInstanceOf(ClosedException.class);
            gate.open();
            log.await("writable");
            session.send(message(accepted));
            for (int i = 0; i <= accepted; i++) {
                assertThat(checked(peer.receive(SIZE))).isEqualTo(i);
            }
            net.settle();
            assertThat(log.all()).filteredOn("writable"::equals).hasSize(1);
        }
    }

    // ---- help -------------------------------------------------------------------------------------------------------

    /** Sends numbered messages, as fast as they are taken. */
    private static Thread sending(Peer peer, int messages) {
        return Thread.ofVirtual().start(() -> {
            for (int i = 0; i < messages; i++) {
                peer.send(message(i).array());
            }
        });
    }

    /** A number, and bytes that tell whether the message is whole. */
    private static ByteBuffer message(int number) {
        ByteBuffer message = ByteBuffer.allocate(SIZE).putInt(number);
        while (message.hasRemaining()) {
            message.put((byte) (number + message.position()));
        }
        return message.flip();
    }

    private static int checked(byte[] message) {
        int number = ByteBuffer.wrap(message).getInt();
        assertThat(message).isEqualTo(message(number).array());
        return number;
    }

    /** Waits until a figure stands still, although the loops had many turns. */
    private static void awaitUnchanged(Net net, LongSupplier figure) {
        AtomicLong last = new AtomicLong(-1);
        AtomicInteger same = new AtomicInteger();
        Await.until("unchanged", () -> {
            net.settle();
            long now = figure.getAsLong();
            return (last.getAndSet(now) == now ? same.incrementAndGet() : same.getAndSet(0)) >= 50;
        });
    }
}
