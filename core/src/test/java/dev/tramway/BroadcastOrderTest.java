package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.testing.Await;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Peer;
import dev.tramway.testing.Wire;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a broadcast promises at the seams: first member, end of a segment, end of a session, several framings. */
@ExtendWith(NoLeaks.class)
class BroadcastOrderTest {
    private static final int SEGMENT = 64 * 1024;
    private static final int FRAME = 32;

    @OverWires(OverWires.Kind.PLAIN)
    void theFirstMemberOfAGroupGetsWhatIsBroadcastAfterItWasAdded(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(Framing.lines()));
            Connection client = net.connection(server, options -> options.framing(Framing.lines()));
            Session member = sessions(server, 1).get(0);
            for (int i = 0; i < 200; i++) {
                Group room = server.group("room " + i);
                room.add(member);
                assertThat(room.broadcast("first " + i)).isEqualTo(SendResult.ACCEPTED);
                room.remove(member);
            }
            for (int i = 0; i < 200; i++) {
                assertThat(Text.of(client.receive(Await.LIMIT).orElseThrow())).isEqualTo("first " + i);
            }
        }
    }

    @OverWires
    void whoIsExceptedDoesNotGetTheMessageWhenASegmentEndsWithinTheBroadcast(Wire wire) throws Exception {
        int messages = 500;
        int size = 1000;
        try (Net net = new Net(wire, options -> options.threads(1))) {
            TcpServer server = net.server(options -> options.framing(Framing.lengthPrefixed(2, SEGMENT - 1)));
            Peer excepted = net.peer(server);
            List<Peer> others = List.of(net.peer(server), net.peer(server), net.peer(server));
            List<Session> sessions = sessions(server, 4);
            Session sender = sessionOf(sessions, excepted);
            // Each framing has a lane of its own in the group, so that a broadcast is put into the log four times.
            sessionOf(sessions, others.get(0)).writeFraming(Framing.fixedSize(size));
            sessionOf(sessions, others.get(1)).writeFraming(Framing.lengthPrefixed(4, SEGMENT));
            sessionOf(sessions, others.get(2)).writeFraming(Framing.varintPrefixed(SEGMENT));
            CountDownLatch done = new CountDownLatch(1);
            sender.execute(() -> {
                for (int i = 0; i < messages; i++) {
                    server.broadcast(message(i, size), sender);
                }
                sender.send(message(-1, 4));
                done.countDown();
            });
            assertThat(done.await(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(excepted.receive(6)).containsExactly(0, 4, -1, -1, -1, -1);
            for (int i = 0; i < messages; i++) {
                assertThat(ByteBuffer.wrap(others.get(0).receive(size)).getInt())
                        .isEqualTo(i);
            }
        }
    }

    @OverWires
    void messagesThatFillASegmentToItsLastByteAreNotOverwrittenByLaterOnes(Wire wire) throws Exception {
        int readers = 4;
        try (Net net = new Net(wire, options -> options.threads(1))) {
            TcpServer server = net.server(options -> options.framing(Framing.fixedSize(FRAME)));
            List<Peer> peers = new ArrayList<>();
            for (int i = 0; i < readers; i++) {
                peers.add(net.peer(server));
            }
            List<Session> sessions = sessions(server, readers);
            ByteBuffer filling = ByteBuffer.allocate(2 * SEGMENT);
            for (int i = 0; i < 2 * SEGMENT / FRAME; i++) {
                filling.putInt(i * FRAME, i);
            }
            for (int round = 0; round < 3; round++) {
                int now = round;
                sessions.get(0).execute(() -> {
                    for (int i = 0; i < 2 * SEGMENT / FRAME; i++) {
                        server.broadcast(filling.slice(i * FRAME, FRAME));
                    }
                });
                for (Peer peer : peers) {
                    assertThat(peer.receive(2 * SEGMENT)).isEqualTo(filling.array());
                }
                sessions.get(0).execute(() -> {
                    for (Session session : sessions) {
                        session.send(
                                message(1000 * now + session.remoteAddress().getPort(), FRAME));
                    }
                });
                for (Peer peer : peers) {
                    assertThat(ByteBuffer.wrap(peer.receive(FRAME)).getInt()).isEqualTo(1000 * now + peer.localPort());
                }
            }
        }
    }

    /** Leaving and a new framing take the session out of the fan-out that would have sent. */
    @OverWires(OverWires.Kind.PLAIN)
    void aBroadcastGoesOutAlsoIfTheMemberLeavesOrChangesItsFramingInTheSameTurn(Wire wire) throws Exception {
        try (Net net = new Net(wire, options -> options.threads(1))) {
            TcpServer server = net.server(options -> options.framing(Framing.lines()));
            Peer peer = net.peer(server);
            Session session = sessions(server, 1).get(0);
            session.execute(() -> {
                server.broadcast("old");
                session.writeFraming(Framing.fixedSize(3));
            });
            assertThat(peer.receiveText(4)).isEqualTo("old\n");
            session.execute(() -> {
                server.broadcast("new");
                server.everyone().remove(session);
            });
            assertThat(peer.receiveText(3)).isEqualTo("new");
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void nothingFollowsTheLastMessageOrAClose(Wire wire) throws Exception {
        try (Net net = new Net(wire, options -> options.threads(1))) {
            TcpServer server = net.server(options -> options.framing(Framing.lines()));
            Peer sentAway = net.peer(server);
            Session first = sessions(server, 1).get(0);
            Peer closed = net.peer(server);
            Session second = sessionOf(sessions(server, 2), closed);
            // One shares its frames with others, one is sent to by itself.
            second.writeFraming(new EachItsOwn());
            first.execute(() -> {
                server.broadcast("before");
                first.sendAndClose("last");
                second.close();
                server.broadcast("after");
            });
            assertThat(sentAway.receiveText(12)).isEqualTo("before\nlast\n");
            assertThat(sentAway.receiveAll()).isEmpty();
            assertThat(closed.receiveText(7)).isEqualTo("before\n");
            assertThat(closed.receiveAll()).isEmpty();
        }
    }

    /** Its queue is thrown away before it leaves its groups, and must not be filled once more by leaving. */
    @OverWires
    void aSessionThatEndsInTheTurnOfABroadcastLeavesNoBufferBehind(Wire wire) throws Exception {
        try (Net net = new Net(wire, options -> options.threads(1))) {
            TcpServer server = net.server(options -> options.framing(Framing.lines())
                    .onDisconnect((session, reason) -> session.server().broadcast("somebody left")));
            for (int round = 0; round < 5; round++) {
                List<Peer> peers = List.of(net.peer(server), net.peer(server), net.peer(server));
                List<Session> sessions = sessions(server, 3);
                CountDownLatch resets = new CountDownLatch(1);
                // While the loop is held, all peers go; it then finds their ends in one turn.
                sessions.get(0).execute(() -> awaitUninterruptibly(resets));
                peers.forEach(Peer::reset);
                resets.countDown();
                Await.until("all left", () -> server.stats().sessions() == 0);
            }
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void aMessageThatOneFramingCannotHoldReachesTheOthersOnceAndNotTheExcepted(Wire wire) throws Exception {
        try (Net net = new Net(wire, options -> options.threads(1))) {
            TcpServer server = net.server(options -> options.framing(Framing.lengthPrefixed(2, 100)));
            Peer sender = net.peer(server);
            Session sending = sessions(server, 1).get(0);
            Peer small = net.peer(server);
            Session limited = sessionOf(sessions(server, 2), small);
            limited.writeFraming(Framing.fixedSize(3));
            limited.execute(() -> assertFramingFails(() -> server.broadcast(ByteBuffer.allocate(50), sending)));
            sending.send("end");
            assertThat(sender.receive(5)).containsExactly(0, 3, 'e', 'n', 'd');
            limited.send("end");
            assertThat(small.receiveText(3)).isEqualTo("end");
        }
    }

    /** Lines, without saying that all writers put the same bytes. */
    private record EachItsOwn() implements Framing {
        @Override
        public FrameReader newReader() {
            return Framing.lines().newReader();
        }

        @Override
        public FrameWriter newWriter() {
            return Framing.lines().newWriter();
        }
    }

    private static void assertFramingFails(Runnable task) {
        try {
            task.run();
        } catch (FramingException expected) {
            return;
        }
        throw new IllegalStateException("no FramingException");
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

    private static ByteBuffer message(int number, int size) {
        return ByteBuffer.allocate(size).putInt(0, number);
    }

    private static List<Session> sessions(TcpServer server, int count) {
        Await.until(count + " sessions", () -> server.everyone().size() == count);
        return server.sessions().stream()
                .sorted(Comparator.comparingInt(
                        session -> session.remoteAddress().getPort()))
                .toList();
    }

    private static Session sessionOf(List<Session> sessions, Peer peer) {
        return sessions.stream()
                .filter(session -> session.remoteAddress().getPort() == peer.localPort())
                .findAny()
                .orElseThrow();
    }
}
