package dev.tramway.bench.script;

import java.util.List;
import org.HdrHistogram.Histogram;

/** Figures out of times in nanoseconds. */
final class Times {
    private static final double MILLI = 1e6;

    private Times() {}

    static double millis(long nanos) {
        return nanos / MILLI;
    }

    static double median(Histogram times) {
        return millis(times.getValueAtPercentile(50));
    }

    static double p99(Histogram times) {
        return millis(times.getValueAtPercentile(99));
    }

    static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
