package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.testing.Await;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Peer;
import dev.tramway.testing.Wire;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtendWith;

/** A reader may throw away what is no frame: {@link FrameReader.Cut#skip}. */
@ExtendWith(NoLeaks.class)
class SkippedBytesTest {
    private static final int NOISE = 1 << 20;

    /** Most that comes at once: one receive buffer with what was put in front of it. */
    private static final int MOST_AT_ONCE = 128 * 1024;

    @OverWires
    void noiseIsNeitherDeliveredNorKept(Wire wire) throws Exception {
        Marked marked = new Marked();
        BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options ->
                    options.framing(marked).onMessage(Codec.utf8(), (session, message) -> messages.add(message)));
            try (Peer peer = Peer.connect(wire, server.port())) {
                peer.send("$one".getBytes(StandardCharsets.US_ASCII));
                peer.send(new byte[NOISE]);
                peer.send("$two??$th".getBytes(StandardCharsets.US_ASCII));
                assertThat(Await.next(messages)).isEqualTo("one");
                assertThat(Await.next(messages)).isEqualTo("two");
                peer.send("r".getBytes(StandardCharsets.US_ASCII));
                assertThat(Await.next(messages)).isEqualTo("thr");
            }
        }
        assertThat(messages).isEmpty();
        assertThat(marked.skipped).hasValue(NOISE + 2);
        assertThat(marked.most.get()).isLessThan(MOST_AT_ONCE);
    }

    /** Three bytes behind a dollar sign. */
    private static final class Marked implements Framing, FrameReader {
        private final AtomicInteger skipped = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        @Override
        public FrameReader newReader() {
            return this;
        }

        @Override
        public FrameWriter newWriter() {
            return Framing.raw().newWriter();
        }

        @Override
        public boolean find(ByteBuffer bytes, Cut cut) {
            int start = bytes.position();
            most.accumulateAndGet(bytes.remaining(), Math::max);
            int at = start;
            while (at < bytes.limit() && bytes.get(at) != '$') {
                at++;
            }
            if (at > start) {
                skipped.addAndGet(at - start);
                return cut.skip(at);
            }
            return bytes.limit() - at < 4 ? cut.incomplete(4) : cut.frame(at + 1, at + 4, at + 4);
        }
    }
}
