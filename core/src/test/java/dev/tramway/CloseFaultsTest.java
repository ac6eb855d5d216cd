package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.testing.Await;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Peer;
import dev.tramway.testing.Wire;
import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ends that meet each other: a stop while the last bytes drain, a reset while a queue is at its limit. */
@ExtendWith(NoLeaks.class)
class CloseFaultsTest {
    private static final int SMALL_BUFFER = 16 * 1024;

    @OverWires
    void aStopWithoutDrainingDoesNotWaitForAPeerThatIsOwedItsLastMessage(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(
                    options -> options.outbound(Outbound.limit(64 << 20)).socketBuffers(0, SMALL_BUFFER));
            net.closing(Peer.connect(wire, server.port(), SMALL_BUFFER));
            Session session = session(server);
            fillKernel(session);
            assertThat(session.sendAndClose("last words")).isEqualTo(SendResult.ACCEPTED);
            StopReport report = Await.get(server.stop(Duration.ZERO));
            assertThat(report.cut()).isEqualTo(1);
            assertThat(report.bytesLost()).isPositive();
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void closeEndsAtOnceWhatDrains(Wire wire) throws Exception {
        CompletableFuture<CloseReason> end = new CompletableFuture<>();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.outbound(Outbound.limit(64 << 20))
                    .socketBuffers(0, SMALL_BUFFER)
                    .onDisconnect((session, reason) -> end.complete(reason)));
            net.closing(Peer.connect(wire, server.port(), SMALL_BUFFER));
            Session session = session(server);
            fillKernel(session);
            session.sendAndClose("last words");
            session.close(CloseReason.of(CloseReason.Kind.IDLE));
            assertThat(Await.get(end).kind()).isEqualTo(CloseReason.Kind.LOCAL);
        }
    }

    /** The close is known at once, and the loop finds it in the middle of cutting; what it throws away then is a whole rest. */
    @OverWires
    void aCloseByAnotherThreadTearsNoMessage(Wire wire) throws Exception {
        String first = "a".repeat(40_000);
        String second = "b".repeat(30_000);
        List<String> messages = new CopyOnWriteArrayList<>();
        CompletableFuture<CloseReason> end = new CompletableFuture<>();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(Framing.lines(50_000))
                    .onMessage((session, message) -> {
                        messages.add(Text.of(message));
                        CompletableFuture.runAsync(
                                        session::close,
                                        task -> Thread.ofVirtual().start(task))
                                .join();
                    })
                    .onDisconnect((session, reason) -> end.complete(reason)));
            Peer peer = net.peer(server);
            peer.send(first.substring(0, 30_000));
            Session session = session(server);
            Await.until("the first part", () -> session.stats().bytesReceived() == 30_000);
            try {
                peer.send(first.substring(30_000) + "\n" + second + "\n");
            } catch (UncheckedIOException e) {
                // The session may have closed while this was being sent.
            }
            assertThat(Await.get(end).kind()).isEqualTo(CloseReason.Kind.LOCAL);
        }
        assertThat(messages).startsWith(first).isSubsetOf(first, second);
    }

    @OverWires
    void aResetWhileTheQueueIsAtItsLimitHurtsNoOtherSession(Wire wire) throws Exception {
        CompletableFuture<CloseReason> end = new CompletableFuture<>();
        try (Net net = new Net(wire, options -> options.threads(1))) {
            TcpServer server = net.server(options -> options.outbound(Outbound.limit(128 << 10)));
            Peer leaving = Peer.connect(wire, server.port(), SMALL_BUFFER);
            Session session = session(server);
            session.onDisconnect((ended, reason) -> end.complete(reason));
            CountDownLatch reset = new CountDownLatch(1);
            session.execute(() -> {
                awaitUninterruptibly(reset);
                // The first write finds the reset, the following messages find the limit.
                for (int i = 0; i < 100; i++) {
                    session.send(new byte[10_000]);
                }
            });
            leaving.reset();
            reset.countDown();
            assertThat(Await.get(end).kind()).isIn(CloseReason.Kind.SLOW_CONSUMER, CloseReason.Kind.RESET);
            Peer other = net.peer(server);
            Await.until("the other session", () -> server.stats().sessions() == 1);
            session(server).send("still here");
            assertThat(other.receiveText(10)).isEqualTo("still here");
        }
    }

    @OverWires
    void whatArrivesWhileASessionDrainsTakesNoMemory(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(Framing.lengthPrefixed(4, 1 << 20))
                    .outbound(Outbound.limit(64 << 20))
                    .socketBuffers(0, SMALL_BUFFER));
            Peer peer = net.closing(Peer.connect(wire, server.port(), SMALL_BUFFER));
            Session session = session(server);
            // Half a frame, which is kept while the session is open.
            peer.send(ByteBuffer.allocate(500_000).putInt(0, 1_000_000).array());
            Await.until("half a frame", () -> session.stats().bytesReceived() == 500_000);
            fillKernel(session);
            session.sendAndClose(ByteBuffer.allocate(10));
            long before = directMemory();
            byte[] flood = new byte[100_000];
            for (int i = 0; i < 300; i++) {
                peer.send(flood);
            }
            Await.until("30 MB", () -> session.stats().bytesReceived() > 20_000_000);
            assertThat(directMemory() - before).isLessThan(8 << 20);
        }
    }

    @OverWires
    void aPeerThatTakesNothingForTheWriteTimeIsClosed(Wire wire) throws Exception {
        CompletableFuture<CloseReason> end = new CompletableFuture<>();
        try (Net net = Net.withManualClock(wire)) {
            TcpServer server = net.server(options -> options.outbound(Outbound.limit(64 << 20))
                    .socketBuffers(0, SMALL_BUFFER)
                    .writeTimeout(Duration.ofSeconds(5))
                    .onDisconnect((session, reason) -> end.complete(reason)));
            net.closing(Peer.connect(wire, server.port(), SMALL_BUFFER));
            Session session = session(server);
            fillKernel(session);
            net.settle();
            net.advance(Duration.ofSeconds(4));
            assertThat(session.isOpen()).isTrue();
            net.advance(Duration.ofSeconds(6));
            net.advance(Duration.ofSeconds(6));
            assertThat(Await.get(end).kind()).isEqualTo(CloseReason.Kind.WRITE_TIMEOUT);
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void aRefusedSendAndCloseLeavesTheSessionAsItWas(Wire wire) throws Exception {
        try (Net net =
                new Net(wire, options -> options.threads(1).inboxLimit(64 << 10).blockedAfter(Duration.ZERO))) {
            TcpServer server = net.server(options -> options.onMessage((session, message) -> session.send(message)));
            Peer peer = net.peer(server);
            Session session = session(server);
            CountDownLatch held = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            session.execute(() -> {
                held.countDown();
                awaitUninterruptibly(release);
            });
            assertThat(held.await(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(session.send(new byte[60_000])).isEqualTo(SendResult.ACCEPTED);
            assertThat(session.sendAndClose(ByteBuffer.allocate(60_000))).isEqualTo(SendResult.FULL);
            assertThat(session.isOpen()).isTrue();
            assertThat(session.closeReason()).isEmpty();
            release.countDown();
            assertThat(peer.receive(60_000)).containsOnly(0);
            assertThat(peer.send("echo").receiveText(4)).isEqualTo("echo");
        }
    }

    /** What the kernel has not taken cannot be told as sent, however many messages were dropped behind it. */
    @OverWires
    void droppingOldMessagesDoesNotTellOthersAsSent(Wire wire) throws Exception {
        try (Net net = new Net(wire, options -> options.threads(1))) {
            TcpServer server = net.server(options -> options.framing(Framing.lengthPrefixed(4, 1 << 20))
                    .outbound(Outbound.limit(600_000).whenFull(Outbound.WhenFull.DROP_OLDEST)));
            net.closing(Peer.connect(wire, server.port(), SMALL_BUFFER));
            Session session = session(server);
            List<CompletableFuture<Void>> sends = new CopyOnWriteArrayList<>();
            CompletableFuture<Void> stalled = new CompletableFuture<>();
            session.execute(() -> {
                while (session.stats().messagesDropped() == 0) {
                    sends.add(session.sendAsync(ByteBuffer.allocate(5_000)));
                }
                stalled.complete(null);
            });
            Await.get(stalled);
            net.settle();
            SessionStats before = session.stats();
            session.execute(() -> {
                for (int i = 0; i < 1_000; i++) {
                    sends.add(session.sendAsync(ByteBuffer.allocate(5_000)));
                }
            });
            Await.until("drops", () -> session.stats().messagesDropped() > before.messagesDropped() + 500);
            net.settle();
            long told = sends.stream()
                    .filter(send -> send.isDone() && !send.isCompletedExceptionally())
                    .count();
            assertThat(told).isLessThanOrEqualTo(session.stats().messagesSent());
        }
    }

    @Test
    void rememberedSizesAreForgottenWhenNobodyAsksForThem() throws Exception {
        try (Net net = new Net(Wire.plain(), options -> options.threads(1))) {
            TcpServer server =
                    net.server(options -> options.outbound(Outbound.DEFAULT.whenFull(Outbound.WhenFull.DROP_OLDEST)));
            Peer peer = net.peer(server);
            Session session = session(server);
            int messages = 4_000_000;
            long before = heapInUse();
            for (int sent = 0; sent < messages; sent += 10_000) {
                session.execute(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        session.send(new byte[1]);
                    }
                });
                peer.receive(10_000);
            }
            // An int for each would be 16 MB.
            assertThat(heapInUse() - before).isLessThan(4 << 20);
            assertThat(session.stats().messagesDropped()).isZero();
        }
    }

    private static long heapInUse() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long directMemory() {
        return PooledByteBufAllocator.DEFAULT.metric().directArenas().stream()
                .mapToLong(PoolArenaMetric::numActiveBytes)
                .sum();
    }

    /** Sends until something is left that the kernel does not take. */
    private static void fillKernel(Session session) {
        CompletableFuture<Void> full = new CompletableFuture<>();
        session.execute(() -> {
            while (session.stats().bytesPending() < 1_000_000) {
                session.send(new byte[100_000]);
            }
            full.complete(null);
        });
        Await.get(full);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            if (!latch.await(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody released the loop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Session session(TcpServer server) {
        Await.until("one session", () -> server.everyone().size() == 1);
        return server.sessions().iterator().next();
    }
}
