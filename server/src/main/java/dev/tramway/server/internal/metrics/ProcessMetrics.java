package dev.tramway.server.internal.metrics;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.OperatingSystemMXBean;
import java.lang.management.RuntimeMXBean;

/** Figures of the process and its JVM. */
final class ProcessMetrics implements MetricSource {
    private static final double MILLIS = 1_000;
    private static final double NANOS = 1e9;

    @Override
    public void collect(MetricOutput out) {
        RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        out.gauge("process_start_time_seconds", "When the process began, since 1970", runtime.getStartTime() / MILLIS);
        out.gauge(
                "jvm_memory_used_bytes",
                "Memory in use",
                memory.getHeapMemoryUsage().getUsed(),
                "area",
                "heap");
        out.gauge(
                "jvm_memory_used_bytes",
                "Memory in use",
                memory.getNonHeapMemoryUsage().getUsed(),
                "area",
                "nonheap");
        out.gauge(
                "jvm_threads_current",
                "Platform threads",
                ManagementFactory.getThreadMXBean().getThreadCount());
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            out.counter(
                    "jvm_gc_collection_seconds",
                    "Time spent collecting garbage",
                    collector.getCollectionTime() / MILLIS,
                    "gc",
                    collector.getName());
        }
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        if (system instanceof com.sun.management.OperatingSystemMXBean own) {
            out.counter("process_cpu_seconds", "CPU time used", own.getProcessCpuTime() / NANOS);
        }
        if (system instanceof com.sun.management.UnixOperatingSystemMXBean unix) {
            out.gauge("process_open_fds", "File descriptors in use", unix.getOpenFileDescriptorCount());
            out.gauge("process_max_fds", "File descriptors allowed", unix.getMaxFileDescriptorCount());
        }
    }
}
