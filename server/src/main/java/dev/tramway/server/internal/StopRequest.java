package dev.tramway.server.internal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits for someone to ask for a stop: by a signal (SIGINT, SIGTERM, or closing the console window on Windows) or by
 * {@link #ask()}. May be used by any thread.
 *
 * <p>A signal makes the JVM run its shutdown hooks; ours holds it up until the server has stopped in order, and then ends
 * the process with the exit code of the stop, where the JVM's own would be that of a killed program.
 */
public final class StopRequest {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::onShutdown, "tramway-stop");
    private volatile int exitCode = 1;

    private StopRequest() {}

    /** Listens to signals from now on. */
    public static StopRequest install() {
        StopRequest request = new StopRequest();
        Runtime.getRuntime().addShutdownHook(request.hook);
        return request;
    }

    private void onShutdown() {
        ask();
        try {
            finished.await();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(exitCode);
    }

    /** Asks for the stop. */
    public void ask() {
        asked.countDown();
    }

    /** Waits until someone asks. */
    public void await() throws InterruptedException {
        asked.await();
    }

    /**
     * Waits until someone asks, but no longer than for a time.
     *
     * @return true if someone has asked
     */
    public boolean await(Duration time) throws InterruptedException {
        return asked.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * The server has stopped, or never started, and all is said: signals mean again what they mean to every program.
     *
     * @param code exit code, for the case that a signal asked
     */
    public void finish(int code) {
        exitCode = code;
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // A signal asked: the hook is running.
        }
    }
}
