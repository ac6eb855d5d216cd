package dev.tramway.bench.scenario;

import java.time.Duration;

/**
 * How long and how often is measured.
 *
 * @param repetitions runs of each contender, interleaved
 * @param first seconds before the measured ones of a Java process that is new, long enough for its compiler
 * @param warmup seconds before the measured ones of any other process
 * @param seconds measured seconds of each run
 * @param fresh true for a new process in each run; false to keep those that are warm
 * @param probes steps of a search for the highest rate
 * @param idle connections at both ends of the slope of memory
 * @param limit what has not been measured by then is left out
 */
public record Plan(
        int repetitions,
        double first,
        double warmup,
        double seconds,
        boolean fresh,
        int probes,
        Idle idle,
        Duration limit) {
    /** Connections at both ends of the slope of memory. */
    public record Idle(int few, int many) {}

    public Plan {
        if (repetitions < 1 || first < 0 || warmup < 0 || seconds <= 0) {
            throw new IllegalArgumentException("plan: " + repetitions + " runs of " + seconds + " s after " + warmup
                    + " s, or " + first + " s (expected: at least one)");
        }
    }

    /** For a figure to publish. */
    public static Plan full() {
        return new Plan(5, 8, 1, 5, true, 8, new Idle(1_000, 15_000), Duration.ofDays(1));
    }

    /** For a first impression, in eight minutes at most. */
    public static Plan quick() {
        return new Plan(
                1,
                4,
                0.25,
                0.6,
                false,
                5,
                new Idle(250, 1_500),
                Duration.ofMinutes(8).minusSeconds(20));
    }

    @Override
    public String toString() {
        return repetitions + " runs of " + seconds + " s, interleaved, " + (fresh ? "each in a new process, " : "")
                + "after " + first + " s of a new Java process and " + warmup + " s of any other";
    }
}
