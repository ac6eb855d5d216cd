package dev.tramway.server.internal.telemetry;

import dev.tramway.FrameReader;
import dev.tramway.FramingException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Predicate;

/** Cuts frames out of bytes that come in pieces of another layer: records that were opened, or datagrams. Used by one thread. */
final class FrameCutter {
    private static final int MOST = 64 * 1024;
    private static final byte[] NOTHING = {};

    private final FrameReader reader;
    private final FrameReader.Cut cut = new FrameReader.Cut();
    private byte[] kept = NOTHING;

    FrameCutter(FrameReader reader) {
        this.reader = reader;
    }

    /**
     * Takes the next bytes.
     *
     * @param frames gets each whole frame; answers false to end it
     * @throws FramingException if they can never become a frame
     */
    void accept(byte[] more, Predicate<byte[]> frames) {
        byte[] all = more;
        if (kept.length > 0) {
            all = Arrays.copyOf(kept, kept.length + more.length);
            System.arraycopy(more, 0, all, kept.length, more.length);
        }
        int from = 0;
        while (from < all.length && reader.find(ByteBuffer.wrap(all).position(from), cut)) {
            from = cut.next();
            if (!cut.isSkipped() && !frames.test(Arrays.copyOfRange(all, cut.start(), cut.end()))) {
                return;
            }
        }
        kept = from == all.length ? NOTHING : Arrays.copyOfRange(all, from, all.length);
        if (kept.length > MOST) {
            throw new FramingException("more than " + MOST + " bytes without a frame");
        }
    }

    /** Bytes that belong to no whole frame yet; they are forgotten. */
    byte[] rest() {
        byte[] rest = kept;
        kept = NOTHING;
        return rest;
    }
}
