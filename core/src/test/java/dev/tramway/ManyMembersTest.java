package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.testing.Gate;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Peer;
import dev.tramway.testing.Sessions;
import dev.tramway.testing.Wire;
import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.ExtendWith;

/** More members than one turn of a loop serves, or has much memory for. */
@ExtendWith(NoLeaks.class)
class ManyMembersTest {
    private static final int MEMBERS = 150;

    @OverWires(OverWires.Kind.PLAIN)
    void aRequestIsHandledWhileABroadcastIsStillGoingOut(Wire wire) throws Exception {
        CompletableFuture<Long> servedWhenAsked = new CompletableFuture<>();
        try (Net net = new Net(wire, options -> options.threads(1));
                Gate gate = new Gate()) {
            TcpServer server = net.server(options -> options.framing(Framing.lines())
                    .onMessage((session, message) -> servedWhenAsked.complete(served(session.server()))));
            List<Peer> peers = peers(net, server, MEMBERS);
            askDuringBroadcast(server, peers.get(0), gate);
            for (Peer peer : peers) {
                assertThat(peer.receiveText(5)).isEqualTo("news\n");
            }
            assertThat(servedWhenAsked).isCompletedWithValueMatching(served -> served > 0 && served < MEMBERS);
        }
    }

    /** Broadcasts "news"; when the first members have been served, a request of this peer is there to be read. */
    private static void askDuringBroadcast(TcpServer server, Peer asking, Gate gate) {
        Sessions.of(server, asking).execute(() -> {
            server.broadcast("news");
            gate.pass();
        });
        gate.awaitReached();
        asking.send("request\n");
        gate.open();
    }

    /** The segment that a broadcast lies in is full before all have got it. */
    @OverWires
    void whatIsBroadcastMeanwhileMayFillASegment(Wire wire) throws Exception {
        int more = 20;
        String text = "x".repeat(5_000);
        try (Net net = new Net(wire, options -> options.threads(1));
                Gate gate = new Gate()) {
            TcpServer server =
                    net.server(options -> options.framing(Framing.lines()).onMessage((session, message) -> {
                        for (int i = 0; i < more; i++) {
                            session.server().broadcast(text);
                        }
                    }));
            List<Peer> peers = peers(net, server, MEMBERS);
            askDuringBroadcast(server, peers.get(0), gate);
            String expected = "news\n" + (text + "\n").repeat(more);
            for (Peer peer : peers) {
                assertThat(peer.receiveText(expected.length())).isEqualTo(expected);
            }
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void sendingToManyInOneTurnTakesLittleMemory(Wire wire) throws Exception {
        int many = 1_000;
        try (Net net = new Net(wire, options -> options.threads(1))) {
            TcpServer server = net.server(options -> options.framing(Framing.lines()));
            List<Peer> peers = peers(net, server, many);
            List<Session> sessions = List.copyOf(server.sessions());
            long taken = Sessions.onLoop(sessions.get(0), () -> {
                long before = activeBytes();
                sessions.forEach(session -> session.send("hello"));
                return activeBytes() - before;
            });
            for (Peer peer : peers) {
                assertThat(peer.receiveText(6)).isEqualTo("hello\n");
            }
            // Some get 64 KiB, because they may be sent more; the others begin with 1 KiB.
            assertThat(taken).isLessThan(16 << 20);
        }
    }

    private static long activeBytes() {
        return PooledByteBufAllocator.DEFAULT.metric().directArenas().stream()
                .mapToLong(PoolArenaMetric::numActiveBytes)
                .sum();
    }

    private static long served(TcpServer server) {
        return server.sessions().stream()
                .filter(session -> session.stats().bytesSent() > 0)
                .count();
    }

    /** A driver's requests come between the turns that serve; each changes something, and the model is told at that moment. */
    @OverWires
    void whoComesAndGoesWhileBroadcastsGoOutGetsWhatIsTheirsInOrder(Wire wire) throws Exception {
        long seed = System.nanoTime();
        try (Net net = new Net(wire, options -> options.threads(1))) {
            CompletableFuture<Model> prepared = new CompletableFuture<>();
            TcpServer server =
                    net.server(options -> options.framing(Framing.lines()).onMessage((session, message) -> {
                        prepared.join().step();
                        session.send("done");
                    }));
            List<Peer> peers = peers(net, server, MEMBERS);
            Peer driver = net.peer(server);
            Model model = new Model(server, peers, new Random(seed));
            net.settle();
            prepared.complete(model);
            for (int i = 0; i < 400; i++) {
                driver.send("step\n");
                assertThat(driver.receiveText(5)).isEqualTo("done\n");
            }
            for (Peer peer : peers) {
                String expected = model.expectedAt(peer.localPort()).toString();
                String heard = model.ended(peer.localPort())
                        ? new String(peer.receiveAll(), StandardCharsets.UTF_8)
                        : peer.receiveText(expected.length());
                assertThat(heard).as("seed %d, peer %d", seed, peer.localPort()).isEqualTo(expected);
            }
        }
    }

    private static List<Peer> peers(Net net, TcpServer server, int count) {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            peers.add(net.peer(server));
        }
        Sessions.all(server, count);
        return peers;
    }

    /** What is done, and who is to hear of it. Used on the loop alone, until all steps are done. */
    private static final class Model {
        private final Random random;
        private final Group room;
        private final List<Session> members = new ArrayList<>();
        private final List<Session> away = new ArrayList<>();
        private final Map<Integer, StringBuilder> expected = new HashMap<>();
        private final Set<Integer> ended = new HashSet<>();
        private int messages;

        Model(TcpServer server, List<Peer> peers, Random random) {
            this.random = random;
            this.room = server.group("room");
            for (Peer peer : peers) {
                Session session = Sessions.of(server, peer);
                room.add(session);
                members.add(session);
            }
        }

        void step() {
            for (int i = random.nextInt(4); i >= 0; i--) {
                switch (random.nextInt(8)) {
                    case 0, 1 -> leave();
                    case 2, 3 -> join();
                    case 4 -> sendToOne();
                    case 5 -> end();
                    default -> broadcast();
                }
            }
        }

        private void broadcast() {
            String text = "all " + messages++;
            Session except = any(away.isEmpty() || random.nextBoolean() ? members : away);
            room.broadcast(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), except);
            for (Session member : members) {
                if (member != except) {
                    heard(member, text);
                }
            }
        }

        private void sendToOne() {
            String text = "one " + messages++;
            Session session = any(members);
            session.send(text);
            heard(session, text);
        }

        private void leave() {
            Session leaving = any(members);
            room.remove(leaving);
            members.remove(leaving);
            away.add(leaving);
        }

        private void join() {
            if (!away.isEmpty()) {
                Session joining = any(away);
                room.add(joining);
                away.remove(joining);
                members.add(joining);
            }
        }

        /** For one in ten in the end. */
        private void end() {
            if (random.nextInt(10) == 0) {
                Session ending = any(members);
                members.remove(ending);
                ended.add(ending.remoteAddress().getPort());
                ending.sendAndClose("bye");
                heard(ending, "bye");
            }
        }

        private Session any(List<Session> sessions) {
            return sessions.get(random.nextInt(sessions.size()));
        }

        private void heard(Session session, String text) {
            expectedAt(session.remoteAddress().getPort()).append(text).append('\n');
        }

        boolean ended(int port) {
            return ended.contains(port);
        }

        StringBuilder expectedAt(int port) {
            return expected.computeIfAbsent(port, unknown -> new StringBuilder());
        }
    }
}
