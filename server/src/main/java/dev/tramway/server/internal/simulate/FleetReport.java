package dev.tramway.server.internal.simulate;

import java.io.PrintWriter;
import java.util.Locale;

/** Tells how a fleet does: one line that changes on a terminal, lines elsewhere, and a table at the end. */
public final class FleetReport {
    private final PrintWriter out;
    private final LiveLine line;
    private FleetStats before;
    private long at = System.nanoTime();

    /**
     * Begins.
     *
     * @param out where it is told
     * @param live true if that is a terminal
     */
    public FleetReport(PrintWriter out, boolean live) {
        this.out = out;
        this.line = new LiveLine(out, live);
        before = new FleetCounters().stats();
    }

    /** Tells the present state. */
    public void show(FleetStats now) {
        long time = System.nanoTime();
        double rate = (now.sent() - before.sent()) / Math.max(1e-9, (time - at) / 1e9);
        before = now;
        at = time;
        line.show(String.format(
                Locale.ROOT,
                "connected %d  sent %d (%.0f/s)  acknowledged %d  waiting %d  commands %d  reconnects %d%s",
                now.connected(),
                now.sent(),
                rate,
                now.acknowledged(),
                now.waiting(),
                now.answered(),
                now.reconnects(),
                now.connects() == 0 && now.connectsFailed() > 0
                        ? "  (nobody listens there yet: " + now.connectsFailed() + " attempts)"
                        : ""));
    }

    /** Tells what was done in all. */
    public void close(FleetStats all) {
        line.end();
        row(
                "connections",
                all.connects(),
                all.reconnects() + " again, " + all.connectsFailed() + " failed, " + all.closedByServer()
                        + " ended by the server");
        row(
                "reports",
                all.reported(),
                all.acknowledged() + " acknowledged, " + all.waiting() + " not yet, " + all.lost() + " given up");
        row("messages sent", all.sent(), all.repeated() + " of them again, " + all.corrupted() + " damaged");
        row("commands", all.commands(), all.answered() + " answered");
        row("refused", all.refused(), "received, but no message of the definition");
        out.flush();
    }

    private void row(String name, long count, String more) {
        out.println(String.format(Locale.ROOT, "%-15s %10d   %s", name, count, more));
    }
}
