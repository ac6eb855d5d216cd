package dev.tramway.bench.program;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * What a client program saw.
 *
 * @param sent messages sent
 * @param missing messages that were sent and not answered before the end, where answers can be lost
 * @param stalledNanos time at the end of the run in which nothing came
 * @param nanos from before the first connect to the last receipt
 * @param connectNanos the part of it that was spent connecting
 * @param bytes received
 * @param messages received
 * @param roundTrips times from send, or from when it was due, to receipt, where the mode measures them
 */
record Summary(
        long sent,
        long missing,
        long stalledNanos,
        long nanos,
        long connectNanos,
        long bytes,
        long messages,
        Optional<Histogram> roundTrips) {
    /** Adds up what clients saw. */
    static Summary of(List<Flow> flows, ClientRun.Span span) {
        long last = flows.stream()
                .mapToLong(Flow::lastNanos)
                .filter(nanos -> nanos != 0)
                .max()
                .orElse(span.ended());
        return new Summary(
                flows.stream().mapToLong(Flow::sent).sum(),
                0,
                Math.max(0, span.ended() - last),
                last - span.began(),
                Math.min(span.connected(), last) - span.began(),
                flows.stream().mapToLong(Flow::bytes).sum(),
                flows.stream().mapToLong(Flow::messages).sum(),
                Optional.empty());
    }

    /** With what is missing, if it is to be counted. */
    Summary missing(boolean counted) {
        long lost = counted ? Math.max(0, sent - messages) : 0;
        return new Summary(sent, lost, stalledNanos, nanos, connectNanos, bytes, messages, roundTrips);
    }

    /** With round trips; none if none was measured. */
    Summary roundTrips(Histogram times) {
        var measured = Optional.of(times).filter(histogram -> histogram.getTotalCount() > 0);
        return new Summary(sent, missing, stalledNanos, nanos, connectNanos, bytes, messages, measured);
    }

    /** Prints the lines of the founding documents, and between and after them what those leave out. */
    void print(PrintWriter out, int errors, CpuClock cpu) {
        out.printf("%nErrors: %d%nMissing: %d%nStalled: %s%n%n", errors, missing, time(stalledNanos));
        out.println("Total time: " + time(nanos));
        out.println("Total data: " + Units.size((double) bytes));
        out.println("Total messages: " + messages);
        out.println("Data throughput: " + Units.size(bytes / seconds(nanos)) + "/s");
        if (messages > 0) {
            out.println("Message latency: " + Units.time((double) nanos / messages));
            out.println("Message throughput: " + rate(nanos));
            out.println("Message throughput without connecting: " + rate(nanos - connectNanos));
        }
        roundTrips.ifPresent(times -> print(out, times));
        out.println("CPU time: " + cpu);
        out.flush();
    }

    private String rate(long span) {
        return String.format(Locale.ROOT, "%.0f msg/s", messages / seconds(span));
    }

    private static void print(PrintWriter out, Histogram times) {
        out.printf(
                "Round trip: p50 %s, p99 %s, p99.9 %s, max %s%n",
                time(times.getValueAtPercentile(50)),
                time(times.getValueAtPercentile(99)),
                time(times.getValueAtPercentile(99.9)),
                time(times.getMaxValue()));
    }

    private static String time(long nanos) {
        return Units.time((double) nanos);
    }

    private static double seconds(long nanos) {
        return Math.max(1, nanos) / 1e9;
    }
}
