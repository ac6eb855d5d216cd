package dev.tramway.internal.tcp;

import dev.tramway.CloseReason;
import dev.tramway.internal.loop.Deadline;
import dev.tramway.internal.loop.Loop;
import java.time.Duration;

/**
 * The one deadline of a session, whichever comes first: handshake, first byte, idle, write, drain. Lives on the session's
 * loop. Traffic only notes the time of the turn; the deadline finds out when it expires whether it did so too early.
 */
final class SessionDeadline extends Deadline {
    private enum Watch {
        HANDSHAKE,
        OPEN,
        DRAIN
    }

    private final TcpSession session;
    private final Loop loop;
    private final SessionConfig config;
    private Watch watch = Watch.HANDSHAKE;
    private long openedAt;
    private long receivedAt;
    private boolean receivedAny;
    private boolean stalled;
    private long stalledAt;
    private long takenWhenStalled;

    SessionDeadline(TcpSession session, Loop loop, SessionConfig config) {
        this.session = session;
        this.loop = loop;
        this.config = config;
    }

    void startHandshake() {
        watch = Watch.HANDSHAKE;
        loop.setDeadline(this, config.handshakeTimeout());
    }

    void startOpen() {
        watch = Watch.OPEN;
        openedAt = loop.now();
        receivedAt = openedAt;
        setToNext();
    }

    void startDrain(long nanos) {
        watch = Watch.DRAIN;
        loop.setDeadline(this, nanos);
    }

    /** Bytes came in. */
    void received() {
        receivedAny = true;
        receivedAt = loop.now();
    }

    /** The kernel does not take what is owed. */
    void stalled() {
        if (!stalled && watch == Watch.OPEN && config.writeTimeout() > 0) {
            stalled = true;
            noteStall();
            setToNext();
        }
    }

    private void noteStall() {
        stalledAt = loop.now();
        takenWhenStalled = taken();
    }

    /** Bytes that the kernel has taken, those of an unfinished batch too; with TLS the records around them blur it a little. */
    private long taken() {
        return session.outbound().handedOverBytes() - session.channel().bytesAtNetty();
    }

    @Override
    protected void expire() {
        loop.enter();
        switch (watch) {
            case HANDSHAKE -> session.close(closeReason(CloseReason.Kind.HANDSHAKE_TIMEOUT, config.handshakeTimeout()));
            case DRAIN -> session.cut();
            case OPEN -> expireOpen();
        }
    }

    private void expireOpen() {
        noticeProgress();
        long now = loop.now();
        if (!receivedAny && isOver(config.firstByteTimeout(), openedAt, now)) {
            session.close(closeReason(CloseReason.Kind.FIRST_BYTE_TIMEOUT, config.firstByteTimeout()));
        } else if (isOver(config.idleTimeout(), receivedAt, now)) {
            session.close(closeReason(CloseReason.Kind.IDLE, config.idleTimeout()));
        } else if (stalled && isOver(config.writeTimeout(), stalledAt, now)) {
            session.close(tooSlow());
        } else {
            setToNext();
        }
    }

    /** A peer that has taken enough since the last look is not stalled, or stalled anew. */
    private void noticeProgress() {
        if (stalled) {
            if (session.channel().bytesAtNetty() == 0) {
                stalled = false;
            } else if (Math.abs(taken() - takenWhenStalled) >= config.leastWritten()) {
                noteStall();
            }
        }
    }

    private CloseReason tooSlow() {
        if (config.leastWritten() == 1) {
            return closeReason(CloseReason.Kind.WRITE_TIMEOUT, config.writeTimeout());
        }
        long millis = Duration.ofNanos(config.writeTimeout()).toMillis();
        return CloseReason.of(
                CloseReason.Kind.WRITE_TIMEOUT,
                Math.max(0, taken() - takenWhenStalled) + " bytes were taken in " + millis + " ms, of at least "
                        + config.leastWritten());
    }

    private void setToNext() {
        long next = Long.MAX_VALUE;
        long now = loop.now();
        if (!receivedAny) {
            next = earlier(next, config.firstByteTimeout(), openedAt, now);
        }
        next = earlier(next, config.idleTimeout(), receivedAt, now);
        if (stalled) {
            next = earlier(next, config.writeTimeout(), stalledAt, now);
        }
        if (next != Long.MAX_VALUE) {
            loop.deadlines().set(this, now + next);
        }
    }

    private static long earlier(long left, long timeout, long since, long now) {
        return timeout == 0 ? left : Math.min(left, Math.max(0, since + timeout - now));
    }

    private static boolean isOver(long timeout, long since, long now) {
        return timeout > 0 && now - since >= timeout;
    }

    private static CloseReason closeReason(CloseReason.Kind kind, long nanos) {
        return CloseReason.of(kind, Duration.ofNanos(nanos).toMillis() + " ms are allowed");
    }
}
