package dev.tramway.bench.process;

import dev.tramway.bench.report.FlatJson;

/**
 * What the load client saw in the measured time.
 *
 * @param seconds the measured time
 * @param messages messages received
 * @param bytes bytes received
 * @param errors missing, repeated and reordered messages, and connections that got nothing
 * @param cpuSeconds CPU time of the process, user and system
 * @param p50Micros median latency; 0 where none is measured
 * @param p99Micros its 99th percentile
 * @param p999Micros its 99.9th percentile
 */
public record LoadReport(
        double seconds,
        long messages,
        long bytes,
        long errors,
        double cpuSeconds,
        double p50Micros,
        double p99Micros,
        double p999Micros) {
    /** Reads one line of JSON. */
    public static LoadReport parse(String line) {
        var json = FlatJson.parse(line);
        return new LoadReport(
                json.number("seconds"),
                json.integer("messages"),
                json.integer("bytes"),
                json.integer("errors"),
                json.number("cpuSeconds"),
                json.number("p50Micros"),
                json.number("p99Micros"),
                json.number("p999Micros"));
    }

    /** Messages per second. */
    public double rate() {
        return messages / seconds;
    }
}
