package dev.tramway.bench.scenario;

/**
 * How long and how often is measured.
 *
 * @param repetitions runs of each contender, interleaved
 * @param warmup seconds before each measured time
 * @param seconds measured seconds of each run
 * @param bisections steps of a search after its doublings
 */
public record Plan(int repetitions, double warmup, double seconds, int bisections) {
    public Plan {
        if (repetitions < 1 || warmup < 0 || seconds <= 0) {
            throw new IllegalArgumentException("plan: " + repetitions + " runs of " + seconds + " s after " + warmup
                    + " s (expected: at least one)");
        }
    }

    /** For a figure to publish. */
    public static Plan full() {
        return new Plan(5, 5, 5, 5);
    }

    /** For a first impression. */
    public static Plan quick() {
        return new Plan(3, 3, 1, 3);
    }
}
