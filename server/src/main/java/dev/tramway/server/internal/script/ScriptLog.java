package dev.tramway.server.internal.script;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a script says, as lines of the log: no more than so many in a second, without control characters, and not endless. Used by
 * any thread.
 */
final class ScriptLog extends OutputStream {
    private static final Logger LOG = LoggerFactory.getLogger("dev.tramway.script");
    private static final int LINES_PER_SECOND = 20;
    private static final int LONGEST = 1000;

    private final String listener;
    private long second;
    private int lines;
    private long left;

    ScriptLog(String listener) {
        this.listener = listener;
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    /** The engine writes a line at a time. */
    @Override
    public void write(byte[] bytes, int offset, int length) {
        String text = new String(bytes, offset, Math.min(length, 4 * LONGEST), StandardCharsets.UTF_8);
        say(text.strip());
    }

    private synchronized void say(String text) {
        long now = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
        if (now != second) {
            second = now;
            lines = 0;
            if (left > 0) {
                LOG.info("{}: {} more lines are left out", listener, left);
                left = 0;
            }
        }
        if (++lines > LINES_PER_SECOND) {
            left++;
            return;
        }
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + " ..." : text;
        LOG.info("{}: {}", listener, shown.replaceAll("\\p{Cntrl}", " "));
    }
}
