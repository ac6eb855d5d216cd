package dev.tramway;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * A timer on an event loop of an {@link IoService}. It runs on a monotonic clock: a step of the system's clock does not
 * move it. All methods may be called from any thread; any number of threads may wait.
 */
public interface Timer extends AutoCloseable {
    /** How a wait ended. */
    enum Outcome {
        /** The time has come. */
        EXPIRED,
        /** The timer was cancelled, or set anew, before that. */
        CANCELED
    }

    /**
     * Sets the time; who waits for an earlier setting is told {@link Outcome#CANCELED}.
     *
     * @param span from now on; zero or less has expired already
     * @return this timer
     */
    Timer after(Duration span);

    /**
     * Sets the time; who waits for an earlier setting is told {@link Outcome#CANCELED}.
     *
     * @param time by the system's clock as it stands now
     * @return this timer
     */
    Timer at(Instant time);

    /** Time left; negative once it has expired. */
    Duration remaining();

    /**
     * Waits on the calling thread.
     *
     * @throws IllegalStateException on an event loop, which would wait for itself, or if no time was set
     */
    Outcome await() throws InterruptedException;

    /**
     * Waits without a thread.
     *
     * @return completes on the timer's event loop, and never by an exception but {@link IllegalStateException} if no time
     *     was set
     */
    CompletableFuture<Outcome> awaitAsync();

    /**
     * Ends the setting; who waits is told {@link Outcome#CANCELED} on the event loop. A wait that was already told it
     * expired is not told again.
     *
     * @return how many waits were cancelled
     */
    int cancel();

    /** The same as {@link #cancel()}. */
    @Override
    default void close() {
        cancel();
    }
}
