package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.testing.Await;
import dev.tramway.testing.EventLog;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The scenarios by which the founding servers test themselves, over every wire. */
@ExtendWith(NoLeaks.class)
class TcpScenarioTest {
    @OverWires(ipv6 = true)
    void aTestMessageComesBackAndAllCountersSayFourBytes(Wire wire) throws Exception {
        List<String> hooks = new CopyOnWriteArrayList<>();
        EventLog log = EventLog.quiet();
        TcpServer server;
        TcpClient client;
        try (Net net = new Net(
                wire,
                options -> options.threads(1)
                        .onThreadStart(() -> hooks.add("thread start"))
                        .onThreadStop(() -> hooks.add("thread stop"))
                        .onStarted(() -> hooks.add("started"))
                        .onStopped(() -> hooks.add("stopped"))
                        .onIdle(() -> hooks.add("idle")))) {
            server = net.server(options -> options.listen(log).onMessage(Session::send));
            client = net.unconnected(server.port(), options -> {});
            Await.get(client.connectAsync());
            Await.until("one session", () -> server.stats().sessions() == 1);
            client.send("test");
            Await.until("4 bytes back", () -> client.stats().bytesReceived() == 4);
            Await.get(client.disconnect());
            Await.until("no session", () -> server.stats().sessions() == 0);
            Await.get(server.stop(Duration.ZERO));
        }
        assertThat(hooks).containsExactly("thread start", "started", "stopped", "thread stop");
        List<String> expected =
                new ArrayList<>(List.of("started", "connect", "message test", "disconnect PEER_CLOSED", "stopped"));
        if (wire.encrypted()) {
            expected.add(1, "handshake");
        }
        assertThat(log.all())
                .filteredOn(event -> !event.startsWith("join") && !event.startsWith("leave"))
                .containsExactlyElementsOf(expected);
        assertThat(List.of(server.stats().bytesSent(), server.stats().bytesReceived()))
                .containsExactly(4L, 4L);
        assertThat(List.of(client.stats().bytesSent(), client.stats().bytesReceived()))
                .containsExactly(4L, 4L);
    }

    @OverWires(ipv6 = true)
    void aMulticastReachesExactlyThoseWhoAreConnected(Wire wire) throws Exception {
        AtomicLong idle = new AtomicLong();
        try (Net net = new Net(
                wire,
                options -> options.threads(1).waiting(Waiting.spin().force()).onIdle(idle::incrementAndGet))) {
            TcpServer server = net.server(options -> {});
            List<TcpClient> clients = new ArrayList<>();
            clients.add(net.client(server, options -> {}));
            multicastTo(server, 1);
            awaitReceived(clients, 4);
            clients.add(net.client(server, options -> {}));
            multicastTo(server, 2);
            awaitReceived(clients, 8, 4);
            clients.add(net.client(server, options -> {}));
            multicastTo(server, 3);
            awaitReceived(clients, 12, 8, 4);
            Await.get(clients.get(0).disconnect());
            multicastTo(server, 2);
            awaitReceived(clients, 12, 12, 8);
            Await.get(clients.get(1).disconnect());
            multicastTo(server, 1);
            awaitReceived(clients, 12, 12, 12);
            Await.get(clients.get(2).disconnect());
            multicastTo(server, 0);
            Await.get(server.stop(Duration.ZERO));
            ServerStats stats = server.stats();
            assertThat(stats.bytesSent()).isEqualTo(36);
            assertThat(stats.messagesSent()).isEqualTo(9);
            assertThat(stats.bytesReceived()).isZero();
            assertThat(clients)
                    .allSatisfy(client -> assertThat(client.stats().bytesSent()).isZero());
        }
        assertThat(idle).as("calls of the idle hook").hasPositiveValue();
    }

    private static void multicastTo(TcpServer server, int members) {
        Await.until(members + " members", () -> server.everyone().size() == members);
        assertThat(server.broadcast("test")).isEqualTo(SendResult.ACCEPTED);
    }

