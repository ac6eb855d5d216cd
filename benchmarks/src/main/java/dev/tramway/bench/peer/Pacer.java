package dev.tramway.bench.peer;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The producer of a paced broadcast, the same for every peer: one thread that each millisecond sends what is due. A
 * message begins with its sequence number and the time of its burst. A server without room makes it wait, so nothing is
 * lost; once it is 100 ms behind, the schedule slips, so nothing piles up either. It rests while the rate is 0.
 */
final class Pacer {
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
    /** Due messages are sent in bursts of at most so many milliseconds' worth. */
    private static final int BURST = 4;
    /** Behind by more milliseconds, the schedule slips. */
    private static final int PATIENCE = 100;

    /** Where the messages go. Called by the producer's thread only. */
    interface Outlet {
        /**
         * Sends a message to all connections; waits while there is no room.
         *
         * @param message from position to limit; used again after the call
         */
        void send(ByteBuffer message) throws InterruptedException;

        /** Sends on what was written, where a library does not do so by itself; ends each burst. */
        default void flush() {}
    }

    private final Outlet outlet;
    private final ByteBuffer message;
    private final Thread thread = new Thread(this::run, "pacer");
    private volatile double perNano;
    private volatile long sent;

    Pacer(ServerSettings settings, Outlet outlet) {
        this.outlet = outlet;
        this.message = ByteBuffer.allocateDirect(settings.size());
        rate(settings.rate());
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Changes the rate.
     *
     * @param perSecond messages; 0 to rest
     */
    void rate(double perSecond) {
        perNano = perSecond / TimeUnit.SECONDS.toNanos(1);
        LockSupport.unpark(thread);
    }

    /** Messages sent so far. */
    long sent() {
        return sent;
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                double rate = perNano;
                if (rate == 0) {
                    LockSupport.park(this);
                } else {
                    produce(rate);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** Sends at a rate until it changes. */
    private void produce(double rate) throws InterruptedException {
        double most = PATIENCE * MILLISECOND * rate;
        double burst = Math.max(1, BURST * MILLISECOND * rate);
        long first = sent;
        long started = System.nanoTime();
        while (perNano == rate && !Thread.currentThread().isInterrupted()) {
            long now = System.nanoTime();
            double behind = (now - started) * rate - (sent - first);
            if (behind > most) {
                started += (long) ((behind - most) / rate);
            }
            burst((long) Math.min(behind, burst), now);
            if (behind < burst) {
                LockSupport.parkNanos(MILLISECOND - (System.nanoTime() - started) % MILLISECOND);
            }
        }
    }

    private void burst(long count, long now) throws InterruptedException {
        long next = sent;
        message.putLong(Long.BYTES, now);
        for (long end = next + count; next < end; next++) {
            message.putLong(0, next);
            outlet.send(message);
        }
        if (count > 0) {
            outlet.flush();
        }
        sent = next;
    }

    /** Tells the thread to end. */
    void stop() {
        thread.interrupt();
    }
}
