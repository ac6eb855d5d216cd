package dev.tramway.bench.peer;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** A span of time in the life of a server of this process: begins when made, ends with each report. */
final class Window {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Peer.Running server;
    private final long messages;
    private final long broadcasts;
    private final OptionalLong turns;
    private final Map<Long, Long> allocated;
    private final long cpuNanos = SYSTEM.getProcessCpuTime();
    private final long beganNanos = System.nanoTime();

    Window(Peer.Running server) {
        this.server = server;
        this.messages = server.messages();
        this.broadcasts = server.broadcasts();
        this.turns = server.turns();
        this.allocated = allocatedByThread();
    }

    /** What happened since it began. */
    ServerReport report() {
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        double cpuSeconds = (SYSTEM.getProcessCpuTime() - cpuNanos) / 1e9;
        return new ServerReport(
                seconds,
                cpuSeconds,
                server.messages() - messages,
                server.broadcasts() - broadcasts,
                turns.stream()
                        .map(before -> server.turns().orElse(before) - before)
                        .findAny(),
                OptionalLong.of(allocatedSince()));
    }

    private long allocatedSince() {
        long sum = 0;
        for (var thread : allocatedByThread().entrySet()) {
            sum += thread.getValue() - allocated.getOrDefault(thread.getKey(), 0L);
        }
        return sum;
    }

    /** Bytes that each thread has allocated so far, but for the calling one, which only reports. */
    private static Map<Long, Long> allocatedByThread() {
        long[] threads = THREADS.getAllThreadIds();
        long[] bytes = THREADS.getThreadAllocatedBytes(threads);
        var byThread = new HashMap<Long, Long>();
        for (int i = 0; i < threads.length; i++) {
            if (bytes[i] >= 0 && threads[i] != Thread.currentThread().threadId()) {
                byThread.put(threads[i], bytes[i]);
            }
        }
        return byThread;
    }
}