    private static void awaitReceived(List<TcpClient> clients, long... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            TcpClient client = clients.get(i);
            long expected = bytes[i];
            Await.until(
                    "client " + i + " has " + expected + " bytes",
                    () -> client.stats().bytesReceived() == expected);
        }
    }

    @OverWires
    void randomConnectsSendsAndDisconnectsEndCleanly(Wire wire) throws Exception {
        new RandomActs(wire).run(Duration.ofSeconds(1));
    }

    @OverWires(ipv6 = true)
    @Tag("long")
    @Timeout(120)
    void randomConnectsSendsAndDisconnectsEndCleanlyAfterTenSeconds(Wire wire) throws Exception {
        new RandomActs(wire).run(Duration.ofSeconds(10));
    }

    /** Up to 100 clients that connect, reconnect, disconnect, send and are multicast to, in an order drawn by lot. */
    private static final class RandomActs {
        private static final int MOST_CLIENTS = 100;

        private final Wire wire;
        private final long seed = System.nanoTime();
        private final Random random = new Random(seed);
        private final List<TcpClient> clients = new ArrayList<>();
        private final EventLog log = EventLog.quiet();
        private final AtomicLong clientsReceived = new AtomicLong();
        private final AtomicInteger clientConnects = new AtomicInteger();
        private final AtomicInteger clientDisconnects = new AtomicInteger();

        RandomActs(Wire wire) {
            this.wire = wire;
        }

        void run(Duration time) throws Exception {
            try (Net net = new Net(wire)) {
                TcpServer server = net.server(options -> options.listen(log).onMessage(Session::send));
                long end = System.nanoTime() + time.toNanos();
                while (System.nanoTime() < end) {
                    act(net, server);
                    // No faster than the loops follow.
                    net.settle();
                }
                for (TcpClient client : clients) {
                    Await.get(client.disconnect());
                }
                Await.get(server.stop(Duration.ZERO));
                check(server);
            } catch (AssertionError e) {
                throw new AssertionError("with seed " + seed, e);
            }
        }

        private void act(Net net, TcpServer server) {
            int lot = random.nextInt(1000);
            if (lot == 0) {
                server.disconnectAll();
            } else if (lot < 11 || clients.isEmpty()) {
                addClient(net, server);
            } else if (lot < 21) {
                TcpClient client = anyClient();
                ignored(client.isConnected() ? client.disconnect() : client.connectAsync());
            } else if (lot < 31) {
                ignored(anyClient().reconnect());
            } else if (lot < 131) {
                server.broadcast("test");
            } else {
                anyClient().send("test");
            }
        }

        /** Connecting may well be overtaken by disconnecting. */
        private static void ignored(CompletableFuture<?> future) {
            future.exceptionally(failure -> null);
        }

        private void addClient(Net net, TcpServer server) {
            if (clients.size() < MOST_CLIENTS) {
                TcpClient client = net.unconnected(
                        server.port(),
                        options -> options.onConnect(session -> clientConnects.incrementAndGet())
                                .onMessage((session, message) -> clientsReceived.addAndGet(message.remaining()))
                                .onDisconnect((session, reason) -> clientDisconnects.incrementAndGet()));
                clients.add(client);
                ignored(client.connectAsync());
            }
        }

        private TcpClient anyClient() {
            return clients.get(random.nextInt(clients.size()));
        }

        private void check(TcpServer server) {
            ServerStats stats = server.stats();
            assertThat(stats.sessions()).isZero();
            assertThat(stats.bytesReceived()).isPositive();
            assertThat(stats.bytesSent()).isPositive();
            assertThat(clientsReceived).hasPositiveValue();
            assertThat(clientConnects).hasPositiveValue();
            assertThat(clientDisconnects).as("client disconnects").hasValue(clientConnects.get());
            assertThat(log.overlaps()).isEmpty();
            assertThat(log.sessions()).allSatisfy(session -> {
                List<String> events = log.of(session);
                if (!events.get(0).startsWith("handshake failed")) {
                    assertThat(events).containsOnlyOnce("connect");
                    assertThat(events.get(events.size() - 1)).startsWith("disconnect ");
                    assertThat(events)
                            .filteredOn(event -> event.startsWith("disconnect"))
                            .hasSize(1);
                }
            });
        }
    }
}
