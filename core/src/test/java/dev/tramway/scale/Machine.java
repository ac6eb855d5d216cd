package dev.tramway.scale;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.tramway.testing.NoLeaks;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What this process takes of the machine, and what the machine has. */
final class Machine {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Machine() {}

    /** Counters that cost nothing to look at: {@code cpu} in nanoseconds, {@code descriptors}, {@code buffers}. */
    static Figures usage() {
        return Figures.of("cpu", SYSTEM.getProcessCpuTime())
                .and("descriptors", descriptors())
                .and("buffers", NoLeaks.buffersInUse());
    }

    /** Bytes after a full collection: {@code heap}, {@code direct}, and {@code resident} where the system tells. */
    static Figures memory() throws IOException {
        // Twice: what the first finds unreachable may hold more that a cleaner has to let go.
        System.gc();
        System.gc();
        return Figures.of(
                        "heap",
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed())
                .and("direct", direct())
                .and("resident", resident());
    }

    /** Netty counts what it takes past the JDK, which does not see it, or else nothing. */
    private static long direct() {
        long ofJdk = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return ofJdk + Math.max(0, PlatformDependent.usedDirectMemory());
    }

    private static long resident() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        String line = Files.readAllLines(status).stream()
                .filter(text -> text.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
    }

    /** Open descriptors of this process; 0 where the system does not tell. */
    static long descriptors() {
        return SYSTEM instanceof UnixOperatingSystemMXBean unix ? unix.getOpenFileDescriptorCount() : 0;
    }

    /** Most descriptors that a process may open. */
    static long descriptorLimit() {
        return SYSTEM instanceof UnixOperatingSystemMXBean unix ? unix.getMaxFileDescriptorCount() : Long.MAX_VALUE;
    }

    /** The busyness of the machine, for people who read figures. */
    static String load() {
        return "%d cores, load average %.1f".formatted(SYSTEM.getAvailableProcessors(), SYSTEM.getSystemLoadAverage());
    }

    /** Loopback addresses to connect from, so that ports do not run out: some systems have one only. */
    static List<InetAddress> loopbacks(int most) throws IOException {
        List<InetAddress> usable = new ArrayList<>();
        for (int last = 1; last <= most; last++) {
            InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
            try (ServerSocket probe = new ServerSocket()) {
                probe.bind(new InetSocketAddress(address, 0));
                usable.add(address);
            } catch (IOException notOurs) {
                break;
            }
        }
        return usable;
    }
}
