package dev.tramway.bench.peer;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The producer of a paced broadcast, the same for every peer: one thread that each millisecond sends what is due. A
 * message begins with its sequence number and the time of its burst. A server without room makes it wait, so nothing is
 * lost; once it is 100 ms behind, the schedule slips, so nothing piles up either.
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
    private final double perNano;
    private final ByteBuffer message;
    private final Thread thread = new Thread(this::run, "pacer");
    private volatile long sent;

    Pacer(ServerSettings settings, Outlet outlet) {
        this.outlet = outlet;
        this.perNano = settings.rate() / TimeUnit.SECONDS.toNanos(1);
        this.message = ByteBuffer.allocateDirect(settings.size());
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Messages sent so far. */
    long sent() {
        return sent;
    }

    private void run() {
        try {
            begin();
            produce();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** A message each millisecond for a second, so that a flood does not keep those out who are still connecting. */
    private void begin() throws InterruptedException {
        double least = Math.min(1, perNano * MILLISECOND);
        double owed = 0;
        for (int i = 0; i < 1_000; i++) {
            owed += least;
            burst((long) owed, System.nanoTime());
            owed -= (long) owed;
            LockSupport.parkNanos(MILLISECOND);
            if (Thread.interrupted()) {
                throw new InterruptedException("the producer is closed");
            }
        }
    }

    private void produce() throws InterruptedException {
        long started = System.nanoTime() - (long) (sent / perNano);
        while (!Thread.currentThread().isInterrupted()) {
            long now = System.nanoTime();
            double behind = (now - started) * perNano - sent;
            double most = PATIENCE * MILLISECOND * perNano;
            if (behind > most) {
                started += (long) ((behind - most) / perNano);
            }
            burst((long) Math.min(behind, Math.max(1, BURST * MILLISECOND * perNano)), now);
            if (behind < BURST * MILLISECOND * perNano) {
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
