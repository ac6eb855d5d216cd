package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.testing.Await;
import dev.tramway.testing.EventLog;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Peer;
import dev.tramway.testing.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.extension.ExtendWith;

/** A peer that has nothing more to say, but wants its answers. */
@ExtendWith(NoLeaks.class)
class HalfCloseTest {
    private static final String LINES = "one\ntwo\n";

    private final EventLog log = EventLog.quiet();

    @OverWires
    void requestsThatArriveInOneReadWithTheEndAreAnswered(Wire wire) throws Exception {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        try (Net net = new Net(wire, options -> options.blockedAfter(Duration.ZERO))) {
            TcpServer server = net.server(options -> options.framing(Framing.lines())
                    .onConnect(session -> Await.get(sent))
                    .listen(log)
                    .onMessage(Session::send));
            Peer peer = net.peer(server).send(LINES).halfClose();
            sent.complete(null);
            assertAnswered(peer);
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void requestsThatArriveWithTheEndDuringAPauseAreAnswered(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(Framing.lines())
                    .onConnect(Session::pauseReading)
                    .listen(log)
                    .onMessage(Session::send));
            Peer peer = net.peer(server).send(LINES).halfClose();
            log.await("connect");
            net.settle();
            log.session().resumeReading();
            assertAnswered(peer);
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void requestsBeforeTheEndAreAnsweredByHandlersElsewhere(Wire wire) throws Exception {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(Framing.lines())
                    .handlers(executor)
                    .listen(log)
                    .onMessage((session, message) -> {
                        Await.get(ended);
                        session.send(message);
                    }));
            Peer peer = net.peer(server).send(LINES).halfClose();
            log.await("message one");
            net.settle();
            ended.complete(null);
            assertAnswered(peer);
        } finally {
            executor.shutdown();
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void answersThatAreMadeLaterAreSentIfTheEndIsHeld(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options ->
                    options.framing(Framing.lines()).listen(log).onMessage((session, message) -> session.holdEnd()));
            Peer peer = net.peer(server).send(LINES).halfClose();
            log.await("message two");
            net.settle();
            Session session = log.session();
            assertThat(session.isOpen()).isTrue();
            assertThat(session.send("one")).isEqualTo(SendResult.ACCEPTED);
            assertThat(session.send("two")).isEqualTo(SendResult.ACCEPTED);
            session.releaseEnd();
            assertAnswered(peer);
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void anEndThatNobodyReleasesIsHeldForHalfAMinute(Wire wire) throws Exception {
        try (Net net = Net.withManualClock(wire)) {
            TcpServer server =
                    net.server(options -> options.onConnect(Session::holdEnd).listen(log));
            Peer peer = net.peer(server).halfClose();
            log.await("connect");
            net.settle();
            net.advance(Duration.ofSeconds(29));
            assertThat(log.session().isOpen()).isTrue();
            // More than once, since the end may have been noticed late.
            Await.until("over", () -> {
                net.advance(Duration.ofSeconds(2));
                return !log.session().isOpen();
            });
            assertThat(peer.receiveAll()).isEmpty();
            log.await("disconnect PEER_CLOSED");
        }
    }

    @OverWires
    void anEndThatIsHeldInVainComesWhenItIsReleased(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(Framing.lines())
                    .listen(log)
                    .onConnect(Session::holdEnd)
                    .onMessage((session, message) -> session.releaseEnd()));
            Peer peer = net.peer(server).send("one\n").halfClose();
            assertThat(peer.receiveAll()).isEmpty();
            log.await("disconnect PEER_CLOSED");
        }
    }

    private void assertAnswered(Peer peer) {
        assertThat(new String(peer.receiveAll(), StandardCharsets.UTF_8)).isEqualTo(LINES);
        log.await("disconnect PEER_CLOSED");
    }
}
