package dev.tramway.server.internal.simulate;

import java.io.PrintWriter;

/** One line that changes on a terminal, and a line each time elsewhere. */
final class LiveLine {
    private final PrintWriter out;
    private final boolean live;

    LiveLine(PrintWriter out, boolean live) {
        this.out = out;
        this.live = live;
    }

    void show(String line) {
        out.print(live ? "\r\033[K" + line : line + System.lineSeparator());
        out.flush();
    }

    /** What is told from here on stands below it. */
    void end() {
        if (live) {
            out.println();
        }
        out.println();
    }
}
