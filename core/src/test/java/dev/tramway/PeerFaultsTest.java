package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.testing.Await;
import dev.tramway.testing.EventLog;
import dev.tramway.testing.LoggedEvents;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Peer;
import dev.tramway.testing.Wire;
import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Peers that are broken, hostile or unlucky. Each is counted, told once with the right reason, hurts no other session, and
 * leaves neither memory nor a flood of log lines behind.
 */
@ExtendWith(NoLeaks.class)
class PeerFaultsTest {
    /** Most log lines, however many bad peers there are. */
    private static final int HANDFUL = 5;

    private static final int SMALL_BUFFER = 16 * 1024;

    /** A server that echoes lines, and a well-behaved peer, which must not notice what the others do. */
    private static final class Scene implements AutoCloseable {
        final EventLog log = EventLog.quiet();
        final LoggedEvents logged = new LoggedEvents();
        final Net net;
        final TcpServer server;
        private final Peer witness;
        private int bad;

        Scene(Wire wire) {
            this(wire, options -> {});
        }

        Scene(Wire wire, Consumer<TcpServer.Builder> options) {
            // Not watched: on a busy machine a loop may wait for its turn for longer than any limit.
            this(new Net(wire, service -> service.blockedAfter(Duration.ZERO)), options);
        }

        Scene(Net net, Consumer<TcpServer.Builder> options) {
            this.net = net;
            server = net.server(builder -> {
                builder.framing(Framing.lines(64 * 1024))
                        .onMessage(Session::send)
                        .listen(log);
                options.accept(builder);
            });
            witness = net.peer(server);
            Await.until("the witness is served", () -> server.everyone().size() == 1);
        }

        /** A peer whose end is to be told. */
        Peer peer() {
            bad++;
            return net.peer(server);
        }

        /** A peer with a small receive buffer. */
        Peer slowPeer() {
            bad++;
            return net.closing(Peer.connect(net.wire(), server.port(), SMALL_BUFFER));
        }

        /** A peer without TLS, whatever the port expects. */
        Peer rawPeer() {
            bad++;
            return net.closing(Peer.connectWithoutHandshake(net.wire(), server.port()));
        }

        /** The session of the peer that has connected last. */
        Session session() {
            Await.until("served", () -> log.sessions().size() == 1 + bad);
            return log.sessions().get(bad);
        }

        /** Waits until every bad peer has been told once, all with one of these events. */
        void assertEachTold(String... events) {
            Await.until("all told (" + bad + ", so far: " + ends() + ")", () -> ends().size() == bad);
            assertThat(ends()).isSubsetOf(events);
        }

        private List<String> ends() {
            return log.all().stream()
                    .filter(event -> event.startsWith("disconnect") || event.startsWith("handshake failed"))
                    .toList();
        }

        @Override
        public void close() throws Exception {
            Await.until("all counted", () -> server.stats().accepted() == 1 + bad && left() == 0);
            assertThat(ends()).hasSize(bad);
            assertThat(log.overlaps()).isEmpty();
            assertThat(server.sessions()).hasSize(1);
            assertThat(witness.send("unharmed\n").receiveText(9)).isEqualTo("unharmed\n");
            assertThat(logged.lines()).hasSizeLessThanOrEqualTo(HANDFUL);
            logged.close();
            net.close();
        }

        private long left() {
            ServerStats now = server.stats();
            return bad - now.disconnected() - now.handshakesFailed();
        }
    }

    // ---- the wrong protocol -----------------------------------------------------------------------------------------

