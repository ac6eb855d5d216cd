package dev.tramway.internal.loop;

import dev.tramway.ErrorEvent;
import dev.tramway.IoService;
import dev.tramway.Timer;
import dev.tramway.Transport;
import dev.tramway.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A service: a group of loops, which a restart replaces, and what lives on them. May be used by any thread. */
public final class LoopService implements IoService {
    private final LoopSettings settings;
    private final Set<Member> members = ConcurrentHashMap.newKeySet();
    private final AtomicInteger next = new AtomicInteger();
    private final ReentrantLock lifecycle = new ReentrantLock();
    private volatile LoopGroup group;
    private volatile boolean running;
    private volatile boolean stopAsked;
    private @Nullable CompletableFuture<Void> stopping;

    /** The last restart; both are changed under the lock. */
    private CompletableFuture<Void> restarting = CompletableFuture.completedFuture(null);

    LoopService(LoopSettings settings) {
        this.settings = settings;
        this.group = new LoopGroup(settings);
    }

    /** The service behind the public interface. */
    public static LoopService of(IoService io) {
        if (io instanceof LoopService service) {
            return service;
        }
        throw new IllegalArgumentException("io: " + io.getClass() + " (expected: made by IoService.builder())");
    }

    void begin() {
        group.start(settings.name());
        running = true;
        first().inbox().offerControl((message, detail) -> settings.runAll(settings.started()), null);
    }

    /** All loops, in order. */
    public List<Loop> loops() {
        return group.loops();
    }

    /** The loop for the next socket: round robin. */
    public Loop nextLoop() {
        List<Loop> loops = group.loops();
        return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
    }

    /** The transport's channels and options. */
    public TransportChoice transportChoice() {
        return settings.transport();
    }

    /** The clock of the loops. */
    public Clock clock() {
        return settings.clock();
    }

    /** Tells the error handlers. */
    public void report(ErrorEvent error) {
        settings.errors().accept(error);
    }

    /** Ties something's life to this service's. */
    public void join(Member member) {
        members.add(member);
    }

    /** Ends the tie. */
    public void leave(Member member) {
        members.remove(member);
    }

    /** Where the tasks of the calling thread run. */
    private Loop homeLoop() {
        Loop current = currentLoop();
        if (current != null) {
            return current;
        }
        List<Loop> loops = group.loops();
        return loops.get((int) (Thread.currentThread().threadId() % loops.size()));
    }

    private @Nullable Loop currentLoop() {
        Loop current = Loop.current();
        return current != null && current.parent() == group ? current : null;
    }

    private Loop first() {
        return group.loops().get(0);
    }

    @Override
    public int threads() {
        return settings.threads();
    }

    @Override
    public Transport transport() {
        return settings.transport().transport();
    }

    @Override
    public String transportReason() {
        return settings.transport().reason();
    }

    @Override
    public Waiting waiting() {
        return settings.waiting();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public boolean inLoop() {
        return currentLoop() != null;
    }

    @Override
    public void dispatch(Runnable task) {
        Loop current = currentLoop();
        if (current == null) {
            post(task);
        } else {
            current.runReported(task);
        }
    }

    @Override
    public void post(Runnable task) {
        switch (homeLoop().inbox().offer((message, detail) -> task.run(), null, Inbox.NOTHING)) {
            case TAKEN -> {}
            case FULL -> throw new RejectedExecutionException("the queue of the event loop is full; see inboxLimit");
            case CLOSED -> throw new RejectedExecutionException("the I/O service has stopped");
        }
    }

    @Override
    public Timer timer() {
        return new LoopTimer(homeLoop());
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        Loop loop = homeLoop();
        Timer timer = new LoopTimer(loop).after(delay);
        timer.awaitAsync().thenAccept(outcome -> {
            if (outcome == Timer.Outcome.EXPIRED) {
                runReported(loop, task);
            }
        });
        return timer;
    }

    @Override
    public Timer every(Duration period, Runnable task) {
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("period: " + period + " (expected: more than zero)");
        }
        Loop loop = homeLoop();
        LoopTimer timer = new LoopTimer(loop);
        timer.every(period, () -> runReported(loop, task));
        return timer;
    }

    private static void runReported(Loop loop, Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            loop.reportFailure("timer task failed", e);
        }
    }

    @Override
    public CompletableFuture<Void> stop() {
        lifecycle.lock();
        try {
            if (stopping == null) {
                running = false;
                stopAsked = true;
                stopping = restarting.handle((done, failure) -> null).thenCompose(done -> stopNow());
            }
            return stopping.copy();
        } finally {
            lifecycle.unlock();
        }
    }

    private CompletableFuture<Void> stopNow() {
        running = false;
        return all(Member::stopWithService).thenCompose(done -> endLoops());
    }

    @Override
    public CompletableFuture<Void> restart() {
        lifecycle.lock();
        try {
            if (stopping != null) {
                return CompletableFuture.failedFuture(new IllegalStateException("the I/O service has stopped"));
            }
            if (restarting.isDone()) {
                // First, so that nobody joins who would be stopped and not started again.
                running = false;
                List<Member> alive = List.copyOf(members);
                restarting = stopNow()
                        .thenRun(this::beginAnew)
                        .thenCompose(done -> allOf(alive, Member::restartWithService));
            }
            return restarting.copy();
        } finally {
            lifecycle.unlock();
        }
    }

    private void beginAnew() {
        if (stopAsked) {
            throw new IllegalStateException("the I/O service was stopped while it restarted");
        }
        group = new LoopGroup(settings);
        begin();
    }

    private CompletableFuture<Void> all(Function<Member, CompletableFuture<?>> step) {
        return allOf(List.copyOf(members), step);
    }

    private static CompletableFuture<Void> allOf(List<Member> members, Function<Member, CompletableFuture<?>> step) {
        return CompletableFuture.allOf(members.stream().map(step).toArray(CompletableFuture<?>[]::new));
    }

    private CompletableFuture<Void> endLoops() {
        CompletableFuture<Void> hooksDone = new CompletableFuture<>();
        LoopGroup ending = group;
        boolean alive = ending.loops()
                .get(0)
                .inbox()
                .offerControl(
                        (message, detail) -> {
                            settings.runAll(settings.stopped());
                            hooksDone.complete(null);
                        },
                        null);
        if (!alive) {
            // A restart has ended them, and was itself overtaken by a stop.
            hooksDone.complete(null);
        }
        return hooksDone.thenCompose(done -> ending.end());
    }

    @Override
    public void close() {
        CompletableFuture<Void> stopped = stop();
        if (Handling.mayWait()) {
            stopped.join();
        }
    }
}
