package dev.tramway.server.internal.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** All figures as Prometheus reads them. They are taken from the parts when asked for. May be used by any thread. */
public final class MetricsPage {
    /** Content type of the text. */
    public static final String TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private final List<MetricSource> sources;

    /**
     * Prepares it.
     *
     * @param sources where figures come from
     */
    public MetricsPage(List<MetricSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /** The figures as they are now. */
    public byte[] text() {
        Collected collected = new Collected();
        new ProcessMetrics().collect(collected);
        sources.forEach(source -> source.collect(collected));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(out, collected.snapshots());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a buffer in memory has no trouble
        }
        return out.toByteArray();
    }

    /** One metric for each name, with all its labels. */
    private static final class Collected implements MetricOutput {
        private final Map<String, CounterSnapshot.Builder> counters = new LinkedHashMap<>();
        private final Map<String, GaugeSnapshot.Builder> gauges = new LinkedHashMap<>();
        private final Map<String, HistogramSnapshot.Builder> histograms = new LinkedHashMap<>();

        @Override
        public void counter(String name, String help, Number value, String... labels) {
            counters.computeIfAbsent(
                            name, key -> CounterSnapshot.builder().name(name).help(help))
                    .dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                            .value(value.doubleValue())
                            .labels(Labels.of(labels))
                            .build());
        }

        @Override
        public void gauge(String name, String help, Number value, String... labels) {
            gauges.computeIfAbsent(
                            name, key -> GaugeSnapshot.builder().name(name).help(help))
                    .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                            .value(value.doubleValue())
                            .labels(Labels.of(labels))
                            .build());
        }

        @Override
        public void histogram(
                String name, String help, List<Double> bounds, List<Long> counts, double sum, String... labels) {
            histograms
                    .computeIfAbsent(
                            name, key -> HistogramSnapshot.builder().name(name).help(help))
                    .dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                            .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, counts))
                            .sum(sum)
                            .labels(Labels.of(labels))
                            .build());
        }

        MetricSnapshots snapshots() {
            MetricSnapshots.Builder all = MetricSnapshots.builder();
            counters.values().forEach(builder -> all.metricSnapshot(built(builder::build)));
            gauges.values().forEach(builder -> all.metricSnapshot(built(builder::build)));
            histograms.values().forEach(builder -> all.metricSnapshot(built(builder::build)));
            return all.build();
        }

        private static MetricSnapshot built(Supplier<? extends MetricSnapshot> builder) {
            return builder.get();
        }
    }
}
