package dev.tramway.frames;

import dev.tramway.FrameReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Feeds bytes to a reader piece by piece, as a session would, and collects the frames. */
final class Stream {
    private final FrameReader reader;
    private final FrameReader.Cut cut = new FrameReader.Cut();
    private final List<byte[]> frames = new ArrayList<>();
    private byte[] kept = new byte[0];
    private int most;

    Stream(FrameReader reader) {
        this.reader = reader;
    }

    static Stream of(Protocol protocol, Direction direction) {
        return new Stream(protocol.framing(direction).newReader());
    }

    /** Hands over a piece; what is no whole frame is kept. */
    Stream feed(byte... piece) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(kept);
        all.writeBytes(piece);
        ByteBuffer bytes = ByteBuffer.wrap(all.toByteArray()).asReadOnlyBuffer();
        while (bytes.hasRemaining() && reader.find(bytes, cut)) {
            if (!cut.isSkipped()) {
                byte[] frame = new byte[cut.end() - cut.start()];
                bytes.get(cut.start(), frame);
                frames.add(frame);
            }
            bytes.position(cut.next());
        }
        kept = Arrays.copyOfRange(all.toByteArray(), bytes.position(), all.size());
        most = Math.max(most, kept.length);
        return this;
    }

    Stream feedByteByByte(byte[] bytes) {
        for (byte each : bytes) {
            feed(each);
        }
        return this;
    }

    List<byte[]> frames() {
        return frames;
    }

    /** Most bytes that were kept between two pieces. */
    int mostKept() {
        return most;
    }
}
