package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.testing.Await;
import dev.tramway.testing.EventLog;
import dev.tramway.testing.Gate;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Peer;
import dev.tramway.testing.Sessions;
import dev.tramway.testing.Wire;
import dev.tramway.testing.Wires;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where a server listens, whom it lets in, and how its ports differ. */
@ExtendWith(NoLeaks.class)
class ServerOptionsTest {
    // ---- addresses and ports ----------------------------------------------------------------------------------------

    @OverWires(OverWires.Kind.PLAIN)
    void anAddressDecidesWhichFamiliesAreServed(Wire wire) throws Exception {
        Assumptions.assumeTrue(Wires.hasIpv6());
        boolean oneFamily = wire.transport() == Transport.NIO || wire.transport() == Transport.EPOLL;
        record Case(String address, boolean ipv4, boolean ipv6) {}
        List<Case> cases = List.of(
                new Case("", true, true),
                new Case("::", true, true),
                new Case("0.0.0.0", true, !oneFamily),
                new Case("127.0.0.1", true, false),
                new Case("::1", false, true),
                new Case("localhost", true, false));
        for (Case one : cases) {
            try (Net net = new Net(wire)) {
                TcpServer.Builder builder = TcpServer.on(net.io()).port(0);
                if (!one.address().isEmpty()) {
                    builder.address(one.address());
                }
                TcpServer server = net.closing(builder.start());
                assertThat(connects("127.0.0.1", server.port()))
                        .as("IPv4 to '%s'", one.address())
                        .isEqualTo(one.ipv4());
                if (!one.address().equals("localhost")) {
                    assertThat(connects("::1", server.port()))
                            .as("IPv6 to '%s'", one.address())
                            .isEqualTo(one.ipv6());
                }
            }
        }
    }

