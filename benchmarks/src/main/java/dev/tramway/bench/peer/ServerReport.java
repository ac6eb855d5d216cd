package dev.tramway.bench.peer;

import dev.tramway.bench.report.Json;
import java.util.OptionalLong;

/**
 * What a server did between two moments.
 *
 * @param seconds length of the window
 * @param cpuSeconds CPU time of the process, user and system
 * @param messages messages that its handler was called for
 * @param broadcasts messages that it broadcast on its own
 * @param turns turns of its event loops, where known
 * @param allocatedBytes bytes allocated on the Java heap by all threads but the one that reports, where there is one
 */
public record ServerReport(
        double seconds,
        double cpuSeconds,
        long messages,
        long broadcasts,
        OptionalLong turns,
        OptionalLong allocatedBytes) {
    /** Reads one line of JSON. */
    public static ServerReport parse(String line) {
        return Json.read(line, ServerReport.class);
    }

    /** As one line of JSON. */
    public String toJson() {
        return Json.line(this);
    }
}
