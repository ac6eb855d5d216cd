package dev.tramway.frames.internal.cut;

import dev.tramway.frames.FrameStats;
import java.util.concurrent.atomic.LongAdder;

/** Counts for all sessions of a protocol. */
public final class Counters {
    final LongAdder frames = new LongAdder();
    final LongAdder skipped = new LongAdder();
    final LongAdder rejected = new LongAdder();
    private final LongAdder unknown = new LongAdder();
    private final LongAdder malformed = new LongAdder();

    /** Counts a frame of no known message. */
    public void countUnknown() {
        unknown.increment();
    }

    /** Counts a frame that could not be decoded. */
    public void countMalformed() {
        malformed.increment();
    }

    /** The counts as of now. */
    public FrameStats stats() {
        return new FrameStats(frames.sum(), skipped.sum(), rejected.sum(), unknown.sum(), malformed.sum());
    }
}
