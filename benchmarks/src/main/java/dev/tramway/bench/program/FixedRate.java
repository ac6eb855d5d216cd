package dev.tramway.bench.program;

import java.nio.ByteBuffer;
import org.HdrHistogram.Histogram;

/**
 * Sends when messages are due, whether or not others have come back. Times count from the moment at which a message was
 * due, not from that at which it left, so a slow answer makes none of the following look fast (no coordinated omission).
 */
final class FixedRate extends Flow {
    private final Schedule schedule;
    private final boolean numbered;
    private final Histogram times;
    private long answered;
    private volatile long beganNanos;

    /**
     * Makes one.
     *
     * @param numbered true to begin each message with its number, because messages may be lost
     * @param times takes the times; may be shared by threads
     */
    FixedRate(int size, Schedule schedule, boolean numbered, Histogram times) {
        super(size);
        this.schedule = schedule;
        this.numbered = numbered;
        this.times = times;
    }

    /**
     * When messages of a client are due, in nanoseconds from the beginning: in turns over the clients, evenly.
     *
     * @param perSecond of all clients together
     * @param client its number
     * @param clients how many there are
     */
    record Schedule(double perSecond, int client, int clients) {
        long due(long number) {
            return (long) ((number * clients + client) * 1e9 / perSecond);
        }

        /** How many are due by a time. */
        long dueBy(long nanos) {
            double all = nanos * perSecond / 1e9;
            return all < client ? 0 : (long) ((all - client) / clients) + 1;
        }
    }

    @Override
    void ready(Link link) {}

    /** Sends what is due; called again and again, by one thread. The first call begins. */
    void sendDue(Link link) {
        if (beganNanos == 0) {
            beganNanos = System.nanoTime();
        }
        for (long due = schedule.dueBy(System.nanoTime() - beganNanos); sent() < due; ) {
            if (numbered) {
                message().putLong(0, sent());
            }
            send(link);
        }
    }

    @Override
    void received(Link link, ByteBuffer data) {
        if (numbered) {
            answered = data.getLong(data.position());
        }
        super.received(link, data);
    }

    @Override
    void answered(Link link, long messages) {
        long time = System.nanoTime() - beganNanos;
        for (long end = answered + messages; answered < end; answered++) {
            times.recordValue(Math.max(0, time - schedule.due(answered)));
        }
    }
}
