package dev.tramway.onescript.internal.component;

import dev.tramway.SendResult;
import dev.tramway.onescript.internal.bind.Context;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets a thread of the script wait where an event loop has no room for what it sends, and so keeps the order. */
final class Room {
    /** A wake-up may come between the refusal and the wait, so nobody waits longer than this. */
    private static final long LONGEST_WAIT = 10;

    private final Semaphore openings = new Semaphore(0);

    /** There may be room again. */
    void opened() {
        openings.release();
    }

    /** Sends, again and again while there is no room. */
    SendResult send(Context context, Supplier<SendResult> attempt) {
        SendResult result = attempt.get();
        while (result == SendResult.FULL) {
            await(context);
            result = attempt.get();
        }
        return result;
    }

    private void await(Context context) {
        try {
            if (openings.tryAcquire(LONGEST_WAIT, TimeUnit.MILLISECONDS)) {
                openings.drainPermits();
            }
            context.work(1);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw context.interrupted();
        }
    }
}
