package dev.tramway.examples;

import static dev.tramway.examples.Terminal.say;
import static dev.tramway.examples.Terminal.step;

import dev.tramway.IoService;
import java.util.concurrent.CountDownLatch;

/** Tasks on an event loop: {@code dispatch} runs at once if it is called there, {@code post} always waits its turn. */
public final class IoServiceExample {
    private IoServiceExample() {}

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String[] args) throws InterruptedException {
        CountDownLatch bothQueued = new CountDownLatch(1);
        CountDownLatch allDone = new CountDownLatch(2);
        try (IoService io =
                step("Service starting", () -> IoService.builder().threads(1).start())) {
            // The loop waits, so that 1 and 2 stand in its queue together and the order is the same in every run.
            io.post(() -> await(bothQueued));

            say("1 - Dispatch from the main thread with Id " + thread());
            io.dispatch(() -> {
                say("1.1 - Dispatched in thread with Id " + thread());

                say("1.2 - Dispatch from thread with Id " + thread());
                io.dispatch(() -> say("1.2.1 - Dispatched in thread with Id " + thread()));

                say("1.3 - Post from thread with Id " + thread());
                io.post(() -> {
                    say("1.3.1 - Posted in thread with Id " + thread());
                    allDone.countDown();
                });
            });

            say("2 - Post from the main thread with Id " + thread());
            io.post(() -> {
                say("2.1 - Posted in thread with Id " + thread());

                say("2.2 - Dispatch from thread with Id " + thread());
                io.dispatch(() -> say("2.2.1 - Dispatched in thread with Id " + thread()));

                say("2.3 - Post from thread with Id " + thread());
                io.post(() -> {
                    say("2.3.1 - Posted in thread with Id " + thread());
                    allDone.countDown();
                });
            });

            bothQueued.countDown();
            allDone.await();
            step("Service stopping", io::close);
        }
    }

    private static long thread() {
        return Thread.currentThread().threadId();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
