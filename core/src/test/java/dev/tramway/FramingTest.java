package dev.tramway;

import static dev.tramway.testing.FramingSample.bytes;
import static dev.tramway.testing.FramingSample.header;
import static dev.tramway.testing.FramingSample.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.testing.Await;
import dev.tramway.testing.Echo;
import dev.tramway.testing.EventLog;
import dev.tramway.testing.FramingSample;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Peer;
import dev.tramway.testing.Wire;
import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every framing over real connections: what arrives is cut as it was sent, and what no framing can hold ends in words. */
@ExtendWith(NoLeaks.class)
class FramingTest {
    private static final int LARGE = 1 << 20;
    private static final int MOST = 1 << 30;

    @OverWires(ipv6 = true)
    void framesOfEveryFramingComeAndGoManyInOneSegment(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            for (FramingSample sample : FramingSample.all()) {
                List<String> messages = sample.messages(50);
                String bytes = sample.wire(messages);
                new Echo(net, sample.framing()).send(bytes).expect(messages, bytes);
            }
        }
    }

    @OverWires
    void framesOfEveryFramingMayComeByteByByte(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            for (FramingSample sample : FramingSample.some()) {
                Echo echo = new Echo(net, sample.framing());
                echo.peer().sendByteByByte(bytes(sample.wire()));
                echo.expect(sample.messages(), sample.wire());
            }
        }
    }

    @OverWires
    void framesOfEveryFramingMayBeCutInTwoAnywhere(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            for (FramingSample sample : FramingSample.some()) {
                Echo echo = new Echo(net, sample.framing());
                String bytes = sample.wire();
                for (int split = 1; split < bytes.length(); split++) {
                    echo.sendInTwo(bytes, split).expect(sample.messages(), bytes);
                }
            }
        }
    }

    @OverWires
    void lineEndsMayBeMixed(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            Echo echo = new Echo(net, Framing.lines());
            String bytes = "a\r\nb\n\r\n\nc\rd\r\n";
            for (int split = 1; split < bytes.length(); split++) {
                echo.sendInTwo(bytes, split).expect(List.of("a", "b", "", "", "c\rd"), "a\nb\n\n\nc\rd\n");
            }
        }
    }

    /** A single byte decides whether the frame is whole, so this one is sent alone. */
    @OverWires
    void aFrameIsDeliveredWithItsLastByte(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            for (FramingSample sample : FramingSample.some()) {
                Echo echo = new Echo(net, sample.framing());
                List<String> sent = new ArrayList<>();
                for (String message : sample.messages()) {
                    String before = sample.wire(sent);
                    sent.add(message);
                    String frame = sample.wire(sent).substring(before.length());
                    int last = frame.length() - 1;
                    if (last > 0) {
                        echo.sendAndAwait(frame.substring(0, last));
                        assertThat(echo.heard()).as(sample.name()).isEmpty();
                    }
                    echo.send(frame.substring(last));
                    assertThat(echo.next()).as(sample.name()).isEqualTo(message);
                }
            }
        }
    }

    @OverWires
    void framesMayBeLargerThanTheReadBuffer(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            for (FramingSample sample : FramingSample.some()) {
                if (sample.hasLimit()) {
                    int limit = Math.min(sample.most(), LARGE);
                    List<String> messages = List.of("hello", large(limit), "", large(limit - 1));
                    String bytes = sample.wire(messages);
                    new Echo(net, sample.withLimit().apply(limit)).send(bytes).expect(messages, bytes);
                }
            }
            String fixed = large(LARGE);
            new Echo(net, Framing.fixedSize(LARGE)).send(fixed + fixed).expect(List.of(fixed, fixed), fixed + fixed);
        }
    }

    /** Each part is copied once or twice, not again with each read. */
    @OverWires
    void aLongLineTakesMemoryAFewTimes(Wire wire) throws Exception {
        int size = 4 * LARGE;
        try (Net net = new Net(wire)) {
            Echo echo = new Echo(net, Framing.lines(size));
            echo.sendAndAwait("a");
            long before = memory(PoolArenaMetric::numNormalAllocations) + memory(PoolArenaMetric::numHugeAllocations);
            echo.sendAndAwait(large(size - 1));
            long after = memory(PoolArenaMetric::numNormalAllocations) + memory(PoolArenaMetric::numHugeAllocations);
            // TLS takes some memory for each read.
            assertThat(after - before).isLessThan(wire.encrypted() ? 120 : 40);
        }
    }

    @OverWires
    void rawMessagesAreWhatTheReadsBringInOrderAndWithoutEmptyOnes(Wire wire) throws Exception {
        String bytes = large(LARGE);
        try (Net net = new Net(wire)) {
            Echo echo = new Echo(net, Framing.raw());
            echo.send("x");
            assertThat(echo.next()).isEqualTo("x");
            echo.send(bytes);
            assertThat(text(echo.peer().receive(1 + LARGE))).isEqualTo("x" + bytes);
            List<String> heard = echo.heard();
            assertThat(String.join("", heard)).isEqualTo(bytes);
            assertThat(heard).doesNotContain("");
        }
    }

    @OverWires
    void aMessageAtTheLimitPassesAndOneAboveIsAProtocolError(Wire wire) throws Exception {
        String longest = large(FramingSample.LIMIT);
        try (Net net = new Net(wire)) {
            for (FramingSample sample : FramingSample.some()) {
                if (sample.hasLimit()) {
                    List<String> allowed = List.of("hello", longest);
                    String bytes = sample.wire(allowed);
                    new Echo(net, sample.framing()).send(bytes).expect(allowed, bytes);
                    Echo refused = new Echo(net, sample.framing());
                    refused.send(sample.wire(List.of("hello", longest + "m", "never")));
                    assertProtocolError(refused, "201", "200");
                    assertThat(refused.heard()).containsExactly("hello");
                }
            }
        }
    }

    private static void assertProtocolError(Echo echo, String... because) {
        CloseReason reason = echo.end();
        assertThat(reason.kind()).isEqualTo(CloseReason.Kind.PROTOCOL_ERROR);
        assertThat(reason.detail()).contains(because);
        assertThat(reason.cause()).containsInstanceOf(FramingException.class);
        echo.peer().awaitEnd();
        Await.until("counted", () -> echo.server().stats().disconnected() == 1);
        assertThat(echo.server().stats().sessions()).isZero();
    }

    @OverWires
    void aMessageAboveTheLimitIsRefusedToItsSenderAndNothingOfItGoesOut(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            for (FramingSample sample : FramingSample.some()) {
                Echo echo = new Echo(net, sample.framing());
                byte[] tooLong = bytes(large(FramingSample.LIMIT + 1));
                onLoop(
                        echo.session(),
                        () -> assertThatThrownBy(() -> echo.session().send(tooLong))
                                .isInstanceOf(FramingException.class)
                                .hasMessageContaining("201"));
                echo.send(sample.wire()).expect(sample.messages(), sample.wire());
                assertThat(echo.session().isOpen()).isTrue();
            }
        }
    }

    @OverWires
    void aMessageThatCannotBeFramedIsToldToTheSessionWhenItsSenderHasGoneOn(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        try (Net net = new Net(wire)) {
            Echo echo =
                    new Echo(net, options -> options.framing(Framing.lines(10)).listen(log));
            assertThat(echo.session().send("two\nlines")).isEqualTo(SendResult.ACCEPTED);
            log.await("error PROTOCOL FRAMING");
            ByteBuffer tooLong = ByteBuffer.allocate(11);
            assertThat(Await.failureOf(echo.session().sendAsync(tooLong))).isInstanceOf(FramingException.class);
            onLoop(
                    echo.session(),
                    () -> assertThat(Await.failureOf(echo.session().sendAsync(tooLong)))
                            .isInstanceOf(FramingException.class));
            echo.send("fine\n").expect(List.of("fine"), "fine\n");
        }
    }

    @OverWires
    void lengthsThatNobodyMeansEndInAProtocolErrorAtOnce(Wire wire) throws Exception {
        Framing four = Framing.lengthPrefixed(4, MOST);
        Framing eight = Framing.lengthPrefixed(8, ByteOrder.LITTLE_ENDIAN, false, MOST);
        Framing counting = Framing.lengthPrefixed(8, ByteOrder.BIG_ENDIAN, true, MOST);
        Framing varint = Framing.varintPrefixed(MOST);
        try (Net net = new Net(wire)) {
            assertRefused(net, four, header(4, ByteOrder.BIG_ENDIAN, 0xffff_ffffL), "4294967295");
            assertRefused(net, four, header(4, ByteOrder.BIG_ENDIAN, MOST + 1L), "1073741825");
            assertRefused(net, eight, header(8, ByteOrder.LITTLE_ENDIAN, 1L << 32), "4294967296");
            assertRefused(net, eight, header(8, ByteOrder.LITTLE_ENDIAN, Long.MIN_VALUE), "9223372036854775808");
            assertRefused(net, eight, header(8, ByteOrder.LITTLE_ENDIAN, -1), "18446744073709551615");
            assertRefused(net, counting, header(8, ByteOrder.BIG_ENDIAN, Long.MIN_VALUE), "9223372036854775800");
            assertRefused(net, counting, header(8, ByteOrder.BIG_ENDIAN, 7), "does not even count");
            assertRefused(net, varint, "\u00ff\u00ff\u00ff\u00ff\u007f", "34359738367");
            // -1 as Protocol Buffers write an int32
            assertRefused(net, varint, "\u00ff".repeat(9) + "\1", "more than 5 bytes");
        }
    }

    private static void assertRefused(Net net, Framing framing, String bytes, String because) {
        Echo echo = new Echo(net, framing);
        echo.send(bytes);
        assertProtocolError(echo, because);
    }

    @OverWires
    void anAnnouncementTakesNoMemoryBeforeTheMessageArrives(Wire wire) throws Exception {
        Framing framing = Framing.lengthPrefixed(4, MOST);
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(framing));
            List<Peer> peers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                peers.add(net.peer(server));
            }
            Await.until("connected", () -> server.stats().sessions() == 10);
            net.settle();
            long before = memory(PoolArenaMetric::numActiveBytes);
            peers.forEach(peer -> peer.send(bytes(header(4, ByteOrder.BIG_ENDIAN, MOST))));
            Await.until("announced", () -> server.stats().bytesReceived() == 10 * 4);
            // Netty takes memory from the system by 4 MiB, which counts as a whole.
            assertThat(memory(PoolArenaMetric::numActiveBytes) - before).isLessThan(16 << 20);
            peers.get(0).send(new byte[LARGE]);
            Await.until("begun", () -> server.stats().bytesReceived() == LARGE + 10 * 4);
            assertThat(memory(PoolArenaMetric::numActiveBytes) - before).isLessThan(16 << 20);
            assertThat(server.stats().sessions()).isEqualTo(10);
            assertThat(server.stats().messagesReceived()).isZero();
        }
    }

    /** What the allocator does not keep would be fetched page by page again with each message. */
    @OverWires(OverWires.Kind.PLAIN)
    void aMessageOfManyMegabytesTakesNoFreshMemoryOfTheSystem(Wire wire) throws Exception {
        int size = 6 * LARGE;
        byte[] message = bytes(large(size));
        BlockingQueue<ByteBuffer> arrived = new LinkedBlockingQueue<>();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(Framing.lengthPrefixed(4, size))
                    .onMessage((session, bytes) ->
                            arrived.add(ByteBuffer.allocate(size).put(bytes).flip())));
            Peer peer = net.peer(server);
            long before = memory(PoolArenaMetric::numHugeAllocations);
            for (int i = 0; i < 3; i++) {
                peer.send(bytes(header(4, ByteOrder.BIG_ENDIAN, size))).send(message);
                assertThat(arrived.poll(Await.LIMIT.toMillis(), TimeUnit.MILLISECONDS))
                        .isEqualTo(ByteBuffer.wrap(message));
            }
            assertThat(memory(PoolArenaMetric::numHugeAllocations)).isEqualTo(before);
        }
    }

    @OverWires
    void aLineWithoutEndIsRefusedAtItsLimitAndNotBefore(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            assertEndless(net, Framing.lines(1000), "m");
            // The first byte behind the limit may begin the delimiter.
            assertEndless(net, Framing.delimited(bytes("||"), 1000), "|m");
        }
    }

    private static void assertEndless(Net net, Framing framing, String more) {
        Echo echo = new Echo(net, framing);
        echo.sendAndAwait(large(1000));
        net.settle();
        assertThat(echo.session().isOpen()).isTrue();
        echo.send(more);
        assertProtocolError(echo, "1001", "1000");
    }

    /** It is no message, but nobody shall wonder where it has gone. */
    @OverWires
    void anUnfinishedFrameAtTheEndOfTheStreamIsNotDeliveredAndTold(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            Echo echo = new Echo(net, Framing.lines());
            echo.send("whole\n").expect(List.of("whole"), "whole\n");
            echo.send("unfinished").peer().halfClose();
            assertThat(echo.end().kind()).isEqualTo(CloseReason.Kind.PEER_CLOSED);
            assertThat(echo.end().detail()).contains("10 bytes");
            assertThat(echo.heard()).isEmpty();
            Echo clean = new Echo(net, Framing.lines());
            clean.send("whole\n").peer().halfClose();
            assertThat(clean.end()).isEqualTo(CloseReason.of(CloseReason.Kind.PEER_CLOSED));
        }
    }

    /** An empty message takes no bytes, but is counted in the batch that is handed over. */
    @OverWires(OverWires.Kind.PLAIN)
    void aFloodOfEmptyMessagesLeavesNoMemoryBehindOnAnExecutor(Wire wire) throws Exception {
        int sessions = 40;
        int messages = 256 << 10;
        byte[] flood = bytes("\n".repeat(messages));
        try (ExecutorService pool = Executors.newFixedThreadPool(2);
                Net net = new Net(wire)) {
            TcpServer server =
                    net.server(options -> options.framing(Framing.lines()).handlers(pool));
            List<Peer> peers = new ArrayList<>();
            for (int i = 0; i < sessions; i++) {
                peers.add(net.peer(server));
            }
            Await.until("connected", () -> server.stats().sessions() == sessions);
            long before = heapInUse();
            for (int i = 0; i < sessions; i++) {
                long delivered = (i + 1L) * messages;
                peers.get(i).send(flood);
                Await.until("delivered", () -> server.stats().messagesReceived() == delivered);
            }
            // A place for each message of a single read would be 10 MB.
            Await.until("heap given back", () -> heapInUse() - before < 5 << 20);
        }
    }

    private static long heapInUse() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static String large(int size) {
        return "0123456789mnopqr".repeat(size / 16 + 1).substring(0, size);
    }

    private static long memory(ToLongFunction<PoolArenaMetric> figure) {
        return PooledByteBufAllocator.DEFAULT.metric().directArenas().stream()
                .mapToLong(figure)
                .sum();
    }

    private static void onLoop(Session session, Runnable assertion) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        session.execute(() -> {
            try {
                assertion.run();
                done.complete(null);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        Await.get(done);
    }
}
