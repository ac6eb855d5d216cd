package dev.tramway;

import dev.tramway.internal.loop.IoServiceBuilder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The event loops: threads that carry the I/O of servers, clients, endpoints and timers. Several of these may share one
 * service, and a process may have several services. All methods may be called from any thread.
 *
 * <p>It is also an {@link Executor}; {@code execute} is {@link #post}.
 */
public interface IoService extends Executor, AutoCloseable {
    /** Starts a service with all defaults: one loop per core, blocking wait, the best transport there is. */
    static IoService start() {
        return builder().start();
    }

    /** Begins to configure a service. */
    static Builder builder() {
        return new IoServiceBuilder();
    }

    /** How many loops there are. */
    int threads();

    /** The transport in use; never {@link Transport#AUTO}. */
    Transport transport();

    /** Why this transport is in use, in one line. */
    String transportReason();

    /** How its loops wait; differs from what was asked if spinning was refused. */
    Waiting waiting();

    /** True until a stop begins. */
    boolean isRunning();

    /** True if the calling thread is one of its loops. */
    boolean inLoop();

    /**
     * Runs a task now if called on a loop of this service, else queues it as {@link #post} does.
     *
     * @param task an exception that it throws is told to {@code onError}
     * @throws java.util.concurrent.RejectedExecutionException if the service has stopped or the queue is full
     */
    void dispatch(Runnable task);

    /**
     * Queues a task: it runs after those that were queued before. All tasks of one caller run on the same loop, in order.
     *
     * @param task an exception that it throws is told to {@code onError}
     * @throws java.util.concurrent.RejectedExecutionException if the service has stopped or the queue is full
     */
    void post(Runnable task);

    @Override
    default void execute(Runnable task) {
        post(task);
    }

    /** Makes a timer without a time. */
    Timer timer();

    /**
     * Runs a task once.
     *
     * @param delay from now on
     * @param task runs on a loop; an exception that it throws is told to {@code onError}
     * @return cancels it
     */
    Timer after(Duration delay, Runnable task);

    /**
     * Runs a task again and again, at fixed times; a run that is late is not made up for.
     *
     * @param period more than zero, also the time to the first run
     * @param task runs on a loop; an exception that it throws is told to {@code onError} and does not end the timer
     * @return cancels it
     */
    Timer every(Duration period, Runnable task);

    /**
     * Stops: its servers and endpoints are stopped, its clients disconnected, its timers cancelled, then tasks that are
     * queued run, then the threads end.
     *
     * @return completes when the threads have ended; may be waited for anywhere but on a loop
     */
    CompletableFuture<Void> stop();

    /**
     * Stops the loops, starts new ones, and starts again the servers and endpoints that were running; clients with
     * reconnecting connect again.
     *
     * @return completes when all is running again
     */
    CompletableFuture<Void> restart();

    /** Stops and waits for it; called on a loop, it only begins the stop. */
    @Override
    void close();

    /** Configuration of a service. */
    interface Builder {
        /**
         * Name of the threads; default {@code tramway}, with a number behind it.
         *
         * @param name any text
         */
        Builder name(String name);

        /**
         * Number of loops; default one per core.
         *
         * @param count 1 to 1,024
         */
        Builder threads(int count);

        /**
         * Transport; default {@link Transport#AUTO}.
         *
         * @param transport another than AUTO is used or refused, never replaced
         */
        Builder transport(Transport transport);

        /**
         * What loops do when there is nothing to do; default {@link Waiting#block()}.
         *
         * @param waiting block, spin a while, or spin for ever
         */
        Builder waiting(Waiting waiting);

        /**
         * Most bytes that one loop takes from other threads and has not handled; beyond that they are told
         * {@link SendResult#FULL}. Default 4 MiB.
         *
         * @param bytes 64 KiB to 1 GiB
         */
        Builder inboxLimit(int bytes);

        /**
         * Most memory that all sessions of the service together may hold for peers that do not keep up, in buffers of which the last of a session may
         * be half empty. Beyond it the session that holds most is closed with {@link CloseReason.Kind#SLOW_CONSUMER},
         * whatever its {@link Outbound} says, and so on. Default zero: no limit but that of each session.
         *
         * @param bytes zero or more
         */
        Builder outboundBudget(long bytes);

        /**
         * A loop that is kept busy by one handler for longer is reported to {@code onError} with the handler's stack;
         * default 1 s. Zero: no watch.
         *
         * @param time zero or more
         */
        Builder blockedAfter(Duration time);

        /**
         * Adds a hook that runs on each thread before its loop begins, for priority or affinity.
         *
         * @param hook what to do
         */
        Builder onThreadStart(Runnable hook);

        /**
         * Adds a hook that runs on each thread after its loop has ended.
         *
         * @param hook what to do
         */
        Builder onThreadStop(Runnable hook);

        /**
         * Adds a hook that runs on a loop after the service has started.
         *
         * @param hook what to do
         */
        Builder onStarted(Runnable hook);

        /**
         * Adds a hook that runs on a loop as its last task.
         *
         * @param hook what to do
         */
        Builder onStopped(Runnable hook);

        /**
         * Adds a hook that runs on a spinning loop after every look that found nothing; never with
         * {@link Waiting#block()}.
         *
         * @param hook must be short
         */
        Builder onIdle(Runnable hook);

        /**
         * Adds a handler of trouble that belongs to no server, client or session; without one it is logged.
         *
         * @param handler runs where the trouble was met
         */
        Builder onError(Consumer<ErrorEvent> handler);

        /**
         * Starts the threads.
         *
         * @return the running service
         * @throws IllegalStateException if the transport asked for is not available; the message says why
         */
        IoService start();
    }
}
