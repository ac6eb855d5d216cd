package dev.tramway.internal.tcp;

import dev.tramway.ClosedException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;

/** The futures of {@code sendAsync}, by the number of their message. Lives on the session's loop. */
final class TrackedSends {
    private record Tracked(long number, CompletableFuture<Void> sent) {}

    private final ArrayDeque<Tracked> waiting = new ArrayDeque<>();

    void add(long number, CompletableFuture<Void> sent) {
        waiting.add(new Tracked(number, sent));
    }

    /** The kernel has taken all messages before a number, but for those that were dropped. */
    void takenBefore(long number) {
        while (!waiting.isEmpty() && waiting.element().number < number) {
            waiting.remove().sent.complete(null);
        }
    }

    /** One message was dropped. */
    void dropped(long number) {
        for (Iterator<Tracked> all = waiting.iterator(); all.hasNext(); ) {
            Tracked tracked = all.next();
            if (tracked.number == number) {
                all.remove();
                tracked.sent.completeExceptionally(new ClosedException("dropped to make room for newer messages"));
            }
        }
    }

    void fail(ClosedException reason) {
        while (!waiting.isEmpty()) {
            waiting.remove().sent.completeExceptionally(reason);
        }
    }
}
