package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.testing.Await;
import dev.tramway.testing.EventLog;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Peer;
import dev.tramway.testing.PeerListener;
import dev.tramway.testing.Sessions;
import dev.tramway.testing.Wire;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a client does: connect, send, tell, connect again. */
@ExtendWith(NoLeaks.class)
class ClientTest {
    private static final Duration MOMENT = Duration.ofMillis(1);

    // ---- connecting -------------------------------------------------------------------------------------------------

    @OverWires(ipv6 = true)
    void aClientConnectsSendsHearsAndDisconnects(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = new Net(wire)) {
            TcpServer server =
                    net.server(options -> options.framing(Framing.lines()).onMessage(Session::send));
            TcpClient client = net.unconnected(
                    server.port(), options -> options.framing(Framing.lines()).listen(log));
            UUID id = client.id();
            assertThat(client.service()).isSameAs(net.io());
            assertThat(client.isConnected()).isFalse();
            assertThat(client.session()).isEmpty();
            assertThat(client.send("nobody")).isEqualTo(SendResult.CLOSED);
            assertThat(client.stats()).isEqualTo(new SessionStats(0, 0, 0, 0, 0, 0));
            client.connect();
            client.connect();
            Session session = client.session().orElseThrow();
            assertThat(client.isConnected()).isTrue();
            assertThat(Await.get(client.connectAsync())).isSameAs(session);
            assertThat(session.remoteAddress().getPort()).isEqualTo(server.port());
            assertThat(session.tls().isPresent()).isEqualTo(wire.encrypted());
            assertThatThrownBy(session::server)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("no server");
            assertThat(client.send("text")).isEqualTo(SendResult.ACCEPTED);
            assertThat(client.send("bytes".getBytes(StandardCharsets.UTF_8))).isEqualTo(SendResult.ACCEPTED);
            assertThat(client.send(ByteBuffer.wrap("a buffer".getBytes(StandardCharsets.UTF_8), 2, 6)))
                    .isEqualTo(SendResult.ACCEPTED);
            log.await("message buffer");
            Await.get(client.disconnect());
            Await.get(client.disconnect());
            assertThat(client.isConnected()).isFalse();
            assertThat(session.isOpen()).isFalse();
            assertThat(log.all())
                    .filteredOn(event -> !event.equals("handshake"))
                    .containsExactly("connect", "message text", "message bytes", "message buffer", "disconnect LOCAL");
            client.connect();
            assertThat(client.id()).isEqualTo(id);
            assertThat(client.session().orElseThrow().id()).isNotEqualTo(session.id());
            client.close();
            assertThat(Await.failureOf(client.connectAsync()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    @OverWires
    void connectingManyTimesAtOnceMakesOneSession(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> {});
            TcpClient client = net.unconnected(server.port(), options -> {});
            List<CompletableFuture<Session>> connects = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                connects.add(client.connectAsync());
            }
            Session session = Await.get(connects.get(0));
            for (CompletableFuture<Session> connect : connects) {
                assertThat(Await.get(connect)).isSameAs(session);
            }
            Sessions.only(server);
            assertThat(server.stats().accepted()).isEqualTo(1);
        }
    }

