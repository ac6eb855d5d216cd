package dev.tramway.server.internal.simulate;

import dev.tramway.IoService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Devices that report as fast as they are acknowledged, to find out what a server sustains. Their frames are made beforehand, so that
 * making them takes no time from sending them. For any thread but an event loop.
 */
public final class Flood implements AutoCloseable {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);
    private static final int MOST_WINDOW = FloodDevice.FRAMES / 2;

    private final IoService io;
    private final Counters counters = new Counters();
    private final List<FloodDevice> devices = new ArrayList<>();

    /** Counts for all devices; by any thread. */
    static final class Counters {
        final AtomicInteger connected = new AtomicInteger();
        final LongAdder ended = new LongAdder();
        final LongAdder sent = new LongAdder();
        final LongAdder acknowledged = new LongAdder();
    }

    private Flood(FleetSettings settings, int window) {
        io = IoService.builder().name("device").start();
        for (int i = 0; i < settings.devices(); i++) {
            devices.add(new FloodDevice(settings, window, io, counters, i));
        }
        devices.forEach(FloodDevice::start);
    }

    /**
     * Makes the frames and connects the devices.
     *
     * @param settings of which interval, heartbeat, repeat, ramp, faults and record mean nothing here
     * @param window reports of a device that wait for their acknowledgement at a time
     * @throws IllegalArgumentException if reports are not acknowledged, connections are to be encrypted, or the window is
     *     out of range
     */
    public static Flood start(FleetSettings settings, int window) {
        if (window < 1 || window > MOST_WINDOW) {
            throw new IllegalArgumentException("window: " + window + " (expected: 1 to " + MOST_WINDOW + ")");
        }
        if (settings.keys().isPresent()) {
            throw new IllegalArgumentException("rate max: only without encryption");
        }
        return new Flood(settings, window);
    }

    /** What was done so far. */
    public FloodStats stats() {
        long acknowledged = counters.acknowledged.sum(); // first, so that it is never more than what was sent
        return new FloodStats(counters.connected.get(), counters.ended.sum(), counters.sent.sum(), acknowledged);
    }

    /**
     * Ends in order: no device reports any more, and what is under way is waited for.
     *
     * @param drain how long that may take
     * @return what was done in all
     */
    public FloodStats stop(Duration drain) throws InterruptedException {
        devices.forEach(FloodDevice::quiet);
        long end = System.nanoTime() + drain.toNanos();
        while (stats().underWay() > 0 && System.nanoTime() < end) {
            Thread.sleep(LOOK_AGAIN);
        }
        FloodStats last = stats();
        close();
        return last;
    }

    /** Ends at once. */
    @Override
    public void close() {
        devices.forEach(FloodDevice::close);
        io.close();
    }
}
