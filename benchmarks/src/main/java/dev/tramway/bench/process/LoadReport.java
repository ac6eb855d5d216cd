package dev.tramway.bench.process;

import dev.tramway.bench.report.Json;

/**
 * What the load client saw in the measured time.
 *
 * @param seconds the measured time
 * @param messages messages received
 * @param bytes bytes received
 * @param errors missing, repeated and reordered messages, and connections that got nothing
 * @param disconnected connections that do not read and were cut off
 * @param lost datagrams that did not come back
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
        long disconnected,
        long lost,
        double cpuSeconds,
        double p50Micros,
        double p99Micros,
        double p999Micros) {
    /** Reads one line of JSON. */
    public static LoadReport parse(String line) {
        return Json.read(line, LoadReport.class);
    }

    /** Messages per second. */
    public double rate() {
        return messages / seconds;
    }
}
