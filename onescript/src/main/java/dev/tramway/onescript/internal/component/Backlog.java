package dev.tramway.onescript.internal.component;

import dev.tramway.Session;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much one connection has brought that the script has not taken. Beyond a limit reading pauses, so that TCP slows the peer
 * down and a slow script does not fill the memory.
 */
final class Backlog {
    private static final long HIGH = 4 << 20;
    private static final long LOW = 1 << 20;

    /** What an event takes besides its data. */
    private static final int OVERHEAD = 128;

    private final Session session;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean paused = new AtomicBoolean();

    Backlog(Session session) {
        this.session = session;
    }

    /** Counts data that waits from now on; on the session's event loop. */
    void added(int size) {
        if (bytes.addAndGet(size + OVERHEAD) > HIGH && !paused.get()) {
            session.pauseReading();
            paused.set(true);
            resumeIfLow();
        }
    }

    /** Counts data that a thread of the script has taken. */
    void taken(int size) {
        bytes.addAndGet(-(size + OVERHEAD));
        resumeIfLow();
    }

    private void resumeIfLow() {
        if (paused.get() && bytes.get() <= LOW && paused.compareAndSet(true, false)) {
            session.resumeReading();
        }
    }
}
