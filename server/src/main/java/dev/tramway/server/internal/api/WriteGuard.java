package dev.tramway.server.internal.api;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Ends writes to clients that take nothing. A blocked write to a socket channel ends when its thread is interrupted, which
 * closes the channel. May be used by any thread.
 */
final class WriteGuard implements AutoCloseable {
    private final Duration longest;
    private final LongAdder cut = new LongAdder();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("tramway-api-timer").factory());

    WriteGuard(Duration longest) {
        this.longest = longest;
    }

    /** Something that writes. */
    @FunctionalInterface
    interface Write {
        void run() throws IOException;
    }

    /**
     * Writes.
     *
     * @throws IOException also if it took too long
     */
    void write(Write write) throws IOException {
        Thread writer = Thread.currentThread();
        AtomicBoolean over = new AtomicBoolean();
        Future<?> alarm = timer.schedule(
                () -> {
                    if (over.compareAndSet(false, true)) {
                        cut.increment();
                        writer.interrupt();
                    }
                },
                longest.toNanos(),
                TimeUnit.NANOSECONDS);
        try {
            write.run();
        } finally {
            alarm.cancel(false);
            if (!over.compareAndSet(false, true)) {
                Thread.interrupted(); // the channel is closed; this thread goes on
            }
        }
    }

    /** Clients that were cut off. */
    long cut() {
        return cut.sum();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
