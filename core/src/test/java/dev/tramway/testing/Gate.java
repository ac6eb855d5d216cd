package dev.tramway.testing;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds threads, loops among them, until the test lets them go on; closing it does so too. */
public final class Gate implements AutoCloseable {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** Waits here until the gate opens. For handlers and tasks that are to block. */
    public void pass() {
        reached.countDown();
        await(opened, "nobody opened the gate");
    }

    /** Waits until somebody stands at the gate. */
    public void awaitReached() {
        await(reached, "nobody came to the gate");
    }

    /** Lets everybody go on. */
    public void open() {
        opened.countDown();
    }

    @Override
    public void close() {
        open();
    }

    private static void await(CountDownLatch latch, String failure) {
        try {
            if (!latch.await(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(failure);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
