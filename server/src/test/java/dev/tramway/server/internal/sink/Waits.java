package dev.tramway.server.internal.sink;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ThrowingRunnable;

/** Waits with a limit, long enough for a busy machine, after which the test fails. */
public final class Waits {
    private static final Duration LIMIT = Duration.ofSeconds(50);

    private Waits() {}

    /** Waits until an assertion holds. */
    public static void asserted(ThrowingRunnable assertion) {
        await().atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).untilAsserted(assertion);
    }

    /** Waits until a future is done, and gives its value; what it fails with fails the test. */
    public static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }
}
