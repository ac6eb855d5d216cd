package dev.tramway.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.IChart;

/** Pictures: bars of the headlines beside each other, and the curves. A picture without figures is left out. */
public final class PlotReport implements Report {
    private static final int WIDTH = 1_000;
    private static final int HEIGHT = 520;
    /** Where the logarithmic axis begins: a bar of no height. */
    private static final double NONE = 1;

    /**
     * One picture of bars.
     *
     * @param file its name
     * @param title above it
     * @param axis beside it
     * @param keys the results that it shows, side by side
     */
    private record Bars(String file, String title, String axis, List<String> keys) {}

    /**
     * One picture of curves.
     *
     * @param file its name
     * @param title above it
     * @param prefix of the keys of the results that it shows; what follows is the place on the x axis
     * @param metric what it shows; empty for the headline
     */
    private record Curves(String file, String title, String prefix, String metric) {}

    private static final List<Bars> BARS = List.of(
            new Bars(
                    "round-trip",
                    "Echo of the founding documents",
                    "messages/s",
                    List.of("tcp-echo-1", "tcp-echo-100", "tls-echo-1", "tls-echo-100", "udp-echo-1", "udp-echo-100")),
            new Bars(
                    "multicast",
                    "Multicast of the founding documents",
                    "deliveries/s",
                    List.of(
                            "tcp-multicast-1",
                            "tcp-multicast-100",
                            "tls-multicast-1",
                            "tls-multicast-100",
                            "udp-multicast-1",
                            "udp-multicast-100")),
            new Bars("framed", "Messages", "messages/s", List.of("echo", "framed", "broadcast", "chat")));

    private static final List<Curves> CURVES = List.of(
            new Curves("scaling-connections", "Framed echo over connections", "connections-", ""),
            new Curves("scaling-sizes", "Framed echo over message sizes", "bytes-", ""),
            new Curves("scaling-latency", "p99 of a round trip over connections", "latency-connections-", "p99 us"),
            new Curves(
                    "scaling-cpu", "Server CPU per message over connections", "connections-", "server ns CPU/message"));

    /** Names of the pictures that there are for a comparison. */
    static List<String> files(Comparison comparison) {
        var files = new ArrayList<String>();
        BARS.stream()
                .filter(bars -> !of(comparison, bars.keys()).isEmpty())
                .map(Bars::file)
                .forEach(files::add);
        CURVES.stream()
                .filter(curves -> !of(comparison, curves.prefix()).isEmpty())
                .map(Curves::file)
                .forEach(files::add);
        return files;
    }

    @Override
    public void write(Comparison comparison, Path directory) throws IOException {
        System.setProperty("java.awt.headless", "true");
        var files = files(comparison);
        for (var bars : BARS) {
            if (files.contains(bars.file())) {
                save(chart(bars, of(comparison, bars.keys())), directory, bars.file());
            }
        }
        for (var curves : CURVES) {
            if (files.contains(curves.file())) {
                save(chart(curves, of(comparison, curves.prefix())), directory, curves.file());
            }
        }
    }

    private static void save(IChart chart, Path directory, String file) throws IOException {
        try (var out = Files.newOutputStream(directory.resolve(file + ".png"))) {
            ChartEncoder.saveChart(chart, out, "png");
        }
    }

    private static List<Result> of(Comparison comparison, List<String> keys) {
        return comparison.results().stream()
                .filter(result ->
                        keys.contains(result.key()) && !result.outcomes().isEmpty())
                .toList();
    }

    private static List<Result> of(Comparison comparison, String prefix) {
        return comparison.results().stream()
                .filter(result ->
                        result.key().startsWith(prefix) && !result.outcomes().isEmpty())
                .toList();
    }

    private static Set<String> contenders(List<Result> results) {
        var names = new LinkedHashSet<String>();
        results.forEach(result -> result.outcomes().forEach(outcome -> names.add(outcome.contender())));
        return names;
    }

    /** A logarithmic axis, since peers differ by orders of magnitude; whoever took no part has no bar. */
    private static CategoryChart chart(Bars bars, List<Result> results) {
        var chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(bars.title())
                .yAxisTitle(bars.axis())
                .build();
        chart.getStyler().setYAxisLogarithmic(true).setYAxisMin(NONE);
        var keys = results.stream().map(Result::key).toList();
        for (var contender : contenders(results)) {
            var values = results.stream()
                    .map(result -> result.of(contender)
                            .map(outcome -> Math.max(
                                    1, outcome.sample(result.headline()).median()))
                            .orElse(NONE))
                    .toList();
            chart.addSeries(contender, keys, values);
        }
        return chart;
    }

    private static XYChart chart(Curves curves, List<Result> results) {
        var chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(curves.title())
                .xAxisTitle(curves.prefix().replace("latency-", "").replace("-", ""))
                .yAxisTitle(curves.metric().isEmpty() ? "messages/s" : curves.metric())
                .build();
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
        for (var contender : contenders(results)) {
            var xs = new ArrayList<Double>();
            var ys = new ArrayList<Double>();
            for (var result : results) {
                result.of(contender).ifPresent(outcome -> {
                    xs.add(Double.valueOf(result.key().substring(curves.prefix().length())));
                    ys.add(outcome.sample(curves.metric().isEmpty() ? result.headline() : curves.metric())
                            .median());
                });
            }
            chart.addSeries(contender, xs, ys);
        }
        return chart;
    }
}
