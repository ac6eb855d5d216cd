package dev.tramway.server.internal.spool;

import dev.tramway.Backoff;
import dev.tramway.server.internal.reading.DeviceReading;
import dev.tramway.server.internal.sink.JsonLines;
import dev.tramway.server.internal.sink.ReadingJson;
import dev.tramway.server.internal.sink.RefusedException;
import dev.tramway.server.internal.sink.Sink;
import dev.tramway.server.internal.sink.SinkStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands readings to one sink, on a thread of its own, until it has them or has refused them. */
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final Backoff BACKOFF = Backoff.exponential(Duration.ofMillis(200), Duration.ofSeconds(15));

    private static final int LONGEST_TROUBLE = 500;

    private final Sink sink;
    private final Spool spool;
    private final JsonLines refusals;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong retried = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile long cursor;
    private volatile String trouble = "";

    /** When the first of those that wait came in, as far as this sink has looked. */
    private volatile @Nullable Instant waitingSince;

    Delivery(Sink sink, Spool spool, long cursor, JsonLines refusals) {
        this.sink = sink;
        this.spool = spool;
        this.cursor = cursor;
        this.refusals = refusals;
        this.thread = Thread.ofPlatform().name("sink-" + sink.name()).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    String name() {
        return sink.name();
    }

    /** Number of the first reading that the sink does not have. */
    long cursor() {
        return cursor;
    }

    SinkStatus status() {
        Instant since = waitingSince;
        return new SinkStatus(
                name(),
                trouble.isEmpty(),
                trouble,
                delivered.get(),
                retried.get(),
                refused.get(),
                spool.end() - cursor,
                since == null ? Duration.ZERO : Duration.between(since, Instant.now()));
    }

    private void run() {
        try {
            while (!isStopping()) {
                deliverNext();
            }
        } catch (InterruptedException e) {
            LOG.debug("Sink {} stops", name());
        }
    }

    private void deliverNext() throws InterruptedException {
        for (int failures = 1; ; failures++) {
            try {
                Spool.Batch batch = spool.next(cursor, this::isStopping);
                if (!batch.readings().isEmpty()) {
                    waitingSince = batch.readings().getFirst().serverTime();
                    deliver(batch.readings());
                }
                cursor = batch.next();
                waitingSince = null;
                return;
            } catch (IOException e) {
                waitAfter(failures, e); // the spool was just about to go on in another file
            }
        }
    }

    private void deliver(List<DeviceReading> readings) throws InterruptedException {
        for (int failures = 1; ; failures++) {
            try {
                attempt(readings);
                return;
            } catch (IOException | RuntimeException e) {
                waitAfter(failures, e);
            }
        }
    }

    private void attempt(List<DeviceReading> readings) throws IOException, InterruptedException {
        try {
            sink.deliver(readings);
            delivered.addAndGet(readings.size());
            noteSuccess();
        } catch (RefusedException e) {
            refuse(readings, e);
        }
    }

    /** Finds the readings that are refused by halves, so that their neighbours get through. */
    private void refuse(List<DeviceReading> readings, RefusedException why) throws IOException, InterruptedException {
        if (readings.size() > 1) {
            int half = readings.size() / 2;
            deliver(readings.subList(0, half));
            deliver(readings.subList(half, readings.size()));
            return;
        }
        DeviceReading reading = readings.getFirst();
        refusals.write(ReadingJson.refusal(Instant.now(), name(), String.valueOf(why.getMessage()), reading));
        if (refused.getAndIncrement() == 0) {
            LOG.warn("Sink {} refuses reading {}, as it may others: {}", name(), reading.id(), oneLine(why));
        }
    }

    private void noteSuccess() {
        if (!trouble.isEmpty()) {
            LOG.info("Sink {} takes readings again", name());
            trouble = "";
        }
    }

    private void waitAfter(int failures, Exception failure) throws InterruptedException {
        retried.incrementAndGet();
        String what = oneLine(failure);
        if (trouble.isEmpty()) {
            LOG.warn("Sink {} is tried again until it works: {}", name(), what);
        }
        trouble = what;
        Duration wait = BACKOFF.waitAfter(failures, ThreadLocalRandom.current());
        if (stopping.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("stopping");
        }
    }

    /** A receiver may repeat what a device has said: nothing of it gets into a log as it is. */
    private static String oneLine(Exception failure) {
        String text = failure.toString().replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", " ");
        return text.substring(0, Math.min(text.length(), LONGEST_TROUBLE));
    }

    /** Asks the thread to end after what it is at. */
    void stop() {
        stopping.countDown();
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /** Waits for the thread, which {@link #stop} has asked to end, and cuts it off after a while. */
    void close(Duration limit) {
        try {
            if (!thread.join(limit)) {
                thread.interrupt();
            }
            sink.close(); // ends what an interrupt does not
            thread.join(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            sink.close();
        }
    }
}