    @OverWires
    void aRefusedConnectSaysWhereAndWhyAndMayBeTriedAgain(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> {});
            int port = server.port();
            Await.get(server.stop(Duration.ZERO));
            List<String> failed = new CopyOnWriteArrayList<>();
            TcpClient client = net.unconnected(
                    port,
                    options -> options.onConnectFailed((same, error) -> {
                                failed.add(error.category() + " " + error.code());
                                // Whatever it throws, the client goes on.
                                throw new AssertionError("onConnectFailed");
                            })
                            .onConnectFailed((same, error) -> failed.add("second")));
            assertThatThrownBy(client::connect)
                    .isInstanceOf(ConnectFailedException.class)
                    .hasMessageContaining(wire.host() + ":" + port)
                    .hasMessageContaining("refused");
            assertThat(failed).containsExactly("SYSTEM ECONNREFUSED", "second");
            assertThat(net.errors()).hasSize(1);
            Await.get(server.restart());
            client.connect();
            assertThat(client.isConnected()).isTrue();
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void aClientConnectsFromTheAddressAndPortThatItIsTold(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> {});
            TcpClient anyPort = net.client(server, options -> options.from("127.0.0.9", 0));
            Session session = Sessions.only(server);
            assertThat(session.remoteAddress().getAddress().getHostAddress()).isEqualTo("127.0.0.9");
            int port = session.remoteAddress().getPort();
            assertThat(anyPort.session().orElseThrow().localAddress().getPort()).isEqualTo(port);
            anyPort.close();
            Await.until("left", () -> server.everyone().size() == 0);
            TcpClient fixed = net.unconnected(server.port(), options -> options.from("127.0.0.8", port));
            fixed.connect();
            assertThat(Sessions.only(server).remoteAddress().getPort()).isEqualTo(port);
            // Also again, although this side has closed first and the port lingers.
            Await.get(fixed.reconnect());
            Await.until("new session", () -> server.stats().accepted() == 3);
            TcpClient notOurs = net.unconnected(server.port(), options -> options.from("192.0.2.1", 0));
            assertThat(Await.failureOf(notOurs.connectAsync()))
                    .isInstanceOf(ConnectFailedException.class)
                    .hasMessageContaining("127.0.0.1:" + server.port());
        }
    }

    @Test
    void connectOnALoopIsRefusedAndConnectAsyncIsNot() throws Exception {
        try (Net net = new Net(Wire.plain())) {
            TcpServer server = net.server(options -> {});
            TcpClient client = net.unconnected(server.port(), options -> {});
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            CompletableFuture<Session> connected = new CompletableFuture<>();
            net.io().post(() -> {
                try {
                    client.connect();
                } catch (IllegalStateException e) {
                    thrown.complete(e);
                }
                client.connectAsync().thenAccept(connected::complete);
            });
            assertThat(Await.get(thrown)).hasMessageContaining("connectAsync");
            assertThat(Await.get(connected).isOpen()).isTrue();
        }
    }

    @Test
    void optionsOutOfRangeAreRefused() throws Exception {
        try (Net net = new Net(Wire.plain())) {
            TcpClient.Builder builder = TcpClient.on(net.io());
            assertThatThrownBy(() -> builder.to("localhost", 0)).hasMessageContaining("port: 0 (expected: 1 to 65535)");
            assertThatThrownBy(() -> builder.connectTimeout(Duration.ZERO)).hasMessageContaining("more than zero");
            assertThatThrownBy(builder::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("to(host, port)");
        }
    }

    // ---- connecting again -------------------------------------------------------------------------------------------

    @OverWires
    void reconnectEndsTheSessionAndMakesANewOne(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.onMessage(Session::send));
            TcpClient client = net.unconnected(server.port(), options -> options.listen(log));
            Session first = Await.get(client.reconnect());
            Session second = Await.get(client.reconnect());
            assertThat(second).isNotSameAs(first);
            assertThat(first.closeReason().orElseThrow().kind()).isEqualTo(CloseReason.Kind.LOCAL);
            assertThat(client.session()).containsSame(second);
            client.send("x");
            log.await("message x");
            assertThat(log.all())
                    .filteredOn(event -> !event.equals("handshake"))
                    .containsExactly("connect", "disconnect LOCAL", "connect", "message x");
        }
    }

    /** What is under way is what is asked for. */
    @OverWires(OverWires.Kind.TLS)
    void reconnectDuringAHandshakeWaitsForIt(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            PeerListener listener = net.listener();
            TcpClient client = net.unconnected(listener.port(), options -> {});
            CompletableFuture<Session> connecting = client.connectAsync();
            // Connected in the kernel, and nobody has answered the handshake.
            Await.until("begun", () -> {
                net.settle();
                return !connecting.isDone();
            });
            CompletableFuture<Session> again = client.reconnect();
            CompletableFuture<Peer> peer = CompletableFuture.supplyAsync(listener::accept);
            assertThat(Await.get(again)).isSameAs(Await.get(connecting));
            net.closing(Await.get(peer));
        }
    }

    @OverWires
    void aClientThatReconnectsComesBackWhenItsServerDoes(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        List<String> failed = new CopyOnWriteArrayList<>();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.onMessage(Session::send));
            TcpClient client = net.client(
                    server,
                    options -> options.listen(log)
                            .reconnect(Backoff.fixed(MOMENT))
                            .onConnectFailed((same, error) -> failed.add(error.code())));
            Await.get(server.stop(Duration.ZERO));
            Await.until("attempts in vain", () -> failed.size() >= 3);
            assertThat(client.isConnected()).isFalse();
            CompletableFuture<Session> waiting = client.connectAsync();
            assertThat(waiting).isNotDone();
            Await.get(server.restart());
            Session session = Await.get(waiting);
            assertThat(client.session()).containsSame(session);
            session.send("back");
            log.await("message back");
            assertThat(log.all()).filteredOn("connect"::equals).hasSize(2);
            assertThat(failed).contains("ECONNREFUSED");
            // Who disconnects stays away.
            Await.get(client.disconnect());
            long accepted = server.stats().accepted();
            for (int i = 0; i < 5; i++) {
                CompletableFuture<Void> waited = new CompletableFuture<>();
                net.io().after(MOMENT, () -> waited.complete(null));
                Await.get(waited);
                net.settle();
            }
            assertThat(server.stats().accepted()).isEqualTo(accepted);
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void attemptsAreSpacedByTheBackoffAndGivenUpAsTold(Wire wire) throws Exception {
        List<String> failed = new CopyOnWriteArrayList<>();
        try (Net net = Net.withManualClock(wire)) {
            int port;
            try (PeerListener listener = net.listener()) {
                port = listener.port();
            }
            Backoff backoff = Backoff.exponential(Duration.ofSeconds(1), Duration.ofSeconds(3))
                    .jitter(0)
                    .attempts(4);
            TcpClient client = net.unconnected(
                    port,
                    options -> options.reconnect(backoff).onConnectFailed((same, error) -> failed.add(error.code())));
            CompletableFuture<Session> connecting = client.connectAsync();
            int attempts = 1;
            for (int seconds : new int[] {1, 2, 3}) {
                int expected = attempts++;
                Await.until("attempt " + expected, () -> failed.size() == expected);
                net.settle();
                net.advance(Duration.ofSeconds(seconds).minus(MOMENT));
                assertThat(failed).hasSize(expected);
                net.advance(MOMENT);
            }
            assertThat(Await.failureOf(connecting)).isInstanceOf(ConnectFailedException.class);
            assertThat(failed).hasSize(4);
        }
    }

    @Test
    void aBackoffDoublesUpToItsMostLessTheJitter() {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        Backoff plain = Backoff.exponential(Duration.ofMillis(200), Duration.ofSeconds(1))
                .jitter(0);
        assertThat(List.of(1, 2, 3, 4, 100))
                .extracting(failures -> plain.waitAfter(failures, random).toMillis())
                .containsExactly(200L, 400L, 800L, 1000L, 1000L);
        Backoff jittered = plain.jitter(0.5);
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            waits.add(jittered.waitAfter(3, random).toNanos());
        }
        assertThat(waits).allSatisfy(wait -> assertThat(wait).isBetween(400_000_000L, 800_000_000L));
        assertThat(waits.stream().distinct()).hasSizeGreaterThan(900);
        assertThat(Backoff.fixed(MOMENT).waitAfter(7, random)).isEqualTo(MOMENT);
    }

    // ---- names ------------------------------------------------------------------------------------------------------

    /** In a process of its own, whose names come out of a file. */
    @Test
    void namesAreResolvedAnewAtEachAttemptAndAllTheirAddressesAreTried() throws Exception {
        List<String> said = ResolvingProgram.run();
        assertThat(said)
                .containsExactly(
                        "unknown: the name is not known",
                        "first address refused, connected to 127.0.0.3",
                        "moved: connected to 127.0.0.4",
                        "all refused: 127.0.0.5 and 127.0.0.6 named");
    }
}
