package dev.tramway;

import static dev.tramway.testing.FramingSample.bytes;
import static dev.tramway.testing.FramingSample.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.testing.Await;
import dev.tramway.testing.Echo;
import dev.tramway.testing.EventLog;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.Numbered;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Peer;
import dev.tramway.testing.Wire;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.extension.ExtendWith;

/** Framings of one's own: what they do wrong hurts their session and no other. */
@ExtendWith(NoLeaks.class)
class OwnFramingTest {
    /** Reads as it is told, writes nothing around messages. */
    private record Reading(FrameReader reader) implements Framing {
        @Override
        public FrameReader newReader() {
            return reader;
        }

        @Override
        public FrameWriter newWriter() {
            return Framing.raw().newWriter();
        }
    }

    /** Fails in the middle of a frame whose message begins with an exclamation mark. */
    private record HalfWriting(RuntimeException failure) implements Framing, FrameWriter {
        @Override
        public FrameReader newReader() {
            return Framing.lines().newReader();
        }

        @Override
        public FrameWriter newWriter() {
            return this;
        }

        @Override
        public boolean sharesFrames() {
            return true;
        }

        @Override
        public int frameSize(int messageSize) {
            return messageSize + 1;
        }

        @Override
        public void write(ByteBuffer message, ByteBuffer target) {
            target.put(message.duplicate());
            if (message.get(message.position()) == '!') {
                throw failure;
            }
            target.put((byte) '\n');
        }
    }

