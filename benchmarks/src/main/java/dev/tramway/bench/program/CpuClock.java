package dev.tramway.bench.program;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** CPU time of this process since it was made; as text, with the cores that it kept busy. */
final class CpuClock {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final long cpuNanos = SYSTEM.getProcessCpuTime();
    private final long beganNanos = System.nanoTime();

    @Override
    public String toString() {
        long cpu = SYSTEM.getProcessCpuTime() - cpuNanos;
        double cores = (double) cpu / Math.max(1, System.nanoTime() - beganNanos);
        return String.format(Locale.ROOT, "%s (%.2f cores)", Units.time((double) cpu), cores);
    }
}
