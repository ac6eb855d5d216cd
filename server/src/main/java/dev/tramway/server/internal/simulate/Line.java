package dev.tramway.server.internal.simulate;

import dev.tramway.IoService;
import dev.tramway.Session;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Sends bytes over one session, in pieces if they are to be. The next piece leaves when the kernel has taken the one before,
 * so that they are not put together again on this side. By any thread.
 */
final class Line {
    private final IoService io;
    private final Session session;
    private final int segment;
    private final Duration delay;
    private final Queue<ByteBuffer> pieces = new ArrayDeque<>();
    private boolean busy;

    Line(IoService io, Session session, Faults faults) {
        this.io = io;
        this.session = session;
        segment = faults.segment();
        delay = faults.delay();
    }

    Session session() {
        return session;
    }

    /** Sends bytes behind all that were given before; of a session that has ended they are forgotten. */
    synchronized void send(byte[] bytes) {
        int step = segment == 0 ? bytes.length : segment;
        for (int at = 0; at < bytes.length; at += step) {
            pieces.add(ByteBuffer.wrap(bytes, at, Math.min(step, bytes.length - at)));
        }
        if (!busy) {
            next();
        }
    }

    private synchronized void next() {
        ByteBuffer piece = pieces.poll();
        busy = piece != null;
        if (piece != null) {
            var unused = session.sendAsync(piece).whenComplete((nothing, failure) -> taken(failure == null));
        }
    }

    private synchronized void taken(boolean sent) {
        if (!sent) {
            pieces.clear();
        }
        if (delay.isZero() || pieces.isEmpty()) {
            next();
        } else {
            io.after(delay, this::next);
        }
    }

    /** True if all bytes were taken by the kernel. */
    synchronized boolean isIdle() {
        return !busy;
    }
}
