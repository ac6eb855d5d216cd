package dev.tramway.server.internal.spool;

import dev.tramway.server.internal.reading.DeviceReading;
import dev.tramway.server.internal.reading.Readings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Measures how many readings a second go into a spool that nobody reads: {@code SpoolRate DIRECTORY [READINGS-PER-FRAME [SECONDS]]}. Prints the
 * rate by the clock and the rate by CPU time of the whole process, which is what one core can do if the disk keeps up.
 */
final class SpoolRate {
    private static final int UNDER_WAY = 40_000;
    private static final int DEVICES = 1000;

    private SpoolRate() {}

    /** Runs. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(Path.of(args[0]), "rate");
        int each = args.length > 1 ? Integer.parseInt(args[1]) : 4;
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
        List<List<DeviceReading>> frames = new ArrayList<>();
        for (int device = 0; device < DEVICES; device++) {
            frames.add(Readings.row("device-" + device, 0, each));
        }
        try (Spool spool = Spool.open(directory, SpoolLimits.DEFAULT, List.of())) {
            run(spool, frames, seconds); // warm-up
            long cpu = cpu();
            long start = System.nanoTime();
            long stored = run(spool, frames, seconds);
            double wall = (System.nanoTime() - start) / 1e9;
            double used = (cpu() - cpu) / 1e9;
            System.out.printf(
                    "%d readings a frame: %,.0f readings/s by the clock, %,.0f readings/s of a core (%.2f cores used)%n",
                    each, stored / wall, stored / used, used / wall);
        }
    }

    private static long run(Spool spool, List<List<DeviceReading>> frames, int seconds) throws InterruptedException {
        var free = new Semaphore(UNDER_WAY);
        long before = spool.status().stored();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        for (int i = 0; System.nanoTime() < end; i = (i + 1) % frames.size()) {
            List<DeviceReading> frame = frames.get(i);
            free.acquire(frame.size());
            spool.store(frame).whenComplete((done, failure) -> free.release(frame.size()));
        }
        free.acquire(UNDER_WAY);
        return spool.status().stored() - before;
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
