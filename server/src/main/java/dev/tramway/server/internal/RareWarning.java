package dev.tramway.server.internal;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * A warning for which there may be cause without end: it is logged every ten seconds at most, with how often it was not. Used by any
 * thread.
 */
public final class RareWarning {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Logger log;
    private long last = System.nanoTime() - PAUSE_NANOS;
    private long leftOut;

    /** One in a log. */
    public RareWarning(Logger log) {
        this.log = log;
    }

    /** There is cause for it; the text is asked for if it is to be logged. */
    public void warn(Supplier<String> text) {
        long before = take();
        if (before >= 0) {
            log.warn("{}{}", text.get(), before == 0 ? "" : " (and " + before + " times before)");
        }
    }

    /** How often it was left out before, if it is its time now; else -1. */
    private synchronized long take() {
        long now = System.nanoTime();
        if (now - last < PAUSE_NANOS) {
            leftOut++;
            return -1;
        }
        last = now;
        long before = leftOut;
        leftOut = 0;
        return before;
    }
}
