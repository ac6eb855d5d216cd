package dev.tramway.bench.program;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Runs until the time is over, the work is done, or nothing has come for too long. */
final class Stopwatch {
    /** How often it looks, and how often a flow at a fixed rate sends. */
    private static final long TICK = TimeUnit.MICROSECONDS.toNanos(500);

    private final long endNanos;
    private final double stallSeconds;

    Stopwatch(double seconds, double stallSeconds) {
        this.endNanos = seconds == Double.POSITIVE_INFINITY
                ? Long.MAX_VALUE
                : System.nanoTime() + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
        this.stallSeconds = stallSeconds;
    }

    /**
     * Waits.
     *
     * @param received grows with what comes
     * @param tick called each half millisecond; true ends the run
     * @return false if it has stalled
     */
    boolean run(LongSupplier received, BooleanSupplier tick) {
        long before = -1;
        long progress = System.nanoTime();
        for (long now = progress; now < endNanos; now = System.nanoTime()) {
            if (tick.getAsBoolean()) {
                return true;
            }
            long seen = received.getAsLong();
            progress = seen == before ? progress : now;
            before = seen;
            if (now - progress > stallSeconds * TimeUnit.SECONDS.toNanos(1)) {
                return false;
            }
            LockSupport.parkNanos(TICK);
        }
        return true;
    }
}
