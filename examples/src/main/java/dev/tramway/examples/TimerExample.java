package dev.tramway.examples;

import static dev.tramway.examples.Terminal.say;
import static dev.tramway.examples.Terminal.step;

import dev.tramway.IoService;
import dev.tramway.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** A timer, waited for in three ways: by the thread, by a callback, and in vain. */
public final class TimerExample {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private TimerExample() {}

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String[] args) throws InterruptedException {
        try (IoService io = step("Service starting", () -> IoService.start());
                Timer timer = io.timer()) {
            // At a time by the clock; this thread waits.
            tell(timer.at(Instant.now().plus(SECOND)).await());

            // After a while; the result comes on an event loop.
            timer.after(SECOND).awaitAsync().thenAccept(TimerExample::tell).join();

            // Cancelled half-way.
            CompletableFuture<Void> told = timer.after(SECOND).awaitAsync().thenAccept(TimerExample::tell);
            Thread.sleep(SECOND.dividedBy(2));
            timer.cancel();
            told.join();

            step("Service stopping", io::close);
        }
    }

    private static void tell(Timer.Outcome outcome) {
        say("Timer was " + outcome.name().toLowerCase(Locale.ROOT));
    }
}
