package dev.tramway.server.internal.telemetry;

import java.util.concurrent.atomic.LongAdder;

/** What happened at one telemetry listener, beyond what its sockets count. Used by any thread. */
final class Counters {
    final LongAdder malformed = new LongAdder();
    final LongAdder duplicates = new LongAdder();
    final LongAdder unidentified = new LongAdder();
    final LongAdder keyFailures = new LongAdder();

    /** Frames that found no room in the store: they are not acknowledged. */
    final LongAdder notStored = new LongAdder();

    final Latency latency = new Latency();
}
