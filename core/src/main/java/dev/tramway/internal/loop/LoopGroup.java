package dev.tramway.internal.loop;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The loops of one service, as the group that Netty wants. May be used by any thread. */
final class LoopGroup extends MultiThreadIoEventLoopGroup {
    /** A loop that one task keeps busy for longer is left to end by itself. */
    private static final int END_SECONDS = 30;

    private final List<Loop> loops = new ArrayList<>();
    private final List<Thread> threads;
    private final Watchdog watchdog;

    LoopGroup(LoopSettings settings) {
        this(settings, new Watchdog(settings.blockedAfter(), settings.errors()), new CopyOnWriteArrayList<>());
    }

    private LoopGroup(LoopSettings settings, Watchdog watchdog, List<Thread> threads) {
        super(
                settings.threads(),
                starter(settings, threads),
                settings.transport().handlers(),
                settings,
                watchdog,
                new AtomicInteger());
        this.watchdog = watchdog;
        this.threads = threads;
        for (EventExecutor executor : this) {
            loops.add((Loop) executor);
        }
    }

    /** Starts the threads. */
    void start(String name) {
        loops.forEach(loop -> loop.execute(() -> {}));
        watchdog.start(name + "-watchdog", loops);
    }

    /**
     * Ends the threads once what is queued has been done.
     *
     * @return completes on none of them, when all have run their last hook and nothing watches them any more
     */
    CompletableFuture<Void> end() {
        watchdog.stop();
        shutdownGracefully(0, END_SECONDS, TimeUnit.SECONDS);
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread.ofVirtual().name("tramway end").start(() -> {
            awaitThreads();
            ended.complete(null);
        });
        return ended;
    }

    private void awaitThreads() {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
            watchdog.awaitEnd();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody knows the thread that waits", e);
        }
    }

    List<Loop> loops() {
        return loops;
    }

    @Override
    protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... args) {
        return new Loop(
                this,
                executor,
                (LoopSettings) args[0],
                (Watchdog) args[1],
                ((AtomicInteger) args[2]).getAndIncrement());
    }

    private static Executor starter(LoopSettings settings, List<Thread> threads) {
        AtomicInteger number = new AtomicInteger();
        return body -> {
            Thread thread = new LoopThread(
                    () -> {
                        settings.runAll(settings.threadStart());
                        try {
                            body.run();
                        } finally {
                            settings.runAll(settings.threadStop());
                        }
                    },
                    settings.name() + "-" + number.incrementAndGet());
            threads.add(thread);
            thread.start();
        };
    }
}
