package dev.tramway.server.internal.simulate;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells how fast a flood is acknowledged: one line that changes on a terminal, lines elsewhere, and what it sustains at the end. */
public final class FloodReport {
    private final PrintWriter out;
    private final LiveLine line;
    private final List<Sample> samples = new ArrayList<>(List.of(new Sample(System.nanoTime(), 0)));

    private record Sample(long nanos, long acknowledged) {
        double rateUntil(Sample later) {
            return (later.acknowledged - acknowledged) / Math.max(1e-9, (later.nanos - nanos) / 1e9);
        }
    }

    /**
     * Begins.
     *
     * @param out where it is told
     * @param live true if that is a terminal
     */
    public FloodReport(PrintWriter out, boolean live) {
        this.out = out;
        this.line = new LiveLine(out, live);
    }

    /** Tells the present state. */
    public void show(FloodStats now) {
        Sample sample = new Sample(System.nanoTime(), now.acknowledged());
        line.show(String.format(
                Locale.ROOT,
                "connected %d  acknowledged %d (%.0f/s)  under way %d",
                now.connected(),
                now.acknowledged(),
                samples.getLast().rateUntil(sample),
                now.underWay()));
        samples.add(sample);
    }

    /** Reports acknowledged in a second, over the later half of what was shown: the server is warm then. */
    public double rate() {
        return samples.get((samples.size() - 1) / 2).rateUntil(samples.getLast());
    }

    /** Tells what was done in all. */
    public void close(FloodStats all) {
        line.end();
        out.println(String.format(
                Locale.ROOT,
                "%.0f reports acknowledged in a second, over the later half of the time; in all %d sent, %d not"
                        + " acknowledged, %d connections ended",
                rate(),
                all.sent(),
                all.underWay(),
                all.ended()));
        out.flush();
    }
}