    @OverWires(OverWires.Kind.TLS)
    void plainClientsOnTheTlsPort(Wire wire) throws Exception {
        List<byte[]> openings = List.of(
                bytes("hello\n"),
                bytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                bytes("SSH-2.0-OpenSSH_9.9\r\n"),
                new byte[5],
                new byte[100_000],
                // Looks like the header of a handshake record, and is none.
                new byte[] {22, 3, 1, 0, 5, 9, 9, 9, 9, 9},
                // An alert, and a record longer than any may be.
                new byte[] {21, 3, 3, 0, 2, 2, 40},
                new byte[] {22, 3, 3, (byte) 0xff, (byte) 0xff});
        try (Scene scene = new Scene(wire)) {
            for (byte[] opening : openings) {
                Peer peer = scene.rawPeer();
                sendIfTaken(peer, opening);
                peer.awaitEnd();
            }
            scene.assertEachTold("handshake failed HANDSHAKE_FAILED");
            assertThat(scene.log.sessions().get(1).closeReason().orElseThrow().detail())
                    .contains("does not speak TLS here");
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void tlsClientsOnThePlainPort(Wire wire) throws Exception {
        try (Scene scene = new Scene(wire, options -> options.framing(Framing.lines(10)))) {
            Wire encrypted = new Wire(wire.transport(), true, wire.host());
            for (int i = 0; i < 3; i++) {
                scene.bad++;
                assertThatThrownBy(() -> Peer.connect(encrypted, scene.server.port()))
                        .isInstanceOf(UncheckedIOException.class);
            }
            scene.assertEachTold("disconnect PROTOCOL_ERROR");
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void ourTlsClientSaysThatAPlainServerSpeaksNoTls(Wire wire) throws Exception {
        try (Net net = new Net(wire, service -> service.blockedAfter(Duration.ZERO))) {
            TcpServer talks = net.server(options -> options.onConnect(session -> session.send("220 ready\r\n")));
            assertThatThrownBy(() -> net.client(talks, options -> options.tls(Wire.clientTls())))
                    .isInstanceOf(TlsException.class)
                    .hasMessageContaining("does not speak TLS here");
            TcpServer leaves = net.server(options -> options.onMessage((session, hello) -> session.close()));
            assertThatThrownBy(() -> net.client(leaves, options -> options.tls(Wire.clientTls())))
                    .isInstanceOf(TlsException.class)
                    .hasMessageContaining("closed the connection during the handshake");
        }
    }

    // ---- garbage, and frames without end ----------------------------------------------------------------------------

    @OverWires
    void garbageEndsOnlyTheSessionThatSendsIt(Wire wire) throws Exception {
        try (Scene scene = new Scene(wire, options -> options.framing(Framing.lines(80)))) {
            Random random = new Random(20_261_126);
            for (int i = 0; i < 30; i++) {
                byte[] garbage = new byte[10_000];
                random.nextBytes(garbage);
                Peer peer = scene.peer();
                sendIfTaken(peer, garbage);
                // A line of random bytes is longer than 80 sooner or later.
                peer.awaitEnd();
            }
            scene.assertEachTold("disconnect PROTOCOL_ERROR");
        }
    }

    @OverWires
    void anAnnouncedLengthAloneTakesNoMemory(Wire wire) throws Exception {
        byte[] everything = new byte[10];
        Arrays.fill(everything, (byte) 0xff);
        for (Framing framing : List.of(
                Framing.lengthPrefixed(4, 1 << 20),
                Framing.lengthPrefixed(8, 1 << 20),
                Framing.varintPrefixed(1 << 20))) {
            try (Net net = new Net(wire, service -> service.blockedAfter(Duration.ZERO));
                    LoggedEvents logged = new LoggedEvents()) {
                EventLog log = EventLog.quiet();
                TcpServer server =
                        net.server(options -> options.framing(framing).listen(log));
                long before = directMemory();
                for (int i = 0; i < 50; i++) {
                    // Within the limit: it is waited for, in the memory that has arrived.
                    net.peer(server).send(announced(framing));
                    Peer greedy = net.peer(server);
                    sendIfTaken(greedy, everything);
                    greedy.awaitEnd();
                }
                Await.until("all told", () -> server.stats().disconnected() == 50);
                assertThat(log.all())
                        .filteredOn("disconnect PROTOCOL_ERROR"::equals)
                        .hasSize(50);
                assertThat(server.stats().sessions()).isEqualTo(50);
                assertThat(directMemory() - before).isLessThan(8 << 20);
                assertThat(logged.lines()).hasSizeLessThanOrEqualTo(HANDFUL);
            }
        }
    }

    /** The header of a message of a million bytes, and one byte of it. */
    private static byte[] announced(Framing framing) {
        ByteBuffer frame = ByteBuffer.allocate(1_000_010);
        framing.newWriter().write(ByteBuffer.allocate(1_000_000), frame);
        return Arrays.copyOf(frame.array(), frame.position() - 1_000_000 + 1);
    }

    @OverWires
    void aLineWithoutEndIsCutOffAtItsLimit(Wire wire) throws Exception {
        try (Scene scene = new Scene(wire, options -> options.framing(Framing.lines(1_000)))) {
            byte[] endless = new byte[64 * 1024];
            Arrays.fill(endless, (byte) 'x');
            for (int i = 0; i < 3; i++) {
                Peer peer = scene.peer();
                peer.send(Arrays.copyOf(endless, 999));
                Session session = scene.session();
                Await.until("waits", () -> session.stats().bytesReceived() == 999);
                assertThat(session.isOpen()).isTrue();
                sendIfTaken(peer, endless);
                peer.awaitEnd();
            }
            scene.assertEachTold("disconnect PROTOCOL_ERROR");
            assertThat(scene.log.sessions().get(1).closeReason().orElseThrow().detail())
                    .contains("1000");
        }
    }

    // ---- half-close -------------------------------------------------------------------------------------------------

    @OverWires
    void afterAHalfCloseAllRequestsAreAnsweredFirst(Wire wire) throws Exception {
        halfCloses("on the loop", wire, options -> options.onMessage(Session::send));
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            halfCloses(
                    "on an executor",
                    wire,
                    options -> options.handlers(executor).onMessage(Session::send));
        } finally {
            executor.shutdown();
        }
        halfCloses(
                "in blocking style",
                wire,
                options -> options.handle(connection -> {
                    for (ByteBuffer line : connection) {
                        connection.send(line);
                    }
                }));
    }

    private static void halfCloses(String name, Wire wire, Consumer<TcpServer.Builder> style) throws Exception {
        List<String> requests =
                IntStream.range(0, 2_000).mapToObj(i -> "request " + i).toList();
        EventLog log = EventLog.quiet();
        try (Net net = new Net(wire, service -> service.blockedAfter(Duration.ZERO))) {
            TcpServer server = net.server(options -> {
                options.framing(Framing.lines()).listen(log);
                style.accept(options);
            });
            for (int round = 0; round < 5; round++) {
                Peer peer = net.peer(server)
                        .send(String.join("\n", requests) + "\n")
                        .halfClose();
                List<String> answers = new String(peer.receiveAll(), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
                assertThat(answers).as(name).hasSameSizeAs(requests);
                assertThat(answers).isEqualTo(requests);
            }
            Await.until("all left", () -> server.stats().disconnected() == 5);
            assertThat(log.all()).filteredOn("disconnect PEER_CLOSED"::equals).hasSize(5);
            assertThat(server.stats().messagesSent()).isEqualTo(5L * requests.size());
        }
    }

    @OverWires
    void afterAHalfCloseAnAnswerThatFillsTheKernelArrivesWhole(Wire wire) throws Exception {
        int buffer = 64 * 1024;
        byte[] answer = new byte[4 << 20];
        new Random(1).nextBytes(answer);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (Net net = new Net(wire, service -> service.blockedAfter(Duration.ZERO))) {
            TcpServer loop = net.server(options -> options.outbound(Outbound.limit(answer.length))
                    .socketBuffers(0, buffer)
                    .onMessage((session, request) -> sendInParts(session, answer)));
            TcpServer elsewhere = net.server(options -> options.outbound(Outbound.limit(answer.length))
                    .socketBuffers(0, buffer)
                    .handlers(executor)
                    .onMessage((session, request) -> session.send(answer)));
            for (TcpServer server : List.of(loop, elsewhere)) {
                byte[] received = net.peer(server).send("x").halfClose().receiveAll();
                assertThat(received).hasSize(answer.length);
                assertThat(Arrays.equals(received, answer)).isTrue();
            }
        } finally {
            executor.shutdown();
        }
    }

    private static void sendInParts(Session session, byte[] answer) {
        int part = answer.length / 8;
        for (int from = 0; from < answer.length; from += part) {
            session.send(ByteBuffer.wrap(answer, from, part));
        }
    }

    @OverWires
    void aHalfClosedPeerThatDoesNotReadIsGivenUp(Wire wire) throws Exception {
        try (Scene scene = new Scene(
                Net.withManualClock(wire),
                options -> options.outbound(Outbound.limit(64 << 20)).socketBuffers(0, SMALL_BUFFER))) {
            Peer peer = scene.slowPeer();
            Session session = scene.session();
            fillKernel(session);
            peer.halfClose();
            Await.until("end of input", () -> !session.isOpen());
            scene.net.settle();
            scene.net.advance(Duration.ofSeconds(31));
            scene.assertEachTold("disconnect PEER_CLOSED");
            peer.awaitEnd();
        }
    }

    // ---- resets -----------------------------------------------------------------------------------------------------

    @OverWires
    void resetsBeforeAndInTheHandshake(Wire wire) throws Exception {
        byte[] hello = clientHello();
        try (Scene scene = new Scene(wire)) {
            for (int i = 0; i < 20; i++) {
                scene.rawPeer().reset();
                Peer half = scene.rawPeer();
                if (wire.encrypted()) {
                    half.send(Arrays.copyOf(hello, 1 + i * hello.length / 20));
                }
                half.reset();
            }
            scene.assertEachTold(
                    wire.encrypted()
                            ? orEnd(wire, "handshake failed RESET", "handshake failed HANDSHAKE_FAILED")
                            : orEnd(wire, "disconnect RESET", "disconnect PEER_CLOSED"));
        }
    }

    @OverWires
    void resetsOfAnOpenSession(Wire wire) throws Exception {
        try (Scene scene = new Scene(wire)) {
            for (int i = 0; i < 10; i++) {
                Peer silent = scene.peer();
                scene.session();
                silent.reset();
                Peer inAMessage = scene.peer().send("whole\nhal");
                assertThat(inAMessage.receiveText(6)).isEqualTo("whole\n");
                inAMessage.reset();
            }
            scene.assertEachTold("disconnect RESET");
            assertThat(scene.log.all())
                    .filteredOn(event -> event.startsWith("message"))
                    .containsOnly("message whole");
        }
    }

    @OverWires
    void resetsWhileDataIsOwed(Wire wire) throws Exception {
        try (Scene scene = new Scene(
                wire, options -> options.outbound(Outbound.limit(64 << 20)).socketBuffers(0, SMALL_BUFFER))) {
            for (int i = 0; i < 3; i++) {
                Peer peer = scene.slowPeer();
                fillKernel(scene.session());
                peer.reset();
            }
            scene.assertEachTold(orEnd(
                    wire, "disconnect RESET", wire.encrypted() ? "disconnect TRUNCATED" : "disconnect PEER_CLOSED"));
            assertThat(scene.server.stats().bytesPending()).isZero();
        }
    }

    @OverWires
    void resetsWhileTheSessionCloses(Wire wire) throws Exception {
        try (Scene scene = new Scene(
                wire, options -> options.outbound(Outbound.limit(64 << 20)).socketBuffers(0, SMALL_BUFFER))) {
            for (int i = 0; i < 3; i++) {
                Peer peer = scene.slowPeer();
                Session draining = scene.session();
                fillKernel(draining);
                draining.sendAndClose("last words");
                peer.reset();
                Peer last = scene.peer();
                scene.session().sendAndClose("bye");
                last.receive(3);
                last.reset();
            }
            scene.assertEachTold("disconnect LOCAL");
        }
    }

    @OverWires
    void resetsAfterAHalfClose(Wire wire) throws Exception {
        try (Scene scene = new Scene(
                wire, options -> options.outbound(Outbound.limit(64 << 20)).socketBuffers(0, SMALL_BUFFER))) {
            for (int i = 0; i < 3; i++) {
                Peer peer = scene.slowPeer();
                Session session = scene.session();
                fillKernel(session);
                peer.halfClose();
                Await.until("end of input", () -> !session.isOpen());
                peer.reset();
            }
            scene.assertEachTold("disconnect PEER_CLOSED");
        }
    }

    // ---- TLS cut short ----------------------------------------------------------------------------------------------

    @OverWires(OverWires.Kind.TLS)
    void aTlsStreamWithoutCloseNotifyIsTruncated(Wire wire) throws Exception {
        try (Scene scene = new Scene(wire)) {
            for (int i = 0; i < 5; i++) {
                Peer peer = scene.peer().send("whole\nhal");
                assertThat(peer.receiveText(6)).isEqualTo("whole\n");
                peer.abort();
                Peer inARecord = scene.peer();
                scene.session();
                // The header of a record of 100 bytes, and two of them.
                inARecord.raw().getOutputStream().write(new byte[] {23, 3, 3, 0, 100, 1, 2});
                inARecord.raw().shutdownOutput();
            }
            scene.assertEachTold("disconnect TRUNCATED");
            assertThat(scene.log.all())
                    .filteredOn(event -> event.startsWith("message"))
                    .containsOnly("message whole");
        }
    }

    @OverWires(OverWires.Kind.TLS)
    void aBrokenRecordIsAProtocolError(Wire wire) throws Exception {
        try (Scene scene = new Scene(wire)) {
            for (int i = 0; i < 5; i++) {
                Peer forged = scene.peer();
                scene.session();
                byte[] record = new byte[105];
                System.arraycopy(new byte[] {23, 3, 3, 0, 100}, 0, record, 0, 5);
                // Twice: BoringSSL answers the first with an alert, and fails at the second.
                forged.raw().getOutputStream().write(record);
                forged.raw().getOutputStream().write(record);
                Peer plain = scene.peer();
                scene.session();
                plain.raw().getOutputStream().write(bytes("GET / HTTP/1.0\r\n\r\n"));
                drain(plain);
                drain(forged);
            }
            scene.assertEachTold("disconnect PROTOCOL_ERROR");
        }
    }

    // ---- peers that do nothing --------------------------------------------------------------------------------------

    @OverWires(OverWires.Kind.TLS)
    void stalledHandshakesOfEveryKindEndInTheirTime(Wire wire) throws Exception {
        byte[] hello = clientHello();
        try (Scene scene = new Scene(Net.withManualClock(wire), options -> {})) {
            List<Peer> drips = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                scene.rawPeer();
                scene.rawPeer().send(Arrays.copyOf(hello, hello.length / 2));
                // The whole first flight, and then nothing.
                scene.rawPeer().send(hello);
                drips.add(scene.rawPeer().send(hello[0]));
            }
            Await.until("all accepted", () -> scene.server.stats().accepted() == 201);
            scene.net.settle();
            for (int second = 1; second < 10; second++) {
                scene.net.advance(Duration.ofSeconds(1));
                for (Peer drip : drips) {
                    drip.send(hello[second]);
                }
            }
            scene.net.settle();
            assertThat(scene.ends()).isEmpty();
            scene.net.advance(Duration.ofSeconds(1));
            scene.assertEachTold("handshake failed HANDSHAKE_TIMEOUT");
            assertThat(scene.logged.lines()).isEmpty();
        }
    }

    @OverWires
    void peersThatSayNothingEndWithTheFirstByteTime(Wire wire) throws Exception {
        try (Scene scene =
                new Scene(Net.withManualClock(wire), options -> options.firstByteTimeout(Duration.ofSeconds(5)))) {
            scene.witness.send("here\n").receive(5);
            for (int i = 0; i < 50; i++) {
                scene.peer();
            }
            Await.until("all served", () -> scene.server.everyone().size() == 51);
            scene.net.advance(Duration.ofSeconds(6));
            scene.assertEachTold("disconnect FIRST_BYTE_TIMEOUT");
        }
    }

    @OverWires
    void peersThatNeverReadAreSlowConsumers(Wire wire) throws Exception {
        try (Scene scene = new Scene(
                wire, options -> options.outbound(Outbound.limit(256 << 10)).socketBuffers(0, SMALL_BUFFER))) {
            for (int i = 0; i < 5; i++) {
                scene.slowPeer();
            }
            Await.until("all served", () -> scene.server.everyone().size() == 6);
            String line = "x".repeat(999);
            while (scene.server.stats().disconnected() < 5) {
                scene.server.broadcast(line);
                assertThat(scene.witness.receiveText(1_000)).isEqualTo(line + "\n");
            }
            scene.assertEachTold("disconnect SLOW_CONSUMER");
        }
    }

    // ---- many -------------------------------------------------------------------------------------------------------

    @OverWires
    void aThousandBadPeersLeaveNothingBehind(Wire wire) throws Exception {
        byte[] hello = clientHello();
        long descriptors = descriptors();
        try (Scene scene = new Scene(wire)) {
            int port = scene.server.port();
            ExecutorService scanners = Executors.newFixedThreadPool(4);
            try {
                List<CompletableFuture<Void>> scans = new ArrayList<>();
                for (int i = 0; i < 1_000; i++) {
                    int kind = i % 5;
                    scene.bad++;
                    scans.add(CompletableFuture.runAsync(() -> scan(wire, port, kind, hello), scanners));
                }
                scans.forEach(Await::get);
            } finally {
                scanners.shutdown();
            }
            Await.until("all told", () -> scene.ends().size() == 1_000);
            assertThat(scene.ends())
                    .allMatch(end -> end.matches(
                            wire.encrypted()
                                    ? "handshake failed (RESET|HANDSHAKE_FAILED)"
                                    : "disconnect (RESET|PEER_CLOSED)"));
            assertThat(scene.logged.lines()).isEmpty();
        }
        if (descriptors >= 0) {
            Await.until("descriptors given back", () -> descriptors() <= descriptors + HANDFUL);
        }
    }

    private static void scan(Wire wire, int port, int kind, byte[] hello) {
        try (Peer peer = Peer.connectWithoutHandshake(wire, port)) {
            switch (kind) {
                case 0 -> peer.reset();
                case 1 -> peer.close();
                case 2 -> {
                    peer.send(Arrays.copyOf(hello, 100));
                    peer.reset();
                }
                case 3 -> peer.send(hello).halfClose().awaitEnd();
                default -> peer.send("GET / HTTP/1.0\r\n\r\n").halfClose().awaitEnd();
            }
        }
    }

    // ---- the rest ---------------------------------------------------------------------------------------------------

    /** With io_uring, the write that fails hears of the reset, and the read that follows finds no more than an end. */
    private static String[] orEnd(Wire wire, String reset, String end) {
        return wire.transport() == Transport.IO_URING ? new String[] {reset, end} : new String[] {reset};
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The other side may have reset the connection before it has everything. */
    private static void sendIfTaken(Peer peer, byte[] data) {
        try {
            peer.send(data);
        } catch (UncheckedIOException e) {
            assertThat(e.getCause()).isNotInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    private static void drain(Peer peer) throws IOException {
        try {
            peer.raw().getInputStream().readAllBytes();
        } catch (java.net.SocketTimeoutException e) {
            throw e;
        } catch (IOException reset) {
            // an end as well
        }
    }

    /** The first thing that a TLS client sends. */
    private static byte[] clientHello() {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine();
            engine.setUseClientMode(true);
            ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), hello);
            return Arrays.copyOf(hello.array(), hello.position());
        } catch (GeneralSecurityException | SSLException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends until something is left that the kernel does not take. */
    private static void fillKernel(Session session) {
        CompletableFuture<Void> full = new CompletableFuture<>();
        session.execute(() -> {
            while (session.stats().bytesPending() < 1_000_000) {
                session.send(new byte[60_000]);
            }
            full.complete(null);
        });
        Await.get(full);
    }

    private static long directMemory() {
        return PooledByteBufAllocator.DEFAULT.metric().directArenas().stream()
                .mapToLong(PoolArenaMetric::numActiveBytes)
                .sum();
    }

    /** Open descriptors of this process; -1 where the system does not tell. */
    private static long descriptors() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        } catch (IOException e) {
            return -1;
        }
    }
}
