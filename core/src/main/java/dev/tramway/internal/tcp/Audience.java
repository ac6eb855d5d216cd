package dev.tramway.internal.tcp;

import dev.tramway.ServerListener;
import dev.tramway.Session;
import dev.tramway.SessionListener;
import dev.tramway.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The listeners of a server, of one of its ports, of a client or of a session. Those of a port are heard after those of its
 * server. May be changed by any thread; read as a snapshot.
 */
final class Audience {
    private static final SessionListener[] NOBODY = {};

    private final @Nullable Audience outer;
    private final CopyOnWriteArrayList<SessionListener> own;
    private final CopyOnWriteArrayList<Audience> inner = new CopyOnWriteArrayList<>();
    private volatile Snapshot snapshot;

    /** Listeners, and which costly events any of them wants. */
    @SuppressWarnings("ArrayRecordComponent") // never changed, never compared
    record Snapshot(SessionListener[] listeners, boolean wantsSent, boolean wantsDrained) {
        static final Snapshot EMPTY = new Snapshot(NOBODY, false, false);
    }

    Audience(@Nullable Audience outer, List<SessionListener> listeners) {
        this.outer = outer;
        this.own = new CopyOnWriteArrayList<>(listeners);
        if (outer != null) {
            outer.inner.add(this);
        }
        snapshot = look();
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /** The listeners of this place, without those of the outer one. */
    List<SessionListener> own() {
        return own;
    }

    Subscription add(SessionListener listener) {
        // A wrapper, so that a listener added twice is removed once.
        Registration registration = new Registration(listener);
        synchronized (this) {
            own.add(listener);
            refresh();
        }
        return registration;
    }

    private synchronized void refresh() {
        snapshot = look();
        inner.forEach(Audience::refresh);
    }

    private Snapshot look() {
        List<SessionListener> all = new ArrayList<>();
        if (outer != null) {
            all.addAll(List.of(outer.snapshot.listeners()));
        }
        all.addAll(own);
        return new Snapshot(
                all.toArray(NOBODY),
                all.stream().anyMatch(listener -> overrides(listener, "onSent", Session.class, int.class)),
                all.stream().anyMatch(listener -> overrides(listener, "onDrained", Session.class)));
    }

    /** True if a listener has a body for an event: those that cost something for every message are followed only then. */
    static boolean overrides(SessionListener listener, String method, Class<?>... parameters) {
        try {
            Class<?> declaring =
                    listener.getClass().getMethod(method, parameters).getDeclaringClass();
            return declaring != SessionListener.class && declaring != ServerListener.class;
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    private final class Registration implements Subscription {
        private @Nullable SessionListener listener;

        Registration(SessionListener listener) {
            this.listener = listener;
        }

        @Override
        public void close() {
            synchronized (Audience.this) {
                if (listener != null) {
                    own.remove(listener);
                    listener = null;
                    refresh();
                }
            }
        }
    }
}
