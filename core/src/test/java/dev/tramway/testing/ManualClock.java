package dev.tramway.testing;

import dev.tramway.internal.loop.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is told to go on; {@link Net#advance} wakes the loops as well. */
public final class ManualClock implements Clock {
    /** Begins at the real time, since transports compare deadlines with it to find out how long to sleep. */
    private final AtomicLong now = new AtomicLong(System.nanoTime());

    @Override
    public long nanos() {
        return now.get();
    }

    void advance(Duration span) {
        now.addAndGet(span.toNanos());
    }
}
