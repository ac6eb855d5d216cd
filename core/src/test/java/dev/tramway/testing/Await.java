package dev.tramway.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.awaitility.core.ThrowingRunnable;

/** Waits with a limit, long enough for a busy machine, after which the test fails. */
public final class Await {
    /** Longest of all waits. */
    public static final Duration LIMIT = Duration.ofSeconds(20);

    private Await() {}

    /** Waits until something holds. */
    public static void until(String what, BooleanSupplier holds) {
        await(what)
                .atMost(LIMIT)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(holds::getAsBoolean);
    }

    /** Waits until an assertion holds; it is checked again and again. */
    public static void asserted(ThrowingRunnable assertion) {
        await().atMost(LIMIT)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .untilAsserted(assertion);
    }

    /** Waits for the value of a future; what it fails with fails the test. */
    public static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("future: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Waits for a future that is to fail, and gives what it failed with. */
    public static Throwable failureOf(Future<?> future) {
        try {
            Object value = future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            throw new AssertionError("expected a failure, got " + value);
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("future has not failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Waits for the next element of a queue. */
    public static <T> T next(BlockingQueue<T> queue) {
        try {
            T taken = queue.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (taken == null) {
                throw new AssertionError("nothing came within " + LIMIT);
            }
            return taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
