package dev.tramway.onescript.internal.component;

import dev.tramway.onescript.internal.bind.Context;
import java.util.Optional;
import java.util.concurrent.LinkedTransferQueue;

/**
 * Events in the order of their arrival: filled by event loops, which never wait, and emptied by a thread that parks while there
 * is nothing. Several threads may take, though scripts seldom do that.
 */
final class EventQueue {
    private final LinkedTransferQueue<Optional<Event>> events = new LinkedTransferQueue<>();

    void put(Event event) {
        events.put(Optional.of(event));
    }

    /** Waits for an event; empty once there will be none. */
    Optional<Event> take(Context context) {
        try {
            Optional<Event> next = events.take();
            if (next.isEmpty()) {
                events.put(next);
            } else {
                next.get().taken().run();
                context.engine().renewSteps();
            }
            return next;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw context.interrupted();
        }
    }

    /** Ends the queue after what is in it. */
    void close() {
        events.put(Optional.empty());
    }
}
