package dev.tramway.internal.tcp;

import dev.tramway.CloseReason;
import dev.tramway.ErrorEvent;
import dev.tramway.FramingException;
import dev.tramway.SessionListener;
import dev.tramway.Subscription;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the listeners of one session, first those of its owner, then its own. It is also the
 * delivery of sessions whose listeners run on the loop, as part of reading. What a listener throws ends the session and reaches nobody else.
 */
final class Announcer implements Delivery {
    private final TcpSession session;
    private final Owner owner;
    private @Nullable Audience own;
    private boolean isolated;

    /** Everybody who hears, in order: one field, because it is read for every message. */
    private volatile SessionListener[] heard;

    private volatile boolean wantsSent;
    private volatile boolean wantsDrained;

    Announcer(TcpSession session, Owner owner) {
        this.session = session;
        this.owner = owner;
        Audience.Snapshot shared = owner.audience().snapshot();
        this.heard = shared.listeners();
        this.wantsSent = shared.wantsSent();
        this.wantsDrained = shared.wantsDrained();
    }

    /** Follows a change of the owner's listeners. */
    synchronized void refresh() {
        Audience.Snapshot shared =
                isolated ? Audience.Snapshot.EMPTY : owner.audience().snapshot();
        Audience.Snapshot ofSession = own == null ? Audience.Snapshot.EMPTY : own.snapshot();
        SessionListener[] all =
                Arrays.copyOf(shared.listeners(), shared.listeners().length + ofSession.listeners().length);
        System.arraycopy(ofSession.listeners(), 0, all, shared.listeners().length, ofSession.listeners().length);
        heard = all;
        wantsSent = shared.wantsSent() || ofSession.wantsSent();
        wantsDrained = shared.wantsDrained() || ofSession.wantsDrained();
    }

    /** Adds a listener of this session only; {@link #refresh} makes it hear, and hear no more when it has ended. */
    synchronized Subscription listen(SessionListener listener) {
        Audience audience = own == null ? new Audience(null, List.of()) : own;
        own = audience;
        return audience.add(listener);
    }

    /** From now on only the session's own listeners hear. */
    synchronized void isolate() {
        isolated = true;
    }

    boolean wantsSent() {
        return wantsSent;
    }

    boolean wantsDrained() {
        return wantsDrained;
    }

    /** Tells a message; each listener finds it as it was. */
    @Override
    public void message(ByteBuffer message) {
        int start = message.position();
        int end = message.limit();
        SessionListener[] all = heard;
        for (int i = 0; i < all.length; i++) {
            if (i > 0) {
                message.limit(end).position(start).order(ByteOrder.BIG_ENDIAN);
            }
            try {
                all[i].onMessage(session, message);
            } catch (FramingException e) {
                session.close(CloseReason.of(CloseReason.Kind.PROTOCOL_ERROR, String.valueOf(e.getMessage()), e));
            } catch (Throwable e) {
                failed(e);
            }
        }
    }

    @Override
    public void event(Runnable telling) {
        telling.run();
    }

    @Override
    public void readDone() {
        // everything has been told already
    }

    /** Tells any other event. */
    void tell(Consumer<SessionListener> event) {
        for (SessionListener listener : heard) {
            tell(listener, event);
        }
    }

    private void tell(SessionListener listener, Consumer<SessionListener> event) {
        try {
            event.accept(listener);
        } catch (Throwable e) {
            failed(e);
        }
    }

    /**
     * Code of the application has thrown: the session is closed, once, and the owner logs it. Errors count as well: an
     * assertion, or a class that is missing, must not take the loop and all its sessions along.
     */
    void failed(Throwable cause) {
        ErrorEvent error = ErrorEvent.of(
                ErrorEvent.Category.HANDLER,
                cause.getClass().getSimpleName(),
                "a listener failed on the session of " + session.remoteAddress() + ": " + cause,
                cause);
        owner.report(error);
        if (session.claimClose(CloseReason.of(CloseReason.Kind.HANDLER_FAILED, String.valueOf(cause), cause))) {
            // Where the listeners run, since a reader fails on the loop.
            session.tell(listener -> listener.onError(session, error));
            session.closeClaimed();
        }
    }
}
