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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who is in a group, who gets what is sent to it, and in which order. */
@ExtendWith(NoLeaks.class)
class GroupTest {
    @OverWires
    void membersGetWhatIsBroadcastBetweenJoiningAndLeaving(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(Framing.lines()));
            Peer peer = net.peer(server);
            Session member = Sessions.only(server);
            Group room = server.group("room");
            assertThat(room.name()).isEqualTo("room");
            assertThat(room.size()).isZero();
            room.broadcast("before");
            room.add(member);
            room.broadcast("1");
            room.add(member);
            room.broadcast("2");
            room.remove(member);
            room.broadcast("behind");
            room.remove(member);
            room.add(member);
            room.broadcast("3");
            server.group("other").broadcast("elsewhere");
            member.send("end");
            assertThat(peer.receiveText(10)).isEqualTo("1\n2\n3\nend\n");
            net.settle();
            assertThat(room.size()).isEqualTo(1);
            assertThat(server.group("room").size()).isEqualTo(1);
        }
    }

    @OverWires
    void everyFormOfABroadcastReachesAllButTheExcepted(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(Framing.lines()));
            List<Peer> peers = List.of(net.peer(server), net.peer(server), net.peer(server), net.peer(server));
            List<Session> sessions = Sessions.all(server, 4);
            Session excepted = Sessions.of(server, peers.get(0));
            ByteBuffer part = ByteBuffer.wrap("a part of it".getBytes(StandardCharsets.UTF_8), 2, 4);
            for (Group group : List.of(server.everyone(), server.group("room"))) {
                sessions.forEach(group::add);
                assertThat(group.broadcast("grüße")).isEqualTo(SendResult.ACCEPTED);
                assertThat(group.broadcast("array".getBytes(StandardCharsets.UTF_8)))
                        .isEqualTo(SendResult.ACCEPTED);
                assertThat(group.broadcast(part)).isEqualTo(SendResult.ACCEPTED);
                assertThat(group.broadcast(part, excepted)).isEqualTo(SendResult.ACCEPTED);
            }
            server.broadcast("server");
            server.broadcast("bytes".getBytes(StandardCharsets.UTF_8));
            server.broadcast(part);
            server.broadcast(part, excepted);
            server.broadcast("end");
            assertThat(part.position()).isEqualTo(2);
            assertThat(part.remaining()).isEqualTo(4);
            String group = "grüße\narray\npart\n";
            String ofServer = "server\nbytes\npart\n";
            String some = group + group + ofServer + "end\n";
            String all = group + "part\n" + group + "part\n" + ofServer + "part\nend\n";
            assertThat(receive(peers.get(0), some)).isEqualTo(some);
            for (Peer peer : peers.subList(1, 4)) {
                assertThat(receive(peer, all)).isEqualTo(all);
            }
        }
    }

    private static String receive(Peer peer, String expected) {
        return peer.receiveText(expected.getBytes(StandardCharsets.UTF_8).length);
    }

    /** From the loop and from another thread alike. */
    @OverWires
    void sendsAndBroadcastsOfOneThreadKeepTheirOrder(Wire wire) throws Exception {
        int messages = 2_000;
        try (Net net = new Net(wire)) {
            TcpServer server =
                    net.server(options -> options.framing(Framing.fixedSize(4)).outbound(Outbound.limit(64 << 20)));
            Peer peer = net.peer(server);
            Session session = Sessions.only(server);
            Group room = server.group("room");
            for (boolean onLoop : new boolean[] {false, true}) {
                Runnable producing = () -> {
                    for (int i = 0; i < messages; i++) {
                        ByteBuffer number = ByteBuffer.allocate(4).putInt(0, i);
                        switch (i % 4) {
                            case 0 -> session.send(number);
                            case 1 -> server.broadcast(number);
                            case 2 -> {
                                room.add(session);
                                room.broadcast(number);
                            }
                            default -> {
                                room.broadcast(number);
                                room.remove(session);
                            }
                        }
                    }
                };
                if (onLoop) {
                    Sessions.onLoop(session, producing);
                } else {
                    producing.run();
                }
                for (int i = 0; i < messages; i++) {
                    assertThat(ByteBuffer.wrap(peer.receive(4)).getInt()).isEqualTo(i);
                }
            }
        }
    }

    @OverWires
    void sessionsLeaveByThemselvesAndJoiningAndLeavingAreToldInPairs(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.listen(log));
            Peer peer = net.peer(server);
            Session session = Sessions.only(server);
            Group a = server.group("a");
            Group b = server.group("b");
            a.add(session);
            a.add(session);
            b.add(session);
            a.remove(session);
            a.remove(session);
            a.add(session);
            net.settle();
            assertThat(List.of(a.size(), b.size(), server.everyone().size())).containsExactly(1, 1, 1);
            peer.close();
            log.await("disconnect PEER_CLOSED");
            List<String> memberships = log.of(session).stream()
                    .filter(event -> event.startsWith("join") || event.startsWith("leave"))
                    .toList();
            assertThat(memberships.subList(0, 5))
                    .containsExactly("join everyone", "join a", "join b", "leave a", "join a");
            assertThat(memberships.subList(5, memberships.size()))
                    .containsExactlyInAnyOrder("leave a", "leave b", "leave everyone");
            assertThat(log.of(session)).endsWith("disconnect PEER_CLOSED");
            assertThat(List.of(a.size(), b.size(), server.everyone().size())).containsExactly(0, 0, 0);
            // Who has gone cannot come back.
            a.add(session);
            net.settle();
            assertThat(a.size()).isZero();
            assertThat(a.broadcast("to nobody")).isEqualTo(SendResult.ACCEPTED);
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void whoLeftEveryoneIsStillServedButNotBroadcastTo(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(Framing.lines()));
            Peer peer = net.peer(server);
            Session session = Sessions.only(server);
            server.everyone().remove(session);
            server.broadcast("not for it");
            session.send("for it");
            server.everyone().add(session);
            server.broadcast("again");
            assertThat(peer.receiveText(13)).isEqualTo("for it\nagain\n");
            assertThat(server.sessions()).containsExactly(session);
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void membersOfOneGroupMayHaveDifferentFramings(Wire wire) throws Exception {
        Framing ofItsOwn = new Framing() {
            @Override
            public FrameReader newReader() {
                return Framing.raw().newReader();
            }

            // Numbers its messages, so that no two sessions could share bytes.
            @Override
            public FrameWriter newWriter() {
                return new FrameWriter() {
                    private byte next = '1';

                    @Override
                    public int frameSize(int messageSize) {
                        return messageSize + 1;
                    }

                    @Override
                    public void write(ByteBuffer message, ByteBuffer target) {
                        target.put(next++);
                        target.put(message.duplicate());
                    }
                };
            }
        };
        try (Net net = new Net(wire, options -> options.threads(1))) {
            TcpServer server = net.server(options -> options.framing(Framing.lines()));
            List<Peer> peers = List.of(net.peer(server), net.peer(server), net.peer(server), net.peer(server));
            List<Session> sessions =
                    peers.stream().map(peer -> Sessions.of(server, peer)).toList();
            sessions.get(1).writeFraming(Framing.lengthPrefixed(1, 100));
            sessions.get(2).writeFraming(ofItsOwn);
            sessions.get(3).writeFraming(ofItsOwn);
            sessions.get(3).send("x");
            server.broadcast("ab");
            server.broadcast(ByteBuffer.wrap("cd".getBytes(StandardCharsets.UTF_8)), sessions.get(0));
            assertThat(peers.get(0).receiveText(3)).isEqualTo("ab\n");
            assertThat(peers.get(1).receive(6)).containsExactly(2, 'a', 'b', 2, 'c', 'd');
            assertThat(peers.get(2).receiveText(6)).isEqualTo("1ab2cd");
            assertThat(peers.get(3).receiveText(8)).isEqualTo("1x2ab3cd");
        }
    }

    @Test
    void sessionsOfOthersAreRefused() throws Exception {
        try (Net net = new Net(Wire.plain())) {
            TcpServer server = net.server(options -> {});
            TcpServer other = net.server(options -> {});
            TcpClient client = net.client(other, options -> {});
            Session stranger = Sessions.only(other);
            Session ofClient = client.session().orElseThrow();
            for (Session session : List.of(stranger, ofClient)) {
                assertThatThrownBy(() -> server.group("room").add(session))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("a session of the group's own server");
                assertThatThrownBy(() -> server.everyone().remove(session))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> server.broadcast(ByteBuffer.allocate(1), session))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void aServerThatHasStoppedTakesNoBroadcasts() throws Exception {
        try (Net net = new Net(Wire.plain())) {
            TcpServer server = net.server(options -> {});
            Group room = server.group("room");
            net.peer(server);
            room.add(Sessions.only(server));
            Await.get(server.stop(Duration.ZERO));
            assertThat(server.broadcast("x")).isEqualTo(SendResult.CLOSED);
            assertThat(room.broadcast("x")).isEqualTo(SendResult.CLOSED);
            assertThat(room.size()).isZero();
            Await.get(server.restart());
            assertThat(server.broadcast("x")).isEqualTo(SendResult.ACCEPTED);
        }
    }
}
