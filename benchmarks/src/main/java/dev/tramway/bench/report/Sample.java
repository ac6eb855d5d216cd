package dev.tramway.bench.report;

import java.util.List;

/**
 * The values of one metric over the repetitions of a measurement.
 *
 * @param values one or more
 */
public record Sample(List<Double> values) {
    public Sample {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("values: none (expected: at least one)");
        }
        values = values.stream().sorted().toList();
    }

    /** The middle value, or the mean of the two middle ones. */
    public double median() {
        int middle = values.size() / 2;
        return values.size() % 2 == 1 ? values.get(middle) : (values.get(middle - 1) + values.get(middle)) / 2;
    }

    /** The least value. */
    public double least() {
        return values.get(0);
    }

    /** The greatest value. */
    public double most() {
        return values.get(values.size() - 1);
    }

    /** Half of the range, as a share of the median; 0 for a median of 0. */
    public double spread() {
        double half = (most() - least()) / 2;
        return median() == 0 ? 0 : half / Math.abs(median());
    }
}
