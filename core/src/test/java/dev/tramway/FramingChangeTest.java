package dev.tramway;

import static dev.tramway.testing.FramingSample.bytes;
import static dev.tramway.testing.FramingSample.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tramway.testing.Await;
import dev.tramway.testing.Echo;
import dev.tramway.testing.FramingSample;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Peer;
import dev.tramway.testing.PeerListener;
import dev.tramway.testing.Wire;
import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtendWith;

/** Reader and writer replaced, reading paused, sessions closed: at any moment, also in the middle of what one read brought. */
@ExtendWith(NoLeaks.class)
class FramingChangeTest {
    private static final String UPGRADE = "upgrade\n\5hello\0\2me";
    private static final List<String> UPGRADED = List.of("upgrade", "hello", "", "me");

    /** One read of a loop. */
    private static final int READ = 64 << 10;

    /** Goes through all framings, in an order drawn by lot: each message names the framing of what follows it. */
    private static final class Chain {
        private final List<FramingSample> framings = FramingSample.all();
        private final List<String> messages = new ArrayList<>();
        private final StringBuilder wire = new StringBuilder();

        Chain(long seed, int rounds) {
            Random random = new Random(seed);
            List<Integer> order = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                List<Integer> all = new ArrayList<>();
                for (int i = 1; i < framings.size(); i++) {
                    all.add(i);
                }
                Collections.shuffle(all, random);
                order.addAll(all);
            }
            order.add(0);
            int present = 0;
            for (int next : order) {
                // Three bytes, so that it fits the framing of a fixed size too.
                String message = String.format("%02dz", next);
                messages.add(message);
                wire.append(framings.get(present).wire(List.of(message)));
                present = next;
            }
        }

        /** Answers in the framing that the message came in, then changes. */
        void follow(TcpServer.Builder options) {
            options.onConnect(session -> session.framing(framings.get(0).framing()));
        }

