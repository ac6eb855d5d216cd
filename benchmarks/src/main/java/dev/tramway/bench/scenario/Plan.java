package dev.tramway.bench.scenario;

import java.time.Duration;

/**
 * How long and how often is measured.
 *
 * @param repetitions runs of each contender, interleaved
 * @param warmup seconds before each measured time
 * @param seconds measured seconds of each run
 * @param probes steps of a search for the highest rate
 * @param idle connections at both ends of the slope of memory
 * @param limit what has not been measured by then is left out
 */
public record Plan(int repetitions, double warmup, double seconds, int probes, Idle idle, Duration limit) {
    /** Connections at both ends of the slope of memory. */
    public record Idle(int few, int many) {}

    public Plan {
        if (repetitions < 1 || warmup < 0 || seconds <= 0) {
            throw new IllegalArgumentException("plan: " + repetitions + " runs of " + seconds + " s after " + warmup
                    + " s (expected: at least one)");
        }
    }

    /** For a figure to publish. */
    public static Plan full() {
        return new Plan(5, 5, 5, 8, new Idle(1_000, 15_000), Duration.ofDays(1));
    }

    /** For a first impression, in eight minutes at most. */
    public static Plan quick() {
        return new Plan(
                1, 1.2, 0.8, 3, new Idle(250, 1_500), Duration.ofMinutes(8).minusSeconds(20));
    }
}
