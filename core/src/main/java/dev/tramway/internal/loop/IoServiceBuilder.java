package dev.tramway.internal.loop;

import dev.tramway.ErrorEvent;
import dev.tramway.IoService;
import dev.tramway.Transport;
import dev.tramway.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects and checks the configuration of a service. */
public final class IoServiceBuilder implements IoService.Builder {
    private static final Logger LOG = LoggerFactory.getLogger(IoService.class);

    private String name = "tramway";
    private int threads = Runtime.getRuntime().availableProcessors();
    private Transport transport = Transport.AUTO;
    private Waiting waiting = Waiting.block();
    private int inboxLimit = 4 << 20;
    private long outboundBudget;
    private Duration blockedAfter = Duration.ofSeconds(1);
    private Clock clock = Clock.SYSTEM;
    private final List<Runnable> threadStart = new ArrayList<>();
    private final List<Runnable> threadStop = new ArrayList<>();
    private final List<Runnable> started = new ArrayList<>();
    private final List<Runnable> stopped = new ArrayList<>();
    private final List<Runnable> idle = new ArrayList<>();
    private final List<Consumer<ErrorEvent>> errors = new ArrayList<>();

    @Override
    public IoServiceBuilder name(String value) {
        name = value;
        return this;
    }

    @Override
    public IoServiceBuilder threads(int count) {
        require("threads", count, 1, 1024);
        threads = count;
        return this;
    }

    @Override
    public IoServiceBuilder transport(Transport value) {
        transport = value;
        return this;
    }

    @Override
    public IoServiceBuilder waiting(Waiting value) {
        waiting = value;
        return this;
    }

    @Override
    public IoServiceBuilder inboxLimit(int bytes) {
        require("inboxLimit", bytes, 64 << 10, 1 << 30);
        inboxLimit = bytes;
        return this;
    }

    @Override
    public IoServiceBuilder outboundBudget(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("outboundBudget: " + bytes + " (expected: zero or more)");
        }
        outboundBudget = bytes;
        return this;
    }

    @Override
    public IoServiceBuilder blockedAfter(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("blockedAfter: " + time + " (expected: zero or more)");
        }
        blockedAfter = time;
        return this;
    }

    /** Runs deadlines and timers by another clock; for tests. */
    public IoServiceBuilder clock(Clock value) {
        clock = value;
        return this;
    }

    @Override
    public IoServiceBuilder onThreadStart(Runnable hook) {
        threadStart.add(hook);
        return this;
    }

    @Override
    public IoServiceBuilder onThreadStop(Runnable hook) {
        threadStop.add(hook);
        return this;
    }

    @Override
    public IoServiceBuilder onStarted(Runnable hook) {
        started.add(hook);
        return this;
    }

    @Override
    public IoServiceBuilder onStopped(Runnable hook) {
        stopped.add(hook);
        return this;
    }

    @Override
    public IoServiceBuilder onIdle(Runnable hook) {
        idle.add(hook);
        return this;
    }

    @Override
    public IoServiceBuilder onError(Consumer<ErrorEvent> handler) {
        errors.add(handler);
        return this;
    }

    @Override
    public IoService start() {
        Consumer<ErrorEvent> told = errorHandler(List.copyOf(errors), new ErrorLog(clock));
        LoopService service = new LoopService(new LoopSettings(
                name,
                threads,
                TransportChoice.of(transport),
                effectiveWaiting(),
                inboxLimit,
                new OutboundBudget(outboundBudget),
                blockedAfter,
                clock,
                List.copyOf(threadStart),
                List.copyOf(threadStop),
                List.copyOf(started),
                List.copyOf(stopped),
                List.copyOf(idle),
                told));
        service.begin();
        return service;
    }

    private Waiting effectiveWaiting() {
        int cores = Runtime.getRuntime().availableProcessors();
        if (waiting.window().isZero() || waiting.forced() || threads < cores) {
            return waiting;
        }
        LOG.warn(
                "{} does not spin: {} loops on {} cores would take them from everybody else; use fewer loops, or force()",
                name,
                threads,
                cores);
        return Waiting.block();
    }

    /** Never throws: who reports trouble has enough of it. */
    private static Consumer<ErrorEvent> errorHandler(List<Consumer<ErrorEvent>> handlers, ErrorLog log) {
        if (handlers.isEmpty()) {
            return log;
        }
        return error -> {
            for (Consumer<ErrorEvent> handler : handlers) {
                try {
                    handler.accept(error);
                } catch (Throwable e) {
                    log.accept(ErrorEvent.of(
                            ErrorEvent.Category.HANDLER,
                            e.getClass().getSimpleName(),
                            "an error handler failed on: " + error,
                            e));
                }
            }
        };
    }

    private static void require(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(option + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }
}
