package dev.tramway.frames.internal.cut;

import dev.tramway.FrameReader;
import dev.tramway.FramingException;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/**
 * Takes as a frame whatever came before a pause, as serial lines do it. Over a network pauses mean little, and a frame is
 * noticed only when the first byte behind the pause arrives: a last resort. Lives on the session's event loop.
 */
public final class IdleReader implements FrameReader {
    private final FramingPlan plan;
    private final Counters counters;
    private final LongSupplier nanoTime;
    private int before;
    private long last;

    /**
     * A reader.
     *
     * @param nanoTime a clock such as {@link System#nanoTime}
     */
    public IdleReader(FramingPlan plan, Counters counters, LongSupplier nanoTime) {
        this.plan = plan;
        this.counters = counters;
        this.nanoTime = nanoTime;
    }

    @Override
    public boolean find(ByteBuffer bytes, Cut cut) {
        int start = bytes.position();
        int there = bytes.remaining();
        long now = nanoTime.getAsLong();
        if (before > 0 && there > before && now - last > plan.idleNanos()) {
            int size = before;
            before = 0;
            last = now;
            counters.frames.increment();
            return cut.frame(start, start + size, start + size);
        }
        if (there > plan.limit()) {
            throw new FramingException(there + " bytes without a pause (expected: at most " + plan.limit() + ")");
        }
        before = there;
        last = now;
        return cut.incomplete(0);
    }
}
