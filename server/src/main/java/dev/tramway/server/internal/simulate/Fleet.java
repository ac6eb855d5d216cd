package dev.tramway.server.internal.simulate;

import dev.tramway.IoService;
import dev.tramway.server.internal.traffic.TrafficLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All simulated devices, on loops of their own. For any thread but an event loop. */
public final class Fleet implements AutoCloseable {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final IoService io;
    private final TrafficLog log;
    private final FleetCounters counters = new FleetCounters();
    private final List<SimulatedDevice> devices = new ArrayList<>();

    private Fleet(FleetSettings settings) {
        log = settings.record().map(TrafficLog::create).orElse(TrafficLog.NONE);
        io = IoService.builder().name("device").start();
        for (int i = 0; i < settings.devices(); i++) {
            devices.add(new SimulatedDevice(settings, io, counters, log, i));
        }
        for (int i = 0; i < settings.devices(); i++) {
            devices.get(i).start(Duration.ofNanos(i * 1_000_000_000L / settings.ramp()));
        }
        if (!settings.faults().storm().isZero()) {
            io.every(settings.faults().storm(), this::storm);
        }
    }

    /**
     * Starts devices; they connect one after the other and keep trying.
     *
     * @throws java.io.UncheckedIOException if the file to record to cannot be written
     */
    public static Fleet start(FleetSettings settings) {
        return new Fleet(settings);
    }

    /** What was done so far. */
    public FleetStats stats() {
        return counters.stats();
    }

    /** All devices drop their connections and come back. */
    public void storm() {
        devices.forEach(SimulatedDevice::reconnect);
    }

    /**
     * Ends in order: no device reports any more, and each waits until all is acknowledged that it has sent.
     *
     * @param drain how long that may take
     * @return what was done in all
     */
    public FleetStats stop(Duration drain) throws InterruptedException {
        devices.forEach(SimulatedDevice::quiet);
        long end = System.nanoTime() + drain.toNanos();
        while (!devices.stream().allMatch(SimulatedDevice::isIdle) && System.nanoTime() < end) {
            Thread.sleep(LOOK_AGAIN);
        }
        FleetStats last = stats();
        close();
        return last;
    }

    /** Ends at once. */
    @Override
    public void close() {
        devices.forEach(SimulatedDevice::close);
        io.close();
        log.close();
    }
}
