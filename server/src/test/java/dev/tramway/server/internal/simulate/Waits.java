package dev.tramway.server.internal.simulate;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits of tests, each bounded. */
final class Waits {
    static final Duration LIMIT = Duration.ofSeconds(30);

    private Waits() {}

    static void until(String what, BooleanSupplier holds) {
        await(what).atMost(LIMIT).pollInterval(Duration.ofMillis(5)).until(holds::getAsBoolean);
    }
}
