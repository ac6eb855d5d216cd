package dev.tramway.server.internal.metrics;

/** A part of the server that has figures to show. */
@FunctionalInterface
public interface MetricSource {
    /**
     * Tells its figures as they are now.
     *
     * @param out where to tell them
     */
    void collect(MetricOutput out);
}
