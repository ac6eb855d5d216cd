package dev.tramway.bench.peer;

import dev.tramway.bench.report.FlatJson;
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
        var json = FlatJson.parse(line);
        return new ServerReport(
                json.number("seconds"),
                json.number("cpuSeconds"),
                json.integer("messages"),
                json.integer("broadcasts"),
                json.optionalInteger("turns"),
                json.optionalInteger("allocatedBytes"));
    }

    /** As one line of JSON; what is not known is left out. */
    public String toJson() {
        var json = new FlatJson()
                .put("seconds", seconds)
                .put("cpuSeconds", cpuSeconds)
                .put("messages", messages)
                .put("broadcasts", broadcasts);
        turns.ifPresent(value -> json.put("turns", value));
        allocatedBytes.ifPresent(value -> json.put("allocatedBytes", value));
        return json.toString();
    }
}