    /** It shares its loop's memory with them. */
    @OverWires
    void theByteOrderThatItLeavesBehindIsNotFoundByOthers(Wire wire) throws Exception {
        try (Net net = new Net(wire, options -> options.threads(1))) {
            Echo own = new Echo(net, new Numbered(100));
            Echo prefixed = new Echo(net, Framing.lengthPrefixed(4, 100));
            String numbered = "\0\5\0hello\1\2\0me";
            String big = header(4, ByteOrder.BIG_ENDIAN, 5) + "hello";
            own.send(numbered).expect(List.of("hello", "me"), numbered);
            prefixed.send(big).expect(List.of("hello"), big);
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void everySessionHasAReaderAndAWriterOfItsOwnAlsoForBroadcasts(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.framing(new Numbered(100)));
            List<Peer> peers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                peers.add(net.peer(server));
                int members = i + 1;
                Await.until("members", () -> server.everyone().size() == members);
                server.broadcast("x");
            }
            for (int i = 0; i < peers.size(); i++) {
                for (int number = 0; number < peers.size() - i; number++) {
                    assertThat(peers.get(i).receive(4)).containsExactly(number % Numbered.ROUND, 1, 0, 'x');
                }
            }
        }
    }

    @OverWires
    void aReaderThatFailsEndsItsSessionOnly(Wire wire) throws Exception {
        List<Throwable> failures = List.of(
                new IllegalStateException("out of order"), new AssertionError("impossible"), new StackOverflowError());
        try (Net net = new Net(wire, options -> options.threads(1))) {
            Echo other = new Echo(net, Framing.lines());
            for (Throwable failure : failures) {
                EventLog log = EventLog.quiet();
                Echo echo = new Echo(
                        net,
                        options -> options.listen(log).framing(new Reading((bytes, cut) -> {
                            throw sneaky(failure);
                        })));
                echo.send("anything");
                assertThat(echo.end().kind()).isEqualTo(CloseReason.Kind.HANDLER_FAILED);
                assertThat(echo.end().cause()).containsSame(failure);
                log.await("error HANDLER " + failure.getClass().getSimpleName());
                other.send("well\n").expect(List.of("well"), "well\n");
            }
            assertThat(net.errors()).hasSize(failures.size());
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void aReaderThatFailsIsToldWhereTheListenersRun(Wire wire) throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(2, task -> new Thread(task, "handlers"));
                Net net = new Net(wire)) {
            Echo echo = new Echo(
                    net,
                    options -> options.handlers(pool)
                            .framing(new Reading((bytes, cut) -> {
                                throw new IllegalStateException("out of order");
                            }))
                            .onError((session, error) -> told.add(error.code() + " on "
                                    + Thread.currentThread().getName())));
            echo.send("anything");
            assertThat(echo.end().kind()).isEqualTo(CloseReason.Kind.HANDLER_FAILED);
            assertThat(told).containsExactly("IllegalStateException on handlers");
            assertThat(net.errors()).hasSize(1);
        }
    }

    private static RuntimeException sneaky(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return (RuntimeException) failure;
    }

    /** Behind its own bytes lie those of other sessions; and a frame of no bytes would be found for ever. */
    @OverWires
    void aReaderThatIsWrongAboutItsBytesShowsNoneOfOthers(Wire wire) throws Exception {
        List<FrameReader> wrong = List.of(
                (bytes, cut) -> cut.frame(bytes.position(), bytes.position(), bytes.position()),
                (bytes, cut) -> cut.frame(bytes.position(), bytes.limit() + 1, bytes.limit() + 1),
                (bytes, cut) -> cut.frame(bytes.position(), bytes.limit() + 1, bytes.limit()),
                (bytes, cut) -> cut.frame(bytes.position() - 1, bytes.limit(), bytes.limit()),
                (bytes, cut) -> cut.frame(bytes.limit(), bytes.position(), bytes.limit()),
                (bytes, cut) -> cut.frame(-1, -1, bytes.limit()),
                (bytes, cut) -> cut.frame(0, Integer.MAX_VALUE, Integer.MAX_VALUE),
                (bytes, cut) -> cut.frame(bytes.position(), bytes.limit(), Integer.MIN_VALUE));
        try (Net net = new Net(wire, options -> options.threads(1))) {
            Echo other = new Echo(net, Framing.lines());
            String secret = "secret ".repeat(1000) + "\n";
            other.send(secret).expect(List.of(secret.strip() + " "), secret);
            for (FrameReader reader : wrong) {
                Echo echo = new Echo(net, new Reading(reader));
                echo.send("public");
                assertThat(echo.end().kind()).isEqualTo(CloseReason.Kind.HANDLER_FAILED);
                assertThat(echo.heard()).isEmpty();
            }
            other.send("well\n").expect(List.of("well"), "well\n");
            assertThat(net.errors()).hasSize(wrong.size());
        }
    }

    @OverWires
    void aFrameThatItsWriterDoesNotFinishGoesOutNotAtAll(Wire wire) throws Exception {
        FramingException failure = new FramingException("no exclamation marks");
        try (Net net = new Net(wire, options -> options.threads(1))) {
            TcpServer server = net.server(options -> options.framing(new HalfWriting(failure))
                    .onMessage((session, message) -> {
                        session.send("one");
                        assertThat(thrownBy(() -> session.send("!two"))).isSameAs(failure);
                        session.send("three");
                        session.server().broadcast("four");
                        assertThat(thrownBy(() -> session.server().broadcast("!five")))
                                .isSameAs(failure);
                        session.server().broadcast("six");
                        session.send("seven");
                    }));
            Peer peer = net.peer(server);
            Peer member = net.peer(server);
            Await.until("both", () -> server.everyone().size() == 2);
            peer.send("go\n");
            assertThat(peer.receiveText(25)).isEqualTo("one\nthree\nfour\nsix\nseven\n");
            assertThat(member.receiveText(9)).isEqualTo("four\nsix\n");
        }
    }

    private static Throwable thrownBy(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            return e;
        }
        return new AssertionError("nothing was thrown");
    }

    /** Its sender has gone on, so that nobody else could be told. */
    @OverWires
    void aWriterThatFailsOnTheLoopEndsTheSession(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            Echo echo = new Echo(net, new HalfWriting(new IllegalStateException("out of order")));
            echo.session().send("fine");
            echo.session().send("!");
            assertThat(echo.end().kind()).isEqualTo(CloseReason.Kind.HANDLER_FAILED);
            assertThat(bytes("fine\n")).isEqualTo(echo.peer().receive(5));
            assertThat(net.errors()).hasSize(1);
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void eachListenerFindsTheMessageAsItCame(Wire wire) throws Exception {
        List<Integer> heard = new ArrayList<>();
        try (Net net = new Net(wire)) {
            Echo echo = new Echo(
                    net,
                    options -> options.framing(Framing.fixedSize(4))
                            .onMessage((session, message) -> heard.add(
                                    message.order(ByteOrder.LITTLE_ENDIAN).getInt()))
                            .onMessage((session, message) -> heard.add(message.getInt())));
            echo.send("\0\0\0\1").expect(List.of("\0\0\0\1"), "\0\0\0\1");
            assertThat(heard).containsExactly(1 << 24, 1);
        }
    }
}
