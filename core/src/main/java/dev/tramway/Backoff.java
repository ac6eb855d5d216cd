package dev.tramway;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a client waits before it connects again: exponential, with jitter, so that a thousand clients of a server
 * that restarts do not come back in the same millisecond.
 *
 * @param first wait after a session ended or a first attempt failed, more than zero
 * @param most longest wait before jitter, at least {@code first}
 * @param jitter share of the wait that is random, 0 to 1: a wait of w becomes w·(1 − jitter) to w
 * @param attempts most attempts in a row, 0 for no end
 */
public record Backoff(Duration first, Duration most, double jitter, int attempts) {
    /** Checks the ranges. */
    public Backoff {
        if (first.isNegative() || first.isZero() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException("backoff: " + first + " to " + most + " (expected: 0 < first <= most)");
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("backoff jitter: " + jitter + " (expected: 0 to 1)");
        }
        if (attempts < 0) {
            throw new IllegalArgumentException("backoff attempts: " + attempts + " (expected: 0 or more)");
        }
    }

    /**
     * Doubles from {@code first} to {@code most}, with a jitter of one half, for ever.
     *
     * @param first wait after a session ended or a first attempt failed
     * @param most longest wait
     */
    public static Backoff exponential(Duration first, Duration most) {
        return new Backoff(first, most, 0.5, 0);
    }

    /**
     * Always the same wait, without jitter.
     *
     * @param wait time between attempts
     */
    public static Backoff fixed(Duration wait) {
        return new Backoff(wait, wait, 0, 0);
    }

    /**
     * The same waits with another jitter.
     *
     * @param share 0 to 1
     */
    public Backoff jitter(double share) {
        return new Backoff(first, most, share, attempts);
    }

    /**
     * The same waits, given up after some attempts in a row.
     *
     * @param count most attempts, 0 for no end
     */
    public Backoff attempts(int count) {
        return new Backoff(first, most, jitter, count);
    }

    /**
     * Says how long to wait after a failed attempt.
     *
     * @param failures attempts that failed in a row, 1 or more
     * @param random source of the jitter
     */
    public Duration waitAfter(int failures, RandomGenerator random) {
        double doubled = (double) first.toNanos() * Math.pow(2, Math.min(failures - 1, 62));
        double capped = Math.min(doubled, (double) most.toNanos());
        return Duration.ofNanos((long) (capped * (1 - jitter * random.nextDouble())));
    }
}
