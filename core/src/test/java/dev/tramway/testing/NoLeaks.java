package dev.tramway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Fails a test class that leaves buffers or TLS engines behind: by {@code @ExtendWith(NoLeaks.class)}. Buffers are counted,
 * so all services must have stopped by the end of the class. Whatever Netty's leak detector has reported until then, of
 * this class or of one before, fails it too, and tells where the leaked thing was made.
 */
public final class NoLeaks implements BeforeAllCallback, AfterAllCallback {
    private static final List<String> REPORTS = new CopyOnWriteArrayList<>();

    static {
        Logger detector = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                REPORTS.add(event.getFormattedMessage());
            }
        };
        appender.start();
        detector.addAppender(appender);
    }

    private long before;

    @Override
    public void beforeAll(ExtensionContext context) {
        before = buffersInUse();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        try {
            Await.until("buffers given back", () -> buffersInUse() <= before);
        } finally {
            // What is found lost now is reported when the next of its kind is made.
            System.gc();
        }
        assertThat(REPORTS).as("leaks").isEmpty();
    }

    /** What Netty's leak detector has reported in this process since this class was loaded. */
    public static List<String> reports() {
        return REPORTS;
    }

    /** Buffers that this process has taken from Netty's allocator and not given back. */
    public static long buffersInUse() {
        var metric = PooledByteBufAllocator.DEFAULT.metric();
        return inUse(metric.directArenas()) + inUse(metric.heapArenas());
    }

    private static long inUse(List<PoolArenaMetric> arenas) {
        return arenas.stream().mapToLong(PoolArenaMetric::numActiveAllocations).sum();
    }
}
