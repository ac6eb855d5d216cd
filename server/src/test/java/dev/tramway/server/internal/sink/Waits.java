package dev.tramway.server.internal.sink;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.core.ThrowingRunnable;

/** Waits with a limit, long enough for a busy machine, after which the test fails. */
public final class Waits {
    /** Longest of all waits that are not told otherwise. */
    public static final Duration LIMIT = Duration.ofSeconds(40);

    private Waits() {}

    /** Waits until something holds. */
    public static void until(String what, BooleanSupplier holds) {
        await(what)
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(holds::getAsBoolean);
    }

    /** Waits until an assertion holds; an IllegalStateException says that it never will. */
    public static void asserted(ThrowingRunnable assertion) {
        asserted(LIMIT, assertion);
    }

    /** Waits until an assertion holds, for longer than is usual. */
    public static void asserted(Duration limit, ThrowingRunnable assertion) {
        await().ignoreExceptionsMatching(failure -> !(failure instanceof IllegalStateException))
                .atMost(limit)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(assertion);
    }

    /** Waits until a future is done, and gives its value; what it fails with fails the test. */
    public static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }
}
