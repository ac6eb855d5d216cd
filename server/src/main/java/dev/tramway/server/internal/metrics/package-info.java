/** Figures for Prometheus: {@link dev.tramway.server.internal.metrics.MetricSource}s give them, {@link
 * dev.tramway.server.internal.metrics.MetricsPage} writes them. */
@NullMarked
package dev.tramway.server.internal.metrics;

import org.jspecify.annotations.NullMarked;
