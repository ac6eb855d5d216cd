package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.testing.Await;
import dev.tramway.testing.EventLog;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Peer;
import dev.tramway.testing.Wire;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every time limit of a session, in virtual time. */
@ExtendWith(NoLeaks.class)
class TimeLimitsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private static final int OWED = 16 << 20;
    private static final int PIECE = 64 << 10;

    /** Receive buffer of peers that are to be slow. */
    private static final int SMALL = 64 << 10;

    @OverWires(ipv6 = true)
    void anUntouchedConnectionIsStillOpenAfterADay(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = Net.withManualClock(wire)) {
            TcpServer server = net.server(options -> options.listen(log).onMessage(Session::send));
            TcpClient client = net.client(server, options -> options.listen(log));
            Peer peer = net.peer(server);
            Await.until("both are served", () -> server.stats().sessions() == 2);
            for (int hour = 0; hour < 24; hour++) {
                net.advance(Duration.ofHours(1));
            }
            assertThat(server.stats().sessions()).isEqualTo(2);
            assertThat(client.isConnected()).isTrue();
            assertThat(peer.send("awake").receiveText(5)).isEqualTo("awake");
            assertThat(log.all()).noneMatch(event -> event.startsWith("disconnect") || event.startsWith("error"));
        }
    }

    @OverWires
    void anIdleSessionIsClosedAfterTheIdleTimeSinceTheLastByte(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = Net.withManualClock(wire)) {
            TcpServer server = net.server(
                    options -> options.listen(log).idleTimeout(MINUTE).onMessage(Session::send));
            Peer peer = net.peer(server);
            Await.until("served", () -> server.stats().sessions() == 1);
            for (int i = 0; i < 5; i++) {
                net.advance(MINUTE.minus(MOMENT));
                assertThat(peer.send("x").receiveText(1)).isEqualTo("x");
            }
            net.advance(MINUTE.minus(MOMENT));
            assertThat(server.stats().sessions()).isEqualTo(1);
            net.advance(MOMENT);
            log.await("disconnect IDLE");
            peer.awaitEnd();
            assertThat(log.session().closeReason().orElseThrow().detail()).contains("60000 ms");
        }
    }

    @OverWires
    void whatIsSentToAPeerDoesNotKeepItFromBeingIdle(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = Net.withManualClock(wire)) {
            TcpServer server = net.server(options -> options.listen(log).idleTimeout(MINUTE));
            Peer peer = net.peer(server);
            Await.until("served", () -> server.everyone().size() == 1);
            net.advance(MINUTE.minus(MOMENT));
            server.broadcast("x");
            peer.receive(1);
            net.advance(MOMENT);
            log.await("disconnect IDLE");
        }
    }

    @OverWires
    void aPeerThatNeverSaysAnythingIsClosedAfterTheFirstByteTime(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = Net.withManualClock(wire)) {
            TcpServer server = net.server(
                    options -> options.listen(log).firstByteTimeout(MINUTE).onMessage(Session::send));
            Peer silent = net.peer(server);
            Peer talking = net.peer(server);
            Await.until("served", () -> server.stats().sessions() == 2);
            talking.send("x").receiveText(1);
            net.advance(MINUTE.minus(MOMENT));
            assertThat(server.stats().sessions()).isEqualTo(2);
            net.advance(MOMENT);
            log.await("disconnect FIRST_BYTE_TIMEOUT");
            silent.awaitEnd();
            net.advance(MINUTE.multipliedBy(100));
            assertThat(talking.send("y").receiveText(1)).isEqualTo("y");
        }
    }

    @OverWires(OverWires.Kind.TLS)
    void aPeerThatDoesNotFinishItsHandshakeIsClosedAfterTenSecondsUnlessToldOtherwise(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        EventLog patientLog = EventLog.quiet();
        try (Net net = Net.withManualClock(wire)) {
            TcpServer server = net.server(options -> options.listen(log));
            TcpServer patient = net.server(options -> options.listen(patientLog).handshakeTimeout(Duration.ZERO));
            Peer stalled = net.closing(Peer.connectWithoutHandshake(wire, server.port()));
            net.closing(Peer.connectWithoutHandshake(wire, patient.port()));
            Await.until(
                    "accepted",
                    () -> server.stats().accepted() + patient.stats().accepted() == 2);
            net.settle();
            net.advance(Duration.ofSeconds(10).minus(MOMENT));
            assertThat(log.all()).containsExactly("started");
            net.advance(MOMENT);
            log.await("handshake failed HANDSHAKE_TIMEOUT");
            stalled.awaitEnd();
            net.advance(Duration.ofHours(24));
            assertThat(patientLog.all()).containsExactly("started");
            Await.until("counted", () -> server.stats().handshakesFailed() == 1);
            assertThat(server.stats().sessions()).isZero();
        }
    }

    @OverWires(OverWires.Kind.TLS)
    void aClientGivesUpOnAHandshakeThatIsNotAnswered(Wire wire) throws Exception {
        try (Net net = Net.withManualClock(wire)) {
            Wire plain = new Wire(wire.transport(), false, wire.host());
            TcpServer silent = net.closing(plain.server(net.io()).start());
            TcpClient client = net.unconnected(silent.port(), options -> options.handshakeTimeout(MINUTE));
            CompletableFuture<Session> connecting = client.connectAsync();
            Await.until("accepted", () -> silent.stats().bytesReceived() > 0);
            net.settle();
            net.advance(MINUTE.minus(MOMENT));
            assertThat(connecting).isNotDone();
            net.advance(MOMENT);
            assertThat(Await.failureOf(connecting))
                    .isInstanceOf(TlsException.class)
                    .hasMessageContaining("in time");
        }
    }

    @OverWires
    void aPeerThatTakesNothingOfWhatItIsOwedIsClosedAfterTheWriteTime(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = Net.withManualClock(wire)) {
            TcpServer server = owing(net, options -> options.listen(log).writeTimeout(MINUTE));
            Peer stopped = net.closing(Peer.connect(wire, server.port(), SMALL));
            awaitStall(net, server);
            net.advance(MINUTE.minus(MOMENT));
            assertThat(log.all()).noneMatch(event -> event.startsWith("disconnect"));
            // Twice: the first look may still see that the kernel has taken something since.
            net.advance(MINUTE);
            net.advance(MINUTE);
            log.await("disconnect WRITE_TIMEOUT");
            stopped.awaitEnd();
        }
    }

    @OverWires
    void aPeerThatTakesALittleWithinEachWriteTimeStays(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = Net.withManualClock(wire)) {
            TcpServer server = owing(net, options -> options.listen(log).writeTimeout(MINUTE));
            Peer slow = net.closing(Peer.connect(wire, server.port(), SMALL));
            takeALittleInEachWriteTime(net, server, slow, 4);
            assertThat(log.all()).noneMatch(event -> event.startsWith("disconnect"));
        }
    }

    @OverWires
    void aPeerThatTakesLessThanTheLeastRateIsClosed(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = Net.withManualClock(wire)) {
            TcpServer server = owing(
                    net, options -> options.listen(log).writeTimeout(MINUTE).leastWriteRate(OWED / 60));
            Peer slow = net.closing(Peer.connect(wire, server.port(), SMALL));
            awaitStall(net, server);
            Await.until("closed", () -> {
                trickle(slow);
                net.advance(Duration.ofSeconds(9));
                return log.all().contains("disconnect WRITE_TIMEOUT");
            });
            assertThat(log.session().closeReason().orElseThrow().detail()).contains("of at least");
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void aPeerThatTakesMoreThanTheLeastRateStays(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = Net.withManualClock(wire)) {
            TcpServer server = owing(
                    net, options -> options.listen(log).writeTimeout(MINUTE).leastWriteRate(OWED / 60 / 64));
            Peer slow = net.closing(Peer.connect(wire, server.port(), SMALL));
            takeALittleInEachWriteTime(net, server, slow, 2);
            assertThat(log.all()).noneMatch(event -> event.startsWith("disconnect"));
        }
    }

    /** Takes an eighth of what is owed, just before the write time is over. */
    private static void takeALittleInEachWriteTime(Net net, TcpServer server, Peer slow, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            awaitStall(net, server);
            net.advance(MINUTE.minus(MOMENT));
            slow.receive(OWED / 8);
            awaitStall(net, server);
            net.advance(MOMENT);
        }
    }

    /** Takes a little, unless the connection has ended. */
    private static void trickle(Peer peer) {
        try {
            peer.receive(OWED / 64);
        } catch (UncheckedIOException ended) {
            // what was waited for
        }
    }

    @OverWires
    void aPeerThatReadsAllIsNotHeldToTheWriteTime(Wire wire) throws Exception {
        try (Net net = Net.withManualClock(wire)) {
            TcpServer server = owing(net, options -> options.writeTimeout(MINUTE));
            Peer peer = net.closing(Peer.connect(wire, server.port(), SMALL));
            peer.receive(OWED);
            Await.until("all taken", () -> server.stats().bytesPending() == 0);
            for (int i = 0; i < 10; i++) {
                net.advance(MINUTE);
            }
            assertThat(server.stats().sessions()).isEqualTo(1);
        }
    }

    @OverWires
    void aLastMessageThatNobodyReadsIsGivenUpAfterHalfAMinute(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = Net.withManualClock(wire)) {
            TcpServer server = owing(net, options -> options.listen(log));
            Peer peer = net.closing(Peer.connect(wire, server.port(), SMALL));
            awaitStall(net, server);
            log.session().sendAndClose("last");
            net.settle();
            net.advance(Duration.ofSeconds(29));
            assertThat(log.all()).noneMatch(event -> event.startsWith("disconnect"));
            net.advance(Duration.ofSeconds(1));
            log.await("disconnect LOCAL");
            peer.awaitEnd();
        }
    }

    @OverWires
    void aPeerThatDoesNotCloseAfterTheLastMessageIsWaitedForTwoSeconds(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = Net.withManualClock(wire)) {
            TcpServer server = net.server(
                    options -> options.listen(log).onMessage((session, message) -> session.sendAndClose("bye")));
            Peer peer = net.peer(server).send("x");
            assertThat(peer.receiveText(3)).isEqualTo("bye");
            net.settle();
            net.advance(Duration.ofSeconds(1));
            assertThat(log.all()).noneMatch(event -> event.startsWith("disconnect"));
            net.advance(Duration.ofSeconds(1));
            log.await("disconnect LOCAL");
        }
    }

    @OverWires
    void aStopCutsWhatIsNotDrainedInTimeAndSaysSo(Wire wire) throws Exception {
        try (Net net = Net.withManualClock(wire)) {
            TcpServer server = owing(net, options -> {});
            Peer stopped = net.closing(Peer.connect(wire, server.port(), SMALL));
            awaitStall(net, server);
            long pending = server.stats().bytesPending();
            CompletableFuture<StopReport> stopping = server.stop(MINUTE);
            assertThat(server.isRunning()).isFalse();
            Await.until("draining", () -> server.sessions().isEmpty());
            net.settle();
            net.advance(MINUTE.minus(MOMENT));
            assertThat(stopping).isNotDone();
            net.advance(MOMENT);
            StopReport report = Await.get(stopping);
            assertThat(report.cut()).isEqualTo(1);
            assertThat(report.drained()).isZero();
            assertThat(report.bytesLost()).isEqualTo(pending);
            stopped.awaitEnd();
        }
    }

    /** A server that owes every peer more than the kernel takes. */
    private static TcpServer owing(Net net, Consumer<TcpServer.Builder> options) {
        return net.server(server -> {
            server.outbound(Outbound.limit(2L * OWED)).onConnect(session -> {
                for (int i = 0; i < OWED / PIECE; i++) {
                    session.send(new byte[PIECE]);
                }
            });
            options.accept(server);
        });
    }

    /** Waits until the kernel takes no more. */
    private static void awaitStall(Net net, TcpServer server) {
        Await.until("served", () -> server.stats().sessions() == 1);
        AtomicLong last = new AtomicLong(-1);
        AtomicInteger same = new AtomicInteger();
        Await.until("stalled", () -> {
            net.settle();
            long pending = server.stats().bytesPending();
            boolean unchanged = last.getAndSet(pending) == pending;
            return pending > 0 && (unchanged ? same.incrementAndGet() : same.getAndSet(0)) >= 20;
        });
    }
}
