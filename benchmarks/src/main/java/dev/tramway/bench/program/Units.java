package dev.tramway.bench.program;

import java.util.List;
import java.util.Locale;

/** Times and sizes for people, in the units of the founding documents and in real decimals. */
final class Units {
    private static final List<String> SIZES = List.of("bytes", "KiB", "MiB", "GiB", "TiB");
    private static final List<String> TIMES = List.of("ns", "mcs", "ms", "s");

    private Units() {}

    /** Such as {@code 1.503 MiB}. */
    static String size(double bytes) {
        return scaled(bytes, 1_024, SIZES);
    }

    /** Such as {@code 10.011 s}. */
    static String time(double nanos) {
        return scaled(nanos, 1_000, TIMES);
    }

    private static String scaled(double value, int step, List<String> units) {
        int unit = 0;
        double left = value;
        for (; left >= step && unit < units.size() - 1; unit++) {
            left /= step;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.3f %s", left, units.get(unit));
    }
}
