package dev.tramway.bench.scenario;

import java.util.function.DoublePredicate;

/**
 * Looks for the highest rate that can be held: doubles until one cannot, then bisects.
 *
 * @param first rate to begin with
 * @param most rate at which it is content
 * @param bisections steps after the doublings
 */
record RateSearch(double first, double most, int bisections) {
    RateSearch {
        if (first <= 0 || most < first) {
            throw new IllegalArgumentException("rates: " + first + " to " + most + " (expected: 0 < first <= most)");
        }
    }

    /** The highest rate found that holds, or 0. */
    double highest(DoublePredicate holds) {
        double held = 0;
        double failed = first;
        while (holds.test(failed)) {
            held = failed;
            failed = 2 * held;
            if (failed > most) {
                return held;
            }
        }
        for (int i = 0; i < bisections; i++) {
            double middle = (held + failed) / 2;
            if (holds.test(middle)) {
                held = middle;
            } else {
                failed = middle;
            }
        }
        return held;
    }
}
