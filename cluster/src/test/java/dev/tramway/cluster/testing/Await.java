package dev.tramway.cluster.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Waits with a limit, long enough for a busy machine, after which the test fails. */
public final class Await {
    /** Longest of all waits. */
    public static final Duration LIMIT = Duration.ofSeconds(30);

    private Await() {}

    /** Waits until something holds. */
    public static void until(String what, BooleanSupplier holds) {
        await(what)
                .atMost(LIMIT)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(holds::getAsBoolean);
    }

    /** Waits for the value of a future. */
    public static <T> T get(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("future: " + e, e);
        }
    }

    /** Waits for the next element of a queue. */
    public static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T taken = queue.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
        if (taken == null) {
            throw new AssertionError("nothing came within " + LIMIT);
        }
        return taken;
    }
}