    private static boolean connects(String host, int port) throws Exception {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), (int) Await.LIMIT.toMillis());
            return true;
        } catch (ConnectException refused) {
            return false;
        }
    }

    @OverWires
    void eachPortHasItsOwnFramingAndListenersAndTheServerHearsAll(Wire wire) throws Exception {
        EventLog all = EventLog.quiet();
        EventLog second = EventLog.quiet();
        try (Net net = new Net(wire)) {
            TcpServer.Builder builder = wire.server(net.io()); // the first port
            TcpServer server = net.closing(builder.framing(Framing.lines())
                    .listen(all)
                    .port(
                            0,
                            port -> port.framing(Framing.fixedSize(2))
                                    .listen((SessionListener) second)
                                    .onMessage(Session::send))
                    .ports(0, 0)
                    .start());
            assertThat(server.addresses()).hasSize(4).doesNotHaveDuplicates();
            assertThat(server.addresses())
                    .allSatisfy(address -> assertThat(address.getPort()).isPositive());
            assertThat(server.port()).isEqualTo(server.addresses().get(0).getPort());
            Peer lines = peer(net, server, 0).send("one\n");
            all.await("message one");
            Peer pairs = peer(net, server, 1).send("abcd");
            assertThat(pairs.receiveText(4)).isEqualTo("abcd");
            peer(net, server, 3).send("two\n");
            all.await("message two");
            assertThat(all.all()).contains("message one", "message ab", "message cd", "message two");
            assertThat(second.text()).isEqualTo("abcd");
            // One server: one group of all, one set of counters.
            assertThat(server.everyone().size()).isEqualTo(3);
            server.broadcast("ok");
            assertThat(lines.receiveText(3)).isEqualTo("ok\n");
            assertThat(pairs.receiveText(2)).isEqualTo("ok");
            assertThat(server.stats().messagesReceived()).isEqualTo(4);
        }
    }

    private static Peer peer(Net net, TcpServer server, int port) {
        return net.closing(Peer.connect(net.wire(), server.addresses().get(port).getPort()));
    }

    @OverWires(OverWires.Kind.PLAIN)
    void portsMayDifferInTlsAndLimits(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = Net.withManualClock(wire)) {
            TcpServer server = net.closing(TcpServer.on(net.io())
                    .address(wire.host())
                    .idleTimeout(Duration.ofMinutes(1))
                    .onMessage(Session::send)
                    .port(0)
                    .port(0, port -> port.tls(Wire.serverTls()).idleTimeout(Duration.ZERO))
                    .listen(log)
                    .start());
            Peer plain = peer(net, server, 0).send("plain");
            assertThat(plain.receiveText(5)).isEqualTo("plain");
            Peer encrypted = net.closing(Peer.connect(
                    new Wire(wire.transport(), true, wire.host()),
                    server.addresses().get(1).getPort()));
            assertThat(encrypted.send("secret").receiveText(6)).isEqualTo("secret");
            assertThat(server.sessions())
                    .extracting(session -> session.tls().isPresent())
                    .containsExactlyInAnyOrder(true, false);
            net.advance(Duration.ofMinutes(1));
            log.await("disconnect IDLE");
            assertThat(encrypted.send("still").receiveText(5)).isEqualTo("still");
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void twoServersShareAPortOnlyIfBothAskForIt(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer first = net.server(options -> options.reusePort(true));
            TcpServer second = net.closing(TcpServer.on(net.io())
                    .address(wire.host())
                    .port(first.port())
                    .reusePort(true)
                    .start());
            for (int i = 0; i < 50; i++) {
                net.peer(first);
            }
            Await.until(
                    "all accepted",
                    () -> first.stats().accepted() + second.stats().accepted() == 50);
            assertThat(second.stats().accepted()).isPositive();
            TcpServer.Builder selfish =
                    TcpServer.on(net.io()).address(wire.host()).port(first.port());
            assertThatThrownBy(selfish::start)
                    .isInstanceOf(BindFailedException.class)
                    .hasMessageContaining(String.valueOf(first.port()));
        }
    }

    @Test
    void optionsOutOfRangeAreRefusedWithTheirRange() throws Exception {
        try (Net net = new Net(Wire.plain())) {
            refused(net, options -> options.port(65_536), "port: 65536 (expected: 0 to 65535)");
            refused(net, options -> options.port(-1), "port: -1 (expected: 0 to 65535)");
            refused(net, options -> options.backlog(0), "backlog: 0 (expected: 1 to 2147483647)");
            refused(net, options -> options.maxSessions(-1), "maxSessions: -1");
            refused(net, options -> options.maxSessionsPerAddress(-1), "maxSessionsPerAddress: -1");
            refused(net, options -> options.acceptRate(-1), "acceptRate: -1");
            refused(net, options -> options.socketBuffers(-1, 0), "socketBuffers: -1, 0");
            refused(net, options -> options.idleTimeout(Duration.ofMillis(-1)), "idleTimeout: PT-0.001S");
            refused(net, options -> options.firstByteTimeout(Duration.ofMillis(-1)), "firstByteTimeout");
            refused(net, options -> options.writeTimeout(Duration.ofMillis(-1)), "writeTimeout");
            refused(net, options -> options.handshakeTimeout(Duration.ofMillis(-1)), "handshakeTimeout");
            refused(net, options -> Outbound.limit(0), "outbound limit: 0 (expected: 1 to 2^40 bytes)");
            refused(net, options -> new KeepAlive(Duration.ZERO, Duration.ofSeconds(1), 1), "keep-alive idle");
            refused(net, options -> new KeepAlive(Duration.ofSeconds(1), Duration.ZERO, 1), "keep-alive interval");
            refused(
                    net,
                    options -> new KeepAlive(Duration.ofSeconds(1), Duration.ofSeconds(1), 128),
                    "keep-alive probes: 128 (expected: 1 to 127)");
            assertThatThrownBy(() -> TcpServer.on(net.io()).start())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("port(...)");
        }
    }

    private static void refused(Net net, Consumer<TcpServer.Builder> option, String message) {
        assertThatThrownBy(() -> option.accept(TcpServer.on(net.io())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    // ---- limits -----------------------------------------------------------------------------------------------------

    @OverWires
    void aConnectionAboveTheMostIsClosedAndCounted(Wire wire) throws Exception {
        Wire plain = new Wire(wire.transport(), false, wire.host());
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.maxSessions(2).onMessage(Session::send));
            Peer first = net.peer(server);
            Peer second = net.peer(server);
            Await.until("two", () -> server.stats().sessions() == 2);
            for (int i = 0; i < 3; i++) {
                net.closing(Peer.connect(plain, server.port())).awaitEnd();
            }
            Await.until("counted", () -> server.stats().refused() == 3);
            assertThat(server.stats().accepted()).isEqualTo(2);
            first.close();
            Await.until("left", () -> server.stats().sessions() == 1);
            assertThat(net.peer(server).send("x").receiveText(1)).isEqualTo("x");
            assertThat(second.send("y").receiveText(1)).isEqualTo("y");
            assertThat(server.stats().refused()).isEqualTo(3);
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void eachAddressMayHaveItsMost(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.maxSessionsPerAddress(2));
            List<TcpClient> admitted = new ArrayList<>();
            for (String from : List.of("127.0.0.1", "127.0.0.1", "127.0.0.2", "127.0.0.2")) {
                TcpClient client = net.client(server, options -> options.from(from, 0));
                admitted.add(client);
            }
            Await.until("four", () -> server.stats().sessions() == 4);
            for (String from : List.of("127.0.0.1", "127.0.0.2")) {
                TcpClient refused = net.client(server, options -> options.from(from, 0));
                Await.until("refused", () -> !refused.isConnected());
            }
            assertThat(server.stats().refused()).isEqualTo(2);
            admitted.get(0).close();
            Await.until("left", () -> server.stats().sessions() == 3);
            TcpClient again = net.client(server, options -> options.from("127.0.0.1", 0));
            Await.until("four again", () -> server.stats().sessions() == 4);
            assertThat(again.isConnected()).isTrue();
            assertThat(server.sessions())
                    .extracting(session -> session.remoteAddress().getAddress().getHostAddress())
                    .containsExactlyInAnyOrder("127.0.0.1", "127.0.0.1", "127.0.0.2", "127.0.0.2");
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void noMoreConnectionsAreAcceptedInASecondThanTheRateAllows(Wire wire) throws Exception {
        try (Net net = Net.withManualClock(wire);
                Gate gate = new Gate()) {
            TcpServer server = net.server(options -> options.acceptRate(5).port(0));
            // Held until all are waiting, so that they are found at once.
            net.loops().forEach(loop -> loop.inbox().offerControl((message, detail) -> gate.pass(), null));
            gate.awaitReached();
            for (int i = 0; i < 20; i++) {
                net.closing(Peer.connect(wire, server.addresses().get(i % 2).getPort()));
            }
            gate.open();
            for (int second = 1; second <= 4; second++) {
                int allowed = 5 * second;
                Await.until("accepted", () -> server.stats().accepted() >= allowed);
                for (int i = 0; i < 20; i++) {
                    net.settle();
                }
                assertThat(server.stats().accepted()).isEqualTo(allowed);
                net.advance(Duration.ofSeconds(1));
            }
            assertThat(server.stats().refused()).isZero();
        }
    }

    // ---- sessions of a server ---------------------------------------------------------------------------------------

    @OverWires
    void aSessionIsFoundByItsIdWhileItIsOpen(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = new Net(wire)) {
            TcpServer server =
                    net.server(options -> options.framing(Framing.lines()).listen(log));
            Peer one = net.peer(server);
            Peer other = net.peer(server);
            Session session = Sessions.of(server, one);
            assertThat(session.id())
                    .isEqualTo(session.id())
                    .isNotEqualTo(Sessions.of(server, other).id());
            assertThat(server.findSession(session.id())).containsSame(session);
            assertThat(server.findSession(UUID.randomUUID())).isEmpty();
            assertThat(server.sessions()).containsExactlyInAnyOrder(session, Sessions.of(server, other));
            assertThat(server.send(session.id(), message("to one"))).isEqualTo(SendResult.ACCEPTED);
            assertThat(server.send(Sessions.of(server, other).id(), message("to the other")))
                    .isEqualTo(SendResult.ACCEPTED);
            assertThat(one.receiveText(7)).isEqualTo("to one\n");
            assertThat(other.receiveText(13)).isEqualTo("to the other\n");
            one.close();
            log.await("disconnect PEER_CLOSED");
            Await.until("left", () -> server.stats().sessions() == 1);
            assertThat(server.findSession(session.id())).isEmpty();
            assertThat(server.send(session.id(), message("nobody"))).isEqualTo(SendResult.CLOSED);
        }
    }

    private static ByteBuffer message(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @OverWires
    void disconnectAllEndsEverySessionAndTheServerGoesOn(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.listen(log).onMessage(Session::send));
            List<Peer> peers = List.of(net.peer(server), net.peer(server), net.peer(server));
            Sessions.all(server, 3);
            server.disconnectAll();
            peers.forEach(Peer::awaitEnd);
            Await.until("all told", () -> server.stats().disconnected() == 3);
            assertThat(log.all()).filteredOn("disconnect LOCAL"::equals).hasSize(3);
            assertThat(server.sessions()).isEmpty();
            assertThat(server.isRunning()).isTrue();
            assertThat(net.peer(server).send("x").receiveText(1)).isEqualTo("x");
        }
    }

    @OverWires
    void serversAndClientsShareOneService(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            List<TcpServer> servers = new ArrayList<>();
            List<Connection> clients = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                String name = "server " + i;
                TcpServer server = net.server(options ->
                        options.framing(Framing.lines()).onMessage((session, message) -> session.send(name)));
                servers.add(server);
                for (int n = 0; n < 3; n++) {
                    clients.add(net.connection(server, options -> options.framing(Framing.lines())));
                }
            }
            for (int i = 0; i < clients.size(); i++) {
                clients.get(i).send("who are you?");
                assertThat(Text.of(clients.get(i).receive(Await.LIMIT).orElseThrow()))
                        .isEqualTo("server " + i / 3);
            }
            assertThat(servers).extracting(TcpServer::id).doesNotHaveDuplicates();
            assertThat(servers).allSatisfy(server -> {
                assertThat(server.service()).isSameAs(net.io());
                assertThat(server.stats().sessions()).isEqualTo(3);
            });
            // One that stops hurts no other.
            Await.get(servers.get(0).stop(Duration.ZERO));
            assertThat(servers.get(0).isRunning()).isFalse();
            clients.get(8).send("and now?");
            assertThat(Text.of(clients.get(8).receive(Await.LIMIT).orElseThrow()))
                    .isEqualTo("server 2");
        }
    }

    @OverWires
    void aStartAndAStopAreToldBeforeAndAfterAllSessions(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = new Net(wire)) {
            TcpServer server =
                    net.closing(Await.get(wire.server(net.io()).listen(log).startAsync()));
            Peer peer = net.peer(server);
            Sessions.only(server);
            CompletableFuture<StopReport> stopping = server.stop(Duration.ofMinutes(1));
            peer.awaitEnd();
            peer.close();
            StopReport report = Await.get(stopping);
            log.await("stopped");
            assertThat(report).isEqualTo(new StopReport(1, 0, 0));
            assertThat(Await.get(server.stop(Duration.ZERO))).isEqualTo(report);
            assertThat(log.all()).startsWith("started").endsWith("disconnect SHUTDOWN", "stopped");
            server.awaitStop();
        }
    }
}
