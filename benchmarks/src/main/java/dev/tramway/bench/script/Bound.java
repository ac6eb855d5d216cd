package dev.tramway.bench.script;

import java.util.Locale;

/**
 * What a figure is to be.
 *
 * @param value in the unit of the figure
 * @param atLeast true if it must be reached, false if it must not be passed
 */
record Bound(double value, boolean atLeast) {
    static Bound atLeast(double value) {
        return new Bound(value, true);
    }

    static Bound atMost(double value) {
        return new Bound(value, false);
    }

    /** Holds, or by how much it falls short. */
    String judge(double figure) {
        if (atLeast ? figure >= value : figure <= value) {
            return "holds";
        }
        double share = atLeast ? 1 - figure / value : figure / value - 1;
        return String.format(Locale.ROOT, "falls short by %.0f %%", 100 * share);
    }
}
