package dev.tramway.cluster.internal;

import java.util.concurrent.atomic.LongAdder;

/** See {@link dev.tramway.cluster.ClusterStats}. */
final class Counters {
    final LongAdder sent = new LongAdder();
    final LongAdder received = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder missed = new LongAdder();
    final LongAdder refusedHere = new LongAdder();
    final LongAdder duplicates = new LongAdder();
    final LongAdder returned = new LongAdder();
    final LongAdder foreign = new LongAdder();
}
