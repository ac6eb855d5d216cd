package dev.tramway.server.internal.metrics;

import java.util.List;

/** Takes figures. Labels are given as name, value, name, value. */
public interface MetricOutput {
    /**
     * Something that only grows.
     *
     * @param name such as {@code tramway_messages}; {@code _total} is added to it
     * @param help what it counts
     * @param value the count
     * @param labels names and values in turns
     */
    void counter(String name, String help, Number value, String... labels);

    /**
     * Something that goes up and down.
     *
     * @param name such as {@code tramway_sessions}
     * @param help what it shows
     * @param value its value
     * @param labels names and values in turns
     */
    void gauge(String name, String help, Number value, String... labels);

    /**
     * How long things took.
     *
     * @param name such as {@code tramway_store_seconds}
     * @param help what was measured
     * @param bounds upper bounds of the buckets in seconds, rising; the last one is infinity
     * @param counts how many fell into each, not into those below as well
     * @param sum of all, in seconds
     * @param labels names and values in turns
     */
    void histogram(String name, String help, List<Double> bounds, List<Long> counts, double sum, String... labels);
}
