package dev.tramway.onescript.internal.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An output that writes lines together which follow each other quickly: one call of the system for many of them. A line after
 * a pause goes out at once, so nobody who looks at the output sees a difference. Safe for threads.
 */
final class GatheredOutput extends OutputStream {
    private static final int CAPACITY = 8 << 10;

    private final OutputStream target;
    private final long delayNanos;
    private final byte[] gathered = new byte[CAPACITY];
    private int count;
    private boolean flushIsDue;
    private long lastFlush;

    /** What went wrong while nobody called, for whoever writes next. */
    private @Nullable IOException failure;

    private @Nullable ScheduledThreadPoolExecutor timer;

    /**
     * Takes the stream that is written to.
     *
     * @param target the stream
     * @param delay how long a line may be kept
     */
    GatheredOutput(OutputStream target, Duration delay) {
        this.target = target;
        this.delayNanos = delay.toNanos();
        this.lastFlush = System.nanoTime() - delayNanos;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        throwFailure();
        if (length > CAPACITY - count) {
            drain();
        }
        if (length > CAPACITY) {
            target.write(bytes, offset, length);
        } else {
            System.arraycopy(bytes, offset, gathered, count, length);
            count += length;
        }
        if (!flushIsDue) {
            flushInTime();
        }
    }

    private void flushInTime() throws IOException {
        long wait = delayNanos - (System.nanoTime() - lastFlush);
        if (wait <= 0) {
            flush();
        } else {
            flushIsDue = true;
            timer().schedule(this::flushLate, wait, TimeUnit.NANOSECONDS);
        }
    }

    /** Writes what is gathered, now. */
    @Override
    public synchronized void flush() throws IOException {
        throwFailure();
        if (count > 0) {
            drain();
            lastFlush = System.nanoTime();
        }
        target.flush();
    }

    private synchronized void flushLate() {
        flushIsDue = false;
        try {
            flush();
        } catch (IOException failed) {
            failure = failed;
        }
    }

    private void drain() throws IOException {
        int size = count;
        count = 0;
        target.write(gathered, 0, size);
    }

    private void throwFailure() throws IOException {
        IOException told = failure;
        failure = null;
        if (told != null) {
            throw told;
        }
    }

    private ScheduledThreadPoolExecutor timer() {
        if (timer == null) {
            timer = new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("script-output").factory());
            timer.setKeepAliveTime(1, TimeUnit.SECONDS);
            timer.allowCoreThreadTimeOut(true);
        }
        return timer;
    }
}
