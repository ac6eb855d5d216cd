package dev.tramway.frames.internal.cut;

import dev.tramway.FrameReader;
import dev.tramway.FramingException;
import dev.tramway.frames.internal.codec.Tape;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the frames of a definition out of the bytes of one session. Lives on the session's event loop.
 *
 * <p>Where the definition lets it begin again, a frame is taken only if it decodes as far as header, trailer and checks go;
 * otherwise the search goes on one byte behind the place where it began, so that a false length swallows no good frame.
 */
public final class DefinedReader implements FrameReader {
    private static final int SHOWN = 16;

    private final FramingPlan plan;
    private final @Nullable Tape verifier;
    private final Counters counters;
    private int looked;
    private int noise;

    /**
     * A reader.
     *
     * @param verifier decodes what may be a frame; null to take every one
     */
    public DefinedReader(FramingPlan plan, @Nullable Tape verifier, Counters counters) {
        this.plan = plan;
        this.verifier = verifier;
        this.counters = counters;
    }

    @Override
    public boolean find(ByteBuffer bytes, Cut cut) {
        int start = bytes.position();
        int to = bytes.limit();
        int at = start;
        while (at < to) {
            int size = plan.cutter().size(bytes, at, to, at == start ? looked : 0);
            if (size > 0 && size <= to - at) {
                if (isFrame(bytes, at, size)) {
                    return at > start ? skip(cut, start, at) : frame(cut, at, size);
                }
                size = Cutter.NONE;
            }
            if (size >= 0) {
                return at > start ? skip(cut, start, at) : incomplete(cut, size, to - at);
            }
            reject(bytes, at, to);
            at++;
            looked = 0;
        }
        return skip(cut, start, to);
    }

    private boolean frame(Cut cut, int at, int size) {
        looked = 0;
        noise = 0;
        counters.frames.increment();
        return cut.frame(at, at + size, at + size - plan.sharedBytes());
    }

    private boolean incomplete(Cut cut, int size, int there) {
        looked = there;
        return cut.incomplete(size);
    }

    private boolean skip(Cut cut, int start, int at) {
        looked = 0;
        counters.skipped.add(at - start);
        noise += at - start;
        if (noise > plan.noise()) {
            throw new FramingException(noise + " bytes without a frame (expected: at most " + plan.noise() + ")");
        }
        return cut.skip(at);
    }

    private boolean isFrame(ByteBuffer bytes, int at, int size) {
        Tape tape = verifier;
        if (tape == null) {
            return true;
        }
        Wrapping wrapping = plan.wrapping();
        if (wrapping == null) {
            tape.decode(bytes, at, at + size);
            return tape.isFramed();
        }
        byte[] frame = wrapping.unwrap(bytes, at, at + size);
        if (frame == null) {
            return false;
        }
        tape.decode(ByteBuffer.wrap(frame), 0, frame.length);
        return tape.isFramed();
    }

    private void reject(ByteBuffer bytes, int at, int to) {
        counters.rejected.increment();
        if (!plan.resync()) {
            byte[] shown = new byte[Math.min(SHOWN, to - at)];
            bytes.get(at, shown);
            throw new FramingException("no frame begins with " + HexFormat.of().formatHex(shown)
                    + " (expected: the length or marker of the definition)");
        }
    }
}