        void change(Session session, ByteBuffer message) {
            int next = Integer.parseInt(Text.of(message).substring(0, 2));
            session.framing(framings.get(next).framing());
        }
    }

    private static Echo echo(Net net, Chain chain) {
        return echo(net, chain::follow, chain::change);
    }

    private interface Reaction {
        void to(Session session, ByteBuffer message);
    }

    /** An echo that does something after it has sent its answer. */
    private static Echo echo(Net net, Consumer<TcpServer.Builder> options, Reaction reaction) {
        Echo echo = new Echo(net, options);
        // Behind the listener that answers.
        echo.session().onMessage(reaction::to);
        return echo;
    }

    @OverWires(ipv6 = true)
    void everyFramingMayFollowEveryOtherInOneChunk(Wire wire) throws Exception {
        long seed = System.nanoTime();
        Chain chain = new Chain(seed, 20);
        try (Net net = new Net(wire)) {
            echo(net, chain).send(chain.wire.toString()).expect(chain.messages, chain.wire.toString());
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    @OverWires
    void everyFramingMayFollowEveryOtherByteByByte(Wire wire) throws Exception {
        Chain chain = new Chain(2, 2);
        try (Net net = new Net(wire)) {
            Echo echo = echo(net, chain);
            echo.peer().sendByteByByte(bytes(chain.wire.toString()));
            echo.expect(chain.messages, chain.wire.toString());
        }
    }

    @OverWires
    void aChangeLosesNoByteWhereverTheStreamIsCut(Wire wire) throws Exception {
        Chain chain = new Chain(3, 1);
        String stream = chain.wire.toString();
        try (Net net = new Net(wire)) {
            Echo echo = echo(net, chain);
            for (int split = 1; split < stream.length(); split++) {
                echo.sendInTwo(stream, split).expect(chain.messages, stream);
            }
        }
    }

    /** As STARTTLS does it: the answer in the old protocol, everything behind in the new one. */
    @OverWires
    void theAnswerGoesOutInTheOldProtocolAndWhatFollowsInTheNew(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            Echo echo = echo(net, options -> options.framing(Framing.lines()), FramingChangeTest::upgradeOrBack);
            String stream = UPGRADE + "\4back" + "line\n";
            List<String> messages = List.of("upgrade", "hello", "", "me", "back", "line");
            for (int split = 1; split < stream.length(); split++) {
                echo.sendInTwo(stream, split).expect(messages, stream);
            }
            echo.send(stream.repeat(1000));
            assertThat(text(echo.peer().receive(stream.length() * 1000))).isEqualTo(stream.repeat(1000));
        }
    }

    private static void upgradeOrBack(Session session, ByteBuffer message) {
        if (Text.equals(message, "upgrade")) {
            session.framing(Framing.lengthPrefixed(1, 200));
        } else if (Text.equals(message, "back")) {
            session.framing(Framing.lines());
        }
    }

    @OverWires
    void aClientChangesTooAndLosesNoByte(Wire wire) throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (Net net = new Net(wire)) {
            PeerListener listener = net.listener();
            TcpClient client = net.unconnected(
                    listener.port(),
                    options -> options.framing(Framing.lines()).onMessage((session, message) -> {
                        heard.add(text(message));
                        upgradeOrBack(session, message);
                    }));
            CompletableFuture<Session> connecting = client.connectAsync();
            Peer peer = net.closing(listener.accept());
            Await.get(connecting);
            peer.send(UPGRADE);
            for (String message : UPGRADED) {
                assertThat(Await.next(heard)).isEqualTo(message);
            }
            client.send("now binary");
            assertThat(peer.receiveText(11)).isEqualTo("\12now binary");
        }
    }

    @OverWires
    void readerAndWriterChangeOneWithoutTheOther(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            Echo echo = echo(net, options -> options.framing(Framing.lines()), (session, message) -> {
                switch (text(message)) {
                    case "write binary" -> session.writeFraming(Framing.lengthPrefixed(1, 200));
                    case "read binary" -> session.readFraming(Framing.lengthPrefixed(1, 200));
                    case "write lines" -> session.writeFraming(Framing.lines());
                    default -> {}
                }
            });
            String sent = "a\nwrite binary\nb\nread binary\n\1c\13write lines\1d";
            String echoed = "a\nwrite binary\n\1b\13read binary\1c\13write lines" + "d\n";
            echo.send(sent).expect(List.of("a", "write binary", "b", "read binary", "c", "write lines", "d"), echoed);
        }
    }

    @OverWires
    void behindTheMessageThatChangesToRawTheRestIsOneMessage(Wire wire) throws Exception {
        try (Net net = new Net(wire, options -> options.threads(1))) {
            Echo echo = echo(net, options -> options.framing(Framing.lines()), (session, message) -> {
                if (Text.equals(message, "raw")) {
                    session.framing(Framing.raw());
                } else if (Text.equals(message, "lines\n")) {
                    session.framing(Framing.lines());
                }
            });
            echo.send("a\nraw\nb\nc").expect(List.of("a", "raw", "b\nc"), "a\nraw\nb\nc");
            echo.sendAndAwait("lines\n").send("d\n").expect(List.of("lines\n", "d"), "lines\nd\n");
        }
    }

    /** What has arrived and was no frame for the old reader may be several for the new one; nothing else will bring them. */
    @OverWires
    void aReaderSetFromAnotherThreadFindsWhatHasArrivedBefore(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            Echo echo = new Echo(net, Framing.lines());
            for (int round = 0; round < 3; round++) {
                echo.session().readFraming(Framing.fixedSize(1000));
                net.settle();
                echo.sendAndAwait("one\ntwo\nthr");
                assertThat(echo.heard()).isEmpty();
                if (round < 2) {
                    echo.session().readFraming(Framing.lines());
                } else {
                    echo.session().execute(() -> echo.session().readFraming(Framing.lines()));
                }
                assertThat(echo.next()).isEqualTo("one");
                assertThat(echo.next()).isEqualTo("two");
                echo.send("ee\n");
                assertThat(echo.next()).isEqualTo("three");
            }
        }
    }

    @OverWires
    void aReaderSetWhileReadingIsPausedWaitsForItsEnd(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            Echo echo = pausing(net);
            for (int split = 1; split < UPGRADE.length(); split++) {
                sendPaused(echo, UPGRADE, split);
                assertThat(echo.next()).isEqualTo("upgrade");
                // Somebody else decides what comes next.
                echo.session().readFraming(Framing.lengthPrefixed(1, 200));
                net.settle();
                assertThat(echo.heard()).isEmpty();
                echo.session().resumeReading();
                for (String message : UPGRADED.subList(1, 4)) {
                    assertThat(echo.next()).isEqualTo(message);
                }
                echo.session().readFraming(Framing.lines());
            }
        }
    }

    /** Reads lines and stops reading after one that says so, or that asks for an upgrade. */
    private static Echo pausing(Net net) {
        return new Echo(
                net,
                options -> options.framing(Framing.lines()).onMessage((session, message) -> {
                    if (Text.equals(message, "pause") || Text.equals(message, "upgrade")) {
                        session.pauseReading();
                    }
                }));
    }

    /** In two pieces; the first is waited for as long as the session reads. */
    private static void sendPaused(Echo echo, String stream, int split) {
        if (split <= stream.indexOf('\n')) {
            echo.sendInTwo(stream, split);
        } else {
            echo.send(stream.substring(0, split)).send(stream.substring(split));
        }
    }

    @OverWires
    void aPauseHoldsWhatIsBehindTheMessageUntilReadingIsResumed(Wire wire) throws Exception {
        String stream = "pause\nb\nc\npause\nd\n";
        try (Net net = new Net(wire)) {
            Echo echo = pausing(net);
            for (int split = 1; split < stream.length(); split++) {
                sendPaused(echo, stream, split);
                assertThat(echo.next()).isEqualTo("pause");
                net.settle();
                assertThat(echo.heard()).isEmpty();
                echo.session().resumeReading();
                for (String message : List.of("b", "c", "pause")) {
                    assertThat(echo.next()).isEqualTo(message);
                }
                net.settle();
                assertThat(echo.heard()).isEmpty();
                echo.session().resumeReading();
                assertThat(echo.next()).isEqualTo("d");
            }
        }
    }

    @OverWires
    void aPauseThatIsTakenBackInTheSameCallbackChangesNothing(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            Echo echo = echo(net, options -> options.framing(Framing.lines()), (session, message) -> {
                session.pauseReading();
                session.resumeReading();
            });
            String stream = "a\nb\nc\n".repeat(100);
            echo.send(stream);
            assertThat(text(echo.peer().receive(stream.length()))).isEqualTo(stream);
            echo.sendInTwo("unfinished\n", 5);
            assertThat(echo.peer().receiveText(11)).isEqualTo("unfinished\n");
        }
    }

    @OverWires
    void aPauseStopsReadingAtOnce(Wire wire) throws Exception {
        // A read of io_uring is under way all the time, and fills buffers of its ring until the pause has reached the
        // kernel.
        assumeTrue(wire.transport() != Transport.IO_URING, "io_uring reads ahead");
        byte[] stream = bytes("pause\n" + "x\n".repeat(8 * READ));
        try (Net net = new Net(wire, options -> options.threads(1))) {
            Echo echo = pausing(net);
            CountDownLatch waiting = new CountDownLatch(3);
            // While the loop is held, more arrives than one read brings.
            echo.session().execute(() -> awaitUninterruptibly(waiting));
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                for (int at = 0; at < stream.length; at += READ) {
                    echo.peer().send(Arrays.copyOfRange(stream, at, Math.min(at + READ, stream.length)));
                    waiting.countDown();
                }
            });
            assertThat(echo.next()).isEqualTo("pause");
            net.settle();
            assertThat(echo.session().stats().bytesReceived()).isLessThanOrEqualTo(READ);
            echo.session().resumeReading();
            Await.get(sending);
            assertThat(echo.peer().receive(stream.length)).isEqualTo(stream);
        }
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

    @OverWires
    void theFewBytesThatAreLeftAfterAPausePinNoMemory(Wire wire) throws Exception {
        int sessions = 20;
        String stream = "pause\n" + "x\n".repeat(READ / 3) + "unfinished";
        try (Net net = new Net(wire, options -> options.threads(1))) {
            List<Echo> echoes = new ArrayList<>();
            for (int i = 0; i < sessions; i++) {
                echoes.add(pausing(net));
            }
            net.settle();
            long before = largeBuffers();
            for (Echo echo : echoes) {
                echo.send(stream);
                assertThat(echo.next()).isEqualTo("pause");
                net.settle();
                echo.session().resumeReading();
                Await.until("read", () -> echo.session().stats().bytesReceived() == stream.length());
                echo.peer().receive(stream.lastIndexOf('\n') + 1);
            }
            net.settle();
            assertThat(largeBuffers() - before).isLessThan(sessions / 4);
            for (Echo echo : echoes) {
                echo.send("\n");
                assertThat(echo.peer().receiveText(11)).isEqualTo("unfinished\n");
            }
        }
    }

    /** Buffers in use that are too large for Netty's small size classes, which end at 28 KiB. */
    private static long largeBuffers() {
        return PooledByteBufAllocator.DEFAULT.metric().directArenas().stream()
                .mapToLong(PoolArenaMetric::numActiveNormalAllocations)
                .sum();
    }

    @OverWires
    void anEndOfStreamDuringAPauseComesAfterEverythingBeforeIt(Wire wire) throws Exception {
        String rest = "0123456789\n".repeat(3 * READ / 11);
        try (Net net = new Net(wire)) {
            Echo echo = pausing(net);
            CompletableFuture<Void> sending = CompletableFuture.runAsync(
                    () -> echo.send("pause\n" + rest + "unfinished").peer().halfClose());
            assertThat(echo.next()).isEqualTo("pause");
            net.settle();
            assertThat(echo.session().isOpen()).isTrue();
            echo.session().resumeReading();
            byte[] echoed = echo.peer().receiveAll();
            Await.get(sending);
            assertThat(echo.end().kind()).isEqualTo(CloseReason.Kind.PEER_CLOSED);
            assertThat(String.join("\n", echo.heard()) + "\n").isEqualTo(rest);
            // TLS may end in both directions at once; what was answered after that is lost.
            if (!wire.encrypted()) {
                assertThat(text(echoed)).isEqualTo("pause\n" + rest);
            }
        }
    }

    @OverWires
    void aCloseDropsTheRestOfTheChunk(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            Echo echo = new Echo(
                    net,
                    options -> options.framing(Framing.lines()).onMessage((session, message) -> {
                        if (Text.equals(message, "close")) {
                            session.close();
                        }
                    }));
            echo.send("a\nclose\nb\nc\n").peer().awaitEnd();
            assertThat(echo.end().kind()).isEqualTo(CloseReason.Kind.LOCAL);
            assertThat(echo.heard()).containsExactly("a", "close");
            assertThat(echo.session().stats().messagesReceived()).isEqualTo(2);
        }
    }

    @OverWires
    void aLastMessageDropsTheRestOfTheChunkAndArrives(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            Echo echo = new Echo(
                    net,
                    options -> options.framing(Framing.lines()).onMessage((session, message) -> {
                        if (Text.equals(message, "quit")) {
                            session.sendAndClose("bye");
                        }
                    }));
            echo.send("a\nquit\nb\n" + "c\n".repeat(1000));
            assertThat(text(echo.peer().receiveAll())).isEqualTo("a\nbye\n");
            echo.peer().close();
            assertThat(echo.end().kind()).isEqualTo(CloseReason.Kind.LOCAL);
            assertThat(echo.heard()).containsExactly("a", "quit");
        }
    }

    /** The messages of one read are cut together, so the change concerns the frame that is not whole yet. */
    @OverWires
    void onAnExecutorAChangeConcernsWhatIsNotCutYet(Wire wire) throws Exception {
        String stream = "upgrade\n\5hello\0\2me";
        try (ExecutorService pool = Executors.newFixedThreadPool(2);
                Net net = new Net(wire)) {
            Echo echo = echo(
                    net, options -> options.framing(Framing.lines()).handlers(pool), FramingChangeTest::upgradeOrBack);
            for (int split = 1; split < stream.length(); split++) {
                echo.sendInTwo(stream, split).expect(UPGRADED, stream);
                echo.send("\4back");
                assertThat(echo.peer().receiveText(5)).isEqualTo("\4back");
                assertThat(echo.next()).isEqualTo("back");
                // The change is under way to the loop.
                net.settle();
                net.settle();
            }
        }
    }

    @OverWires
    void inBlockingStyleAChangeConcernsWhatIsNotCutYet(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server =
                    net.server(options -> options.framing(Framing.lines()).handle(connection -> {
                        for (ByteBuffer message : connection) {
                            connection.send(message);
                            upgradeOrBack(connection.session(), message);
                        }
                    }));
            Peer peer = net.peer(server);
            peer.send(bytes(UPGRADE));
            assertThat(text(peer.receive(UPGRADE.length()))).isEqualTo(UPGRADE);
        }
    }
}
