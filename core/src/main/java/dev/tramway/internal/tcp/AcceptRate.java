package dev.tramway.internal.tcp;

/**
 * How many connections a server accepts in a second, over all its ports: a bucket of tokens, full at first. May be used by
 * any thread.
 */
final class AcceptRate {
    private static final long SECOND = 1_000_000_000L;

    private final int perSecond;
    private double tokens;
    private long asOf;

    AcceptRate(int perSecond, long now) {
        this.perSecond = perSecond;
        this.tokens = perSecond;
        this.asOf = now;
    }

    /** Takes a token; false if there is none. */
    synchronized boolean take(long now) {
        refill(now);
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    /** Nanoseconds until there is a token, 0 if there is one. */
    synchronized long nanosToNext(long now) {
        refill(now);
        return tokens >= 1 ? 0 : (long) ((1 - tokens) / perSecond * SECOND) + 1;
    }

    private void refill(long now) {
        // Loops look at the clock apart from each other: time does not go back here.
        long passed = Math.max(0, now - asOf);
        tokens = Math.min(perSecond, tokens + passed * (double) perSecond / SECOND);
        asOf += passed;
    }
}
