package dev.tramway.server.internal.simulate;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts for all devices of a fleet; by any thread. */
final class FleetCounters {
    final AtomicInteger connected = new AtomicInteger();
    final LongAdder connects = new LongAdder();
    final LongAdder reconnects = new LongAdder();
    final LongAdder connectsFailed = new LongAdder();
    final LongAdder closedByServer = new LongAdder();
    final LongAdder sent = new LongAdder();
    final LongAdder reported = new LongAdder();
    final LongAdder acknowledged = new LongAdder();
    final LongAdder repeated = new LongAdder();
    final LongAdder waiting = new LongAdder();
    final LongAdder lost = new LongAdder();
    final LongAdder corrupted = new LongAdder();
    final LongAdder commands = new LongAdder();
    final LongAdder answered = new LongAdder();
    final LongAdder refused = new LongAdder();

    FleetStats stats() {
        return new FleetStats(
                connected.get(),
                connects.sum(),
                reconnects.sum(),
                connectsFailed.sum(),
                closedByServer.sum(),
                sent.sum(),
                reported.sum(),
                acknowledged.sum(),
                repeated.sum(),
                waiting.sum(),
                lost.sum(),
                corrupted.sum(),
                commands.sum(),
                answered.sum(),
                refused.sum());
    }
}
