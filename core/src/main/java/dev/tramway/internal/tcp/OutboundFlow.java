package dev.tramway.internal.tcp;

import dev.tramway.ClosedException;
import dev.tramway.internal.loop.Loop;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What follows when bytes of a session have gone out, or were dropped: the next batch, the futures of {@code sendAsync}, and
 * the events sent, drained, writable and dropped. Lives on the session's loop; everything is put off until the callback or
 * write that is running has returned, drops before anything else is told.
 */
final class OutboundFlow {
    private final TcpSession session;
    private final Loop loop;

    /** {@link #proceed()}, made once. */
    private final Loop.Work proceed = this::proceed;

    private @Nullable TrackedSends tracked;
    private boolean wantsSent;
    private boolean wantsDrained;

    /** True while events are told that may send again. */
    private boolean proceeding;

    /** True once the session's end is told: a write of the TLS handler may be reported after that. */
    private boolean ended;

    private long droppedUntold;
    private long droppedBytesUntold;

    OutboundFlow(TcpSession session, Loop loop) {
        this.session = session;
        this.loop = loop;
    }

    /** Finds out which costly events anybody wants. */
    void followListeners(Announcer announcer) {
        wantsSent = announcer.wantsSent();
        wantsDrained = announcer.wantsDrained();
        if (wantsSent) {
            session.outbound().keepSizes();
        }
    }

    boolean wantsSent() {
        return wantsSent;
    }

    /** Completes a future when the kernel has taken the message that was accepted last. */
    void track(CompletableFuture<Void> sent) {
        TrackedSends all = tracked == null ? new TrackedSends() : tracked;
        tracked = all;
        all.add(session.outbound().lastNumber(), sent);
        if (session.outbound().isEmpty()) {
            loop.defer(proceed);
        }
    }

    /** The kernel has taken a batch: at once, or later. */
    void batchTaken(long bytes, long messages, boolean atOnce) {
        session.owner().sent(bytes, messages);
        if (!atOnce || wantsSent || wantsDrained || tracked != null) {
            proceedSoon();
        }
    }

    /** Who sends whenever something was sent gets one batch a turn, so that others get theirs. */
    private void proceedSoon() {
        if (proceeding) {
            loop.atTurnEnd(proceed);
        } else {
            loop.defer(proceed);
        }
    }

    /** A message without any bytes was sent. */
    void nothingToTake() {
        session.owner().sent(0, 1);
        if (wantsSent) {
            session.announce(listener -> listener.onSent(session, 0));
        }
    }

    /** One message in line was dropped to make room. */
    void droppedNumber(long number) {
        if (tracked != null) {
            tracked.dropped(number);
        }
    }

    /** Messages were dropped by the policy. */
    void dropped(long messages, long bytes) {
        session.owner().dropped(messages);
        if (droppedUntold == 0) {
            loop.announce(this::tellDropped);
        }
        droppedUntold += messages;
        droppedBytesUntold += bytes;
    }

    /** The session has ended: what the kernel has taken until now is told, the rest fails. */
    void end(String reason) {
        tellTaken();
        if (tracked != null) {
            tracked.fail(new ClosedException("session has ended: " + reason));
        }
        ended = true;
    }

    private void proceed() {
        if (ended) {
            return;
        }
        proceeding = true;
        OutboundQueue outbound = session.outbound();
        session.flushNow();
        tellTaken();
        if (outbound.becameWritable()) {
            session.tellWritable();
        }
        if (outbound.isEmpty()) {
            session.drained(wantsDrained);
        }
        proceeding = false;
    }

    private void tellTaken() {
        OutboundQueue outbound = session.outbound();
        if (tracked != null) {
            tracked.takenBefore(outbound.firstNotTaken());
        }
        for (int size = outbound.nextTakenSize(); size >= 0; size = outbound.nextTakenSize()) {
            if (wantsSent) {
                int told = size;
                session.tell(listener -> listener.onSent(session, told));
            }
        }
    }

    private void tellDropped() {
        long messages = droppedUntold;
        long bytes = droppedBytesUntold;
        droppedUntold = 0;
        droppedBytesUntold = 0;
        session.tell(listener -> listener.onDropped(session, messages, bytes));
    }
}
