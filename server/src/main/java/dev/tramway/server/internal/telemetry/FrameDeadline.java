package dev.tramway.server.internal.telemetry;

import dev.tramway.FrameReader;
import dev.tramway.FrameWriter;
import dev.tramway.Framing;
import dev.tramway.FramingException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Cuts as another reader does, and ends who takes too long over one frame: a byte now and then would keep a connection for ever. Who
 * stops in the middle of a frame and stays silent is idle, which is looked after elsewhere. Lives on the session's event loop.
 */
final class FrameDeadline implements FrameReader {
    private final FrameReader reader;
    private final Duration most;
    private boolean begun;
    private long beginning;

    private FrameDeadline(FrameReader reader, Duration most) {
        this.reader = reader;
        this.most = most;
    }

    /**
     * A framing for one direction of a session, the other being sent as it is.
     *
     * @param most time from the first byte of a frame to its last, zero for no limit
     */
    static Framing over(Framing framing, Duration most) {
        return new Framing() {
            @Override
            public FrameReader newReader() {
                FrameReader reader = framing.newReader();
                return most.isZero() ? reader : new FrameDeadline(reader, most);
            }

            @Override
            public FrameWriter newWriter() {
                return framing.newWriter();
            }
        };
    }

    @Override
    public boolean find(ByteBuffer bytes, Cut cut) {
        if (reader.find(bytes, cut)) {
            begun = false;
            return true;
        }
        if (!begun) {
            begun = true;
            beginning = System.nanoTime();
        } else if (System.nanoTime() - beginning > most.toNanos()) {
            throw new FramingException("a frame has not ended after " + most.toSeconds() + " s");
        }
        return cut.incomplete(0); // to be asked at each byte that comes
    }
}
