package dev.tramway.bench.program;

import dev.tramway.SendResult;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * The thread of a multicast server that sends: so many messages in each second, as the chosen pace says. Where the server
 * has no room it waits and tries again, as a blocking send would.
 */
final class Multicaster implements AutoCloseable {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(20);

    /** How the messages of a second are spread. */
    enum Pace {
        /** All at its beginning, then nothing until the next; the founding documents' programs of today. */
        BURST(SECOND),
        /** Evenly, in slices of a millisecond. */
        EVEN(SLICE),
        /** No pause at all. */
        NONE(0);

        private final long nanos;

        Pace(long nanos) {
            this.nanos = nanos;
        }
    }

    private final Pace pace;
    private final double perRound;
    private final ByteBuffer message;
    private final Function<ByteBuffer, SendResult> outlet;
    private final Thread thread = new Thread(this::run, "multicaster");
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong waits = new AtomicLong();
    private volatile boolean stopped;

    /**
     * Prepares to send.
     *
     * @param outlet sends one message to all; called by the thread of this object
     */
    Multicaster(Pace pace, long perSecond, int size, Function<ByteBuffer, SendResult> outlet) {
        this.pace = pace;
        this.perRound = pace == Pace.NONE ? 1_000 : perSecond * ((double) pace.nanos / SECOND);
        this.message = ByteBuffer.allocateDirect(size);
        this.outlet = outlet;
    }

    /** Begins to send. */
    Multicaster start() {
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    private void run() {
        double owed = 0;
        while (!stopped) {
            long began = System.nanoTime();
            for (owed += perRound; owed >= 1 && !stopped; owed--) {
                send();
            }
            long left = pace.nanos - (System.nanoTime() - began);
            if (left > 0) {
                LockSupport.parkNanos(left);
            }
        }
    }

    private void send() {
        while (outlet.apply(message) == SendResult.FULL && !stopped) {
            waits.incrementAndGet();
            LockSupport.parkNanos(PAUSE);
        }
        sent.incrementAndGet();
    }

    /** Messages sent. */
    long sent() {
        return sent.get();
    }

    /** How often there was no room. */
    long waits() {
        return waits.get();
    }

    /** Stops and waits for it; then the counters stand still. */
    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
