package dev.tramway;

import static dev.tramway.testing.FramingSample.bytes;
import static dev.tramway.testing.FramingSample.header;
import static dev.tramway.testing.FramingSample.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tramway.testing.Await;
import dev.tramway.testing.Datagrams;
import dev.tramway.testing.Echo;
import dev.tramway.testing.EventLog;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Peer;
import dev.tramway.testing.Wire;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What byte_talk gets wrong (B1 to B14, by the numbers of {@code docs/parity.md}) and what is good in it (1 to 6): four bytes of
 * length, big endian, and all connections on one thread, as it does it.
 */
@ExtendWith(NoLeaks.class)
class ByteTalkTest {
    private static final Framing FRAMING = Framing.lengthPrefixed(4, 1 << 20);
    private static final int SMALL_BUFFER = 64 * 1024;

    private static Net oneThread(Wire wire) {
        return new Net(wire, options -> options.threads(1));
    }

    private static String frame(String message) {
        return header(4, ByteOrder.BIG_ENDIAN, message.length()) + message;
    }

    private static String receiveFrame(Peer peer) {
        return text(peer.receive(ByteBuffer.wrap(peer.receive(4)).getInt()));
    }

    // ---- its defects ------------------------------------------------------------------------------------------------

    @OverWires
    void b1APeerThatDoesNotReadHoldsUpNobody(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = oneThread(wire)) {
            TcpServer server = net.server(options -> options.framing(FRAMING)
                    .socketBuffers(0, SMALL_BUFFER)
                    .listen(log)
                    .onMessage((session, message) -> {
                        if (Text.equals(message, "flood")) {
                            for (int i = 0; i < 1000; i++) {
                                session.send(new byte[10_000]);
                            }
                        } else {
                            session.send(message);
                        }
                    }));
            Peer stopped = net.closing(Peer.connect(wire, server.port(), SMALL_BUFFER));
            Peer reading = net.peer(server);
            stopped.send(bytes(frame("flood")));
            log.await("disconnect SLOW_CONSUMER");
            for (int i = 0; i < 100; i++) {
                reading.send(bytes(frame("number " + i)));
                assertThat(receiveFrame(reading)).isEqualTo("number " + i);
            }
        }
    }

    @OverWires
    void b2SeveralSendsInOneCallbackGoOutWholeAndInOrder(Wire wire) throws Exception {
        List<String> answers = List.of("a".repeat(300_000), "b", "", "c".repeat(500_000), "d");
        try (Net net = oneThread(wire)) {
            TcpServer server = net.server(options -> options.framing(FRAMING)
                    .socketBuffers(0, SMALL_BUFFER)
                    .onMessage((session, message) -> answers.forEach(session::send)));
            // The first answer is partly sent when the others come.
            Peer peer = net.closing(Peer.connect(wire, server.port(), SMALL_BUFFER));
            peer.send(bytes(frame("go")));
            for (String answer : answers) {
                assertThat(receiveFrame(peer)).isEqualTo(answer);
            }
        }
    }

    @OverWires
    void b3TheSentEventMaySendTheNextMessage(Wire wire) throws Exception {
        int messages = 200;
        AtomicInteger sent = new AtomicInteger();
        try (Net net = oneThread(wire)) {
            TcpServer server = net.server(options -> options.framing(FRAMING)
                    .onConnect(session -> session.send("0"))
                    .onSent((session, size) -> {
                        if (sent.incrementAndGet() < messages) {
                            session.send(String.valueOf(sent.get()));
                        }
                    }));
            Peer peer = net.peer(server);
            for (int i = 0; i < messages; i++) {
                assertThat(receiveFrame(peer)).isEqualTo(String.valueOf(i));
            }
            assertThat(peer.send(bytes(frame("x")))).isNotNull();
            Await.until("heard", () -> server.stats().messagesReceived() == 1);
            assertThat(sent).hasValue(messages);
        }
    }

    @OverWires
    void b4ACallbackMayCloseItsOwnSessionAndThoseThatAreReadNext(Wire wire) throws Exception {
        int peers = 10;
        EventLog log = EventLog.quiet();
        try (Net net = oneThread(wire)) {
            TcpServer server =
                    net.server(options -> options.framing(FRAMING).listen(log).onMessage((session, message) -> {
                        session.server().disconnectAll();
                        assertThat(session.send("too late")).isEqualTo(SendResult.CLOSED);
                    }));
            List<Peer> all = new ArrayList<>();
            for (int i = 0; i < peers; i++) {
                all.add(net.peer(server));
            }
            Await.until("all there", () -> server.everyone().size() == peers);
            CountDownLatch sent = new CountDownLatch(1);
            // The loop finds the messages of all of them in one turn.
            server.sessions().iterator().next().execute(() -> awaitUninterruptibly(sent));
            all.forEach(peer -> peer.send(bytes(frame("kill") + frame("all"))));
            sent.countDown();
            all.forEach(Peer::awaitEnd);
            Await.until("all gone", () -> server.stats().disconnected() == peers);
            assertThat(log.all().stream().filter(event -> event.startsWith("message")))
                    .containsExactly("message kill");
            assertThat(log.overlaps()).isEmpty();
            assertThat(log.sessions())
                    .hasSize(peers)
                    .allSatisfy(session -> assertThat(log.of(session))
                            .containsOnlyOnce("connect", "disconnect LOCAL")
                            .endsWith("disconnect LOCAL"));
            net.peer(server).send(bytes(frame("again"))).awaitEnd();
        }
    }

    @OverWires
    void b5WhatComesBeforeAHalfCloseIsDeliveredAndAnswered(Wire wire) throws Exception {
        try (Net net = oneThread(wire)) {
            Echo echo = new Echo(net, FRAMING);
            CountDownLatch sent = new CountDownLatch(1);
            // The loop finds the requests and the end in one turn.
            echo.session().execute(() -> awaitUninterruptibly(sent));
            echo.send(frame("one") + frame("last")).peer().halfClose();
            sent.countDown();
            assertThat(echo.end().kind()).isEqualTo(CloseReason.Kind.PEER_CLOSED);
            assertThat(echo.heard()).containsExactly("one", "last");
            // TLS may end in both directions at once: then the answer comes too late.
            if (!wire.encrypted()) {
                assertThat(text(echo.peer().receiveAll())).isEqualTo(frame("one") + frame("last"));
            }
        }
    }

    @OverWires
    void b6ALengthOfFourGigabytesIsRefusedAlsoBehindGoodMessages(Wire wire) throws Exception {
        assertThatIllegalArgumentException().isThrownBy(() -> Framing.lengthPrefixed(4, 0));
        try (Net net = oneThread(wire)) {
            Echo echo = new Echo(net, FRAMING);
            echo.send(frame("good")).expect(List.of("good"), frame("good"));
            echo.send(header(4, ByteOrder.BIG_ENDIAN, 0xffff_ffffL) + "payload")
                    .peer()
                    .awaitEnd();
            assertThat(echo.end().kind()).isEqualTo(CloseReason.Kind.PROTOCOL_ERROR);
            assertThat(echo.end().detail()).contains("4294967295");
            assertThat(echo.heard()).isEmpty();
        }
    }

    @OverWires
    void b7AnEmptyMessageIsDeliveredAtOnce(Wire wire) throws Exception {
        try (Net net = oneThread(wire)) {
            Echo echo = new Echo(net, FRAMING);
            echo.send(frame("")).expect(List.of(""), frame(""));
            echo.sendInTwo(frame(""), 3).expect(List.of(""), frame(""));
        }
    }

    /** That its loop then sleeps is shown by {@code IdleLoopTest}, whose server has no reader either. */
    @OverWires
    void b8WithoutAReaderWhatArrivesIsTakenAllTheSame(Wire wire) throws Exception {
        try (Net net = oneThread(wire)) {
            TcpServer server = net.server(options -> {});
            Peer peer = net.peer(server);
            byte[] much = new byte[10 << 20];
            peer.send(much);
            Await.until("taken", () -> server.stats().bytesReceived() == much.length);
            assertThat(server.stats().messagesReceived()).isPositive();
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void b9APortInUseFailsTheStartAndLeavesNoPortBound(Wire wire) throws Exception {
        try (Net net = oneThread(wire);
                ServerSocket used = new ServerSocket(0, 1, InetAddress.getByName(wire.host()))) {
            int free = freePort(wire);
            TcpServer.Builder builder =
                    TcpServer.on(net.io()).address(wire.host()).ports(free, used.getLocalPort());
            assertThatThrownBy(builder::start)
                    .isInstanceOf(BindFailedException.class)
                    .hasMessageContaining(String.valueOf(used.getLocalPort()));
            new ServerSocket(free, 1, InetAddress.getByName(wire.host())).close();
            assertThatThrownBy(() ->
                            TcpServer.on(net.io()).address("192.0.2.1").port(0).start())
                    .isInstanceOf(BindFailedException.class)
                    .hasMessageContaining("192.0.2.1");
        }
    }

    private static int freePort(Wire wire) throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(wire.host()))) {
            return probe.getLocalPort();
        }
    }

    @OverWires
    void b10AStopFromAnotherThreadDrainsAndEnds(Wire wire) throws Exception {
        try (Net net = oneThread(wire)) {
            TcpServer server = net.server(options -> options.framing(FRAMING));
            List<Peer> peers = List.of(net.peer(server), net.peer(server), net.peer(server));
            Await.until("all there", () -> server.everyone().size() == 3);
            server.broadcast("goodbye");
            CompletableFuture<StopReport> stop = server.stop(Await.LIMIT);
            for (Peer peer : peers) {
                assertThat(text(peer.receiveAll())).isEqualTo(frame("goodbye"));
                peer.close();
            }
            StopReport report = Await.get(stop);
            assertThat(report.drained()).isEqualTo(3);
            assertThat(report.cut()).isZero();
            assertThat(server.isRunning()).isFalse();
            server.awaitStop();
        }
    }

    /** byte_talk needs at least four system calls for each message. With NIO, the kernel counts ours as reads and writes. */
    @Test
    void b13ManyMessagesTakeFewSystemCalls() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/self/io")), "the kernel counts");
        int messages = 20_000;
        String stream = frame("hello").repeat(messages);
        try (Net net = oneThread(Wire.plain())) {
            Echo echo = new Echo(net, FRAMING);
            long before = systemCalls();
            echo.send(stream);
            echo.peer().receive(stream.length());
            long together = systemCalls() - before;
            assertThat(echo.heard()).hasSize(messages);
            assertThat(together).isLessThan(messages / 10);
            // One by one they take what they must, which shows that all is counted.
            before = systemCalls();
            for (int i = 0; i < 100; i++) {
                echo.send(frame("hello")).expect(List.of("hello"), frame("hello"));
            }
            assertThat(systemCalls() - before).isGreaterThanOrEqualTo(4 * 100);
        }
    }

    private static long systemCalls() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/io")).stream()
                .filter(line -> line.startsWith("syscr") || line.startsWith("syscw"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }

    // ---- B14, item by item; timeouts and idle detection are shown by TimeLimitsTest ---------------------------------

    @OverWires
    void b14BackPressurePausedReadingSlowsTheSenderDownAndLosesNothing(Wire wire) throws Exception {
        BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(FRAMING)
                    .socketBuffers(SMALL_BUFFER, 0)
                    .onMessage((session, message) -> heard.add(message.getInt())));
            TcpClient client = net.client(
                    server,
                    options -> options.framing(FRAMING)
                            .outbound(Outbound.limit(256 << 10).whenFull(Outbound.WhenFull.DROP_NEWEST)));
            Await.until("there", () -> server.everyone().size() == 1);
            Session session = server.sessions().iterator().next();
            session.pauseReading();
            net.settle();
            CompletableFuture<Integer> full = new CompletableFuture<>();
            client.session().orElseThrow().execute(() -> {
                int taken = 0;
                while (client.send(ByteBuffer.allocate(10_000).putInt(0, taken)) == SendResult.ACCEPTED) {
                    taken++;
                }
                full.complete(taken);
            });
            int taken = Await.get(full);
            assertThat(session.stats().bytesReceived()).isLessThanOrEqualTo(64 << 10);
            assertThat(heard).isEmpty();
            session.resumeReading();
            for (int i = 0; i < taken; i++) {
                assertThat(Await.next(heard)).isEqualTo(i);
            }
        }
    }

    @OverWires
    void b14LimitsRefuseWhatIsTooManyAndCountIt(Wire wire) throws Exception {
        try (Net net = oneThread(wire)) {
            TcpServer server = net.server(options -> options.maxSessions(2).onMessage(Session::send));
            Peer first = net.peer(server);
            net.peer(server);
            Await.until("two", () -> server.stats().sessions() == 2);
            net.closing(Peer.connectWithoutHandshake(wire, server.port())).awaitEnd();
            Await.until("refused", () -> server.stats().refused() == 1);
            assertThat(first.send("x").receiveText(1)).isEqualTo("x");
            first.close();
            Await.until("one", () -> server.stats().sessions() == 1);
            assertThat(net.peer(server).send("y").receiveText(1)).isEqualTo("y");
        }
    }

    @OverWires(OverWires.Kind.TLS)
    void b14TlsIsAnOption(Wire wire) throws Exception {
        try (Net net = oneThread(wire)) {
            Echo echo = new Echo(net, FRAMING);
            echo.send(frame("secret")).expect(List.of("secret"), frame("secret"));
            assertThat(echo.session().tls()).isPresent();
        }
    }

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void b14UdpLivesOnTheSameThread(Wire wire) throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (Net net = oneThread(wire)) {
            Echo echo = new Echo(net, FRAMING);
            UdpEndpoint other = Datagrams.echo(net);
            UdpEndpoint endpoint = net.closing(Datagrams.on(net)
                    .onDatagram((self, from, bytes) -> heard.add(Text.of(bytes)))
                    .start());
            endpoint.send(other.address(), "datagram");
            assertThat(Await.next(heard)).isEqualTo("datagram");
            echo.send(frame("stream")).expect(List.of("stream"), frame("stream"));
        }
    }

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void b14TheAddressToBindMayBeChosenAndBeIpv6(Wire wire) throws Exception {
        try (Net net = oneThread(wire)) {
            Echo echo = new Echo(net, FRAMING);
            echo.send(frame("hello")).expect(List.of("hello"), frame("hello"));
            InetAddress bound = InetAddress.getByName(wire.host());
            assertThat(echo.server().addresses())
                    .containsExactly(new InetSocketAddress(bound, echo.server().port()));
            assertThat(echo.session().localAddress().getAddress()).isEqualTo(bound);
            // Nobody listens on the other addresses of the machine.
            InetAddress elsewhere = InetAddress.getByName("127.0.0.2");
            assertThatThrownBy(() -> new Socket(elsewhere, echo.server().port()).close())
                    .isInstanceOf(ConnectException.class);
        }
    }

    @OverWires
    void b14OneServerListensOnManyPortsEachWithItsOwnFraming(Wire wire) throws Exception {
        try (Net net = oneThread(wire)) {
            TcpServer server = net.server(options -> options.framing(FRAMING)
                    .port(0, port -> port.framing(Framing.lines()))
                    .port(0, port -> port.framing(Framing.fixedSize(3)))
                    .onMessage((session, message) -> session.send(message)));
            List<Integer> ports =
                    server.addresses().stream().map(InetSocketAddress::getPort).toList();
            assertThat(ports).hasSize(3).doesNotHaveDuplicates();
            List<String> streams = List.of(frame("hello"), "hello\n", "hel");
            for (int i = 0; i < 3; i++) {
                Peer peer = net.closing(Peer.connect(wire, ports.get(i)));
                peer.send(bytes(streams.get(i)));
                assertThat(text(peer.receive(streams.get(i).length()))).isEqualTo(streams.get(i));
            }
        }
    }

    @OverWires(ipv6 = true)
    void b14AClientConnectsSendsAndHears(Wire wire) throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (Net net = oneThread(wire)) {
            TcpServer server = net.server(
                    options -> options.framing(FRAMING).onMessage((session, message) -> session.send(message)));
            TcpClient client = net.client(
                    server,
                    options -> options.framing(FRAMING).onMessage(Codec.utf8(), (session, text) -> heard.add(text)));
            assertThat(client.isConnected()).isTrue();
            client.send("from a client");
            assertThat(Await.next(heard)).isEqualTo("from a client");
        }
    }

    @OverWires
    void b14MetricsCountExactly(Wire wire) throws Exception {
        String stream = frame("hello") + frame("") + frame("you");
        try (Net net = oneThread(wire)) {
            Echo echo = new Echo(net, FRAMING);
            echo.send(stream).expect(List.of("hello", "", "you"), stream);
            long bytes = stream.length();
            // What the peer has read may be counted an instant later.
            Await.asserted(() -> {
                assertThat(echo.session().stats()).isEqualTo(new SessionStats(bytes, bytes, 0, 3, 3, 0));
                assertThat(echo.server().stats())
                        .isEqualTo(new ServerStats(1, 1, 0, 0, 0, 0, bytes, bytes, 0, 3, 3, 0));
            });
            echo.peer().close();
            Await.asserted(() -> assertThat(echo.server().stats())
                    .isEqualTo(new ServerStats(0, 1, 0, 0, 0, 1, bytes, bytes, 0, 3, 3, 0)));
        }
    }

    @OverWires(ipv6 = true)
    void b14ASessionKnowsItsPeerAndHasAnIdThatStays(Wire wire) throws Exception {
        try (Net net = oneThread(wire)) {
            Echo echo = new Echo(net, FRAMING);
            InetSocketAddress peer = new InetSocketAddress(
                    InetAddress.getByName(wire.host()), echo.peer().localPort());
            assertThat(echo.session().remoteAddress()).isEqualTo(peer);
            UUID id = echo.session().id();
            assertThat(echo.server().findSession(id)).containsSame(echo.session());
            assertThat(echo.server().send(id, ByteBuffer.wrap(bytes("by id")))).isEqualTo(SendResult.ACCEPTED);
            assertThat(receiveFrame(echo.peer())).isEqualTo("by id");
            echo.peer().close();
            assertThat(echo.end().kind()).isEqualTo(CloseReason.Kind.PEER_CLOSED);
            assertThat(echo.session().remoteAddress()).isEqualTo(peer);
            assertThat(echo.session().id()).isEqualTo(id);
            Await.until("forgotten", () -> echo.server().findSession(id).isEmpty());
        }
    }

    @OverWires
    void b14AnyThreadMaySendAndEachKeepsItsOrder(Wire wire) throws Exception {
        int threads = 4;
        int messages = 2_000;
        try (Net net = oneThread(wire)) {
            Echo echo = new Echo(net, FRAMING);
            List<Thread> senders = IntStream.range(0, threads)
                    .mapToObj(number -> Thread.ofPlatform().start(() -> {
                        for (int i = 0; i < messages; i++) {
                            byte[] message = new byte[8 + i % 100];
                            ByteBuffer.wrap(message).putInt(number).putInt(i);
                            echo.session().send(message);
                        }
                    }))
                    .toList();
            int[] next = new int[threads];
            for (int i = 0; i < threads * messages; i++) {
                ByteBuffer message = ByteBuffer.wrap(bytes(receiveFrame(echo.peer())));
                int sender = message.getInt();
                assertThat(message.getInt()).isEqualTo(next[sender]);
                assertThat(message.remaining()).isEqualTo(next[sender]++ % 100);
            }
            for (Thread sender : senders) {
                sender.join(Await.LIMIT);
            }
            assertThat(next).containsOnly(messages);
        }
    }

    // ---- what is good in it -----------------------------------------------------------------------------------------

    @OverWires
    void p1ProtocolsLiveSideBySideOnOnePortAndMayBeChangedLater(Wire wire) throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (Net net = oneThread(wire)) {
            TcpServer server = net.server(options -> options.onConnect(session ->
                            session.framing(connections.getAndIncrement() % 2 == 0 ? Framing.lines() : FRAMING))
                    .onMessage((session, message) -> {
                        session.send(message);
                        if (Text.equals(message, "upgrade")) {
                            session.framing(FRAMING);
                        }
                    }));
            Peer lines = net.peer(server);
            Await.until("first", () -> server.everyone().size() == 1);
            Peer prefixed = net.peer(server);
            assertThat(lines.send("hello\n").receiveText(6)).isEqualTo("hello\n");
            prefixed.send(bytes(frame("hello\n")));
            assertThat(receiveFrame(prefixed)).isEqualTo("hello\n");
            String stream = "upgrade\n" + frame("new") + frame("lines\n");
            lines.send(bytes(stream));
            assertThat(text(lines.receive(stream.length()))).isEqualTo(stream);
        }
    }

    @OverWires
    void p2ReadingAndWritingProtocolsAreIndependent(Wire wire) throws Exception {
        try (Net net = oneThread(wire)) {
            TcpServer server = net.server(options -> options.onConnect(session -> {
                        session.readFraming(Framing.lines());
                        session.writeFraming(FRAMING);
                    })
                    .onMessage((session, message) -> session.send(message)));
            Peer peer = net.peer(server).send("one\ntwo\n");
            assertThat(receiveFrame(peer)).isEqualTo("one");
            assertThat(receiveFrame(peer)).isEqualTo("two");
        }
    }

    @OverWires
    void p3TheServerHearsEverySessionAndASessionsListenersOnlyTheirs(Wire wire) throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (Net net = oneThread(wire)) {
            TcpServer server = net.server(options -> options.framing(Framing.lines())
                    .onMessage((session, message) -> heard.add("configured " + Text.of(message)))
                    .onMessage((session, message) -> session.send(message)));
            Peer first = net.peer(server);
            Await.until("first", () -> server.everyone().size() == 1);
            Session session = server.sessions().iterator().next();
            Subscription own = session.onMessage((from, message) -> heard.add("own " + Text.of(message)));
            Peer second = net.peer(server);
            Subscription added = server.listen(new ServerListener() {
                @Override
                public void onMessage(Session from, ByteBuffer message) {
                    heard.add("added " + Text.of(message));
                }
            });
            net.settle();
            // The server's in the order of their addition, then the session's own.
            say(first, "a");
            say(second, "b");
            added.close();
            net.settle();
            say(first, "c");
            own.close();
            say(first, "d");
            assertThat(heard)
                    .containsExactly(
                            "configured a",
                            "added a",
                            "own a",
                            "configured b",
                            "added b",
                            "configured c",
                            "own c",
                            "configured d");
        }
    }

    @OverWires
    void p3AClientsSubscriptionEndsInMidConnection(Wire wire) throws Exception {
        EventLog ended = EventLog.quiet();
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (Net net = oneThread(wire)) {
            TcpServer server = net.server(
                    options -> options.framing(FRAMING).onMessage((session, message) -> session.send(message)));
            TcpClient client = net.client(server, options -> options.framing(FRAMING));
            Subscription subscription = client.listen(ended);
            client.listen(new SessionListener() {
                @Override
                public void onMessage(Session session, ByteBuffer message) {
                    heard.add(Text.of(message));
                }
            });
            client.send("a");
            assertThat(Await.next(heard)).isEqualTo("a");
            subscription.close();
            client.send("b");
            assertThat(Await.next(heard)).isEqualTo("b");
            assertThat(ended.text()).isEqualTo("a");
        }
    }

    private static void say(Peer peer, String line) {
        assertThat(peer.send(line + "\n").receiveText(line.length() + 1)).isEqualTo(line + "\n");
    }

    @OverWires
    void p3AnIsolatedSessionIsHeardByItsOwnListenersOnly(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        List<String> own = new CopyOnWriteArrayList<>();
        CompletableFuture<CloseReason> end = new CompletableFuture<>();
        try (Net net = oneThread(wire)) {
            TcpServer server = net.server(options -> options.framing(Framing.lines())
                    .listen(log)
                    .onMessage((session, message) -> {
                        session.send(message);
                        if (Text.equals(message, "isolate")) {
                            session.isolate();
                            session.onMessage((from, next) -> {
                                own.add(Text.of(next));
                                from.send(next);
                            });
                            session.onDisconnect((from, reason) -> end.complete(reason));
                        }
                    }));
            Peer isolated = net.peer(server);
            Peer other = net.peer(server);
            say(isolated, "isolate");
            say(isolated, "alone");
            say(other, "heard");
            isolated.close();
            assertThat(Await.get(end).kind()).isEqualTo(CloseReason.Kind.PEER_CLOSED);
            assertThat(own).containsExactly("alone");
            assertThat(log.all()).contains("message isolate", "message heard");
            assertThat(log.all()).doesNotContain("message alone", "disconnect PEER_CLOSED");
            assertThat(server.stats().messagesReceived()).isEqualTo(3);
        }
    }

    /** State of the application's. */
    private record Player(String name, int score) {}

    @OverWires(OverWires.Kind.PLAIN)
    void p4ASessionCarriesATypedContext(Wire wire) throws Exception {
        BlockingQueue<Player> left = new LinkedBlockingQueue<>();
        try (Net net = oneThread(wire)) {
            TcpServer server = net.server(options -> options.framing(Framing.lines())
                    .onConnect(session -> session.attach(Player.class, new Player("nobody", 0)))
                    .onMessage((session, message) -> {
                        Player player = session.attachment(Player.class).orElseThrow();
                        session.attach(Player.class, new Player(Text.of(message), player.score() + 1));
                        session.send(message);
                    })
                    .onDisconnect((session, reason) ->
                            session.attachment(Player.class).ifPresent(left::add)));
            Peer first = net.peer(server);
            Peer second = net.peer(server);
            say(first, "anna");
            say(second, "otto");
            say(first, "anna");
            Optional<String> none = server.sessions().iterator().next().attachment(String.class);
            assertThat(none).isEmpty();
            first.close();
            assertThat(Await.next(left)).isEqualTo(new Player("anna", 2));
            second.close();
            assertThat(Await.next(left)).isEqualTo(new Player("otto", 1));
        }
    }

    @OverWires
    void p5ASentEventStandsBesideTheMessageEvent(Wire wire) throws Exception {
        EventLog log = new EventLog();
        List<Integer> own = new CopyOnWriteArrayList<>();
        try (Net net = oneThread(wire)) {
            TcpServer server = net.server(options -> options.framing(FRAMING)
                    .listen(log)
                    .onConnect(session -> session.onSent((to, size) -> own.add(size)))
                    .onMessage((session, message) -> {
                        session.send(message);
                        session.send("and more");
                    }));
            Peer peer = net.peer(server).send(bytes(frame("hello")));
            assertThat(receiveFrame(peer)).isEqualTo("hello");
            assertThat(receiveFrame(peer)).isEqualTo("and more");
            log.await("sent 12");
            assertThat(log.all()).containsSubsequence("connect", "message hello", "sent 9", "sent 12");
            assertThat(own).containsExactly(9, 12);
        }
    }

    @Test
    void p6AServerIsADozenLines() throws Exception {
        List<String> said = new CopyOnWriteArrayList<>();
        try (IoService io = IoService.builder().threads(1).start();
                TcpServer server = TcpServer.on(io)
                        .address("127.0.0.1")
                        .port(0)
                        .framing(Framing.lengthPrefixed(4, 1 << 20))
                        .onConnect(session -> said.add("new connection"))
                        .onMessage((session, message) -> session.send(message))
                        .onSent((session, bytes) -> said.add("sent back " + bytes))
                        .onDisconnect((session, reason) -> said.add("closed: " + reason))
                        .start()) {
            try (Peer peer = Peer.connect(Wire.plain(), server.port())) {
                peer.send(bytes(frame("hello")));
                assertThat(receiveFrame(peer)).isEqualTo("hello");
            }
            Await.until("gone", () -> said.contains("closed: closed by peer"));
        }
        assertThat(said).containsExactly("new connection", "sent back 9", "closed: closed by peer");
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
}
