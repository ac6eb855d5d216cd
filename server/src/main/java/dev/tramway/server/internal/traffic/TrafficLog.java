package dev.tramway.server.internal.traffic;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Writes traffic to a file, one JSON object a line; by any thread. What cannot be written any more, such as on a full disk, is
 * left out with one line in the log: traffic goes on.
 */
public final class TrafficLog implements AutoCloseable {
    /** Writes nothing. */
    public static final TrafficLog NONE = new TrafficLog(null);

    private static final Logger LOG = LoggerFactory.getLogger(TrafficLog.class);

    private @Nullable BufferedWriter out;

    private TrafficLog(@Nullable BufferedWriter out) {
        this.out = out;
    }

    /**
     * Begins a file; one that is there is replaced.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public static TrafficLog create(Path file) {
        try {
            return new TrafficLog(Files.newBufferedWriter(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** A device has connected. */
    public void opened(String session) {
        write(TrafficEvent.Kind.OPEN, session, new byte[0]);
    }

    /** A device has sent something. */
    public void sent(String session, byte[] bytes) {
        write(TrafficEvent.Kind.UP, session, bytes);
    }

    /** A device was sent something. */
    public void received(String session, byte[] bytes) {
        write(TrafficEvent.Kind.DOWN, session, bytes);
    }

    /** A connection has ended. */
    public void closed(String session) {
        write(TrafficEvent.Kind.CLOSE, session, new byte[0]);
    }

    private synchronized void write(TrafficEvent.Kind kind, String session, byte[] bytes) {
        if (out == null) {
            return;
        }
        try {
            out.append("{\"time\":\"")
                    .append(Instant.now().toString())
                    .append("\",\"session\":\"")
                    .append(new String(JsonStringEncoder.getInstance().quoteAsCharArray(session)))
                    .append("\",\"kind\":\"")
                    .append(kind.name().toLowerCase(Locale.ROOT));
            if (bytes.length > 0) {
                out.append("\",\"hex\":\"").append(HexFormat.of().formatHex(bytes));
            }
            out.append("\"}\n");
        } catch (IOException e) {
            LOG.warn("traffic is not recorded any more: {}", e.getMessage());
            end();
        }
    }

    private void end() {
        BufferedWriter ending = out;
        out = null;
        if (ending == null) {
            return;
        }
        try {
            ending.close();
        } catch (IOException e) {
            LOG.warn("the end of the recorded traffic is missing: {}", e.getMessage());
        }
    }

    /** Ends the file. */
    @Override
    public synchronized void close() {
        end();
    }
}
