package dev.tramway.server.internal.telemetry;

import dev.tramway.server.internal.telemetry.Views.LatencyView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts how long something took, in powers of two. Used by any thread. */
final class Latency {
    private static final int BUCKETS = 32;

    private final AtomicLongArray buckets = new AtomicLongArray(BUCKETS);
    private final LongAdder micros = new LongAdder();

    void add(long nanos) {
        long time = Math.max(0, nanos) / 1_000;
        micros.add(time);
        buckets.incrementAndGet(Math.min(BUCKETS - 1, Long.SIZE - Long.numberOfLeadingZeros(time)));
    }

    LatencyView view() {
        List<Long> counts = new ArrayList<>(BUCKETS);
        long all = 0;
        for (int i = 0; i < BUCKETS; i++) {
            counts.add(buckets.get(i));
            all += buckets.get(i);
        }
        return new LatencyView(all, micros.sum(), List.copyOf(counts));
    }
}
