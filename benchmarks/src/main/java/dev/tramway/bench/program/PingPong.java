package dev.tramway.bench.program;

import org.HdrHistogram.Histogram;

/** One message in flight, its round trip measured; done after a number of them. */
final class PingPong extends Flow {
    private final long count;
    private final Histogram times;
    private long sentNanos;

    /**
     * Makes one.
     *
     * @param times takes the round trips; may be shared by threads
     */
    PingPong(int size, long count, Histogram times) {
        super(size);
        this.count = count;
        this.times = times;
    }

    @Override
    void ready(Link link) {
        if (count > 0) {
            next(link);
        }
    }

    @Override
    void answered(Link link, long messages) {
        if (messages > 0) {
            times.recordValue(System.nanoTime() - sentNanos);
            if (sent() < count) {
                next(link);
            }
        }
    }

    private void next(Link link) {
        sentNanos = System.nanoTime();
        send(link);
    }

    @Override
    boolean done() {
        return messages() >= count;
    }
}
