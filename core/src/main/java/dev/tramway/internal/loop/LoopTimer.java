package dev.tramway.internal.loop;

import dev.tramway.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A timer on one loop. May be used by any thread: who waits and since when is kept under a lock, the loop's deadline follows
 * it, and waits end on the loop.
 */
final class LoopTimer implements Timer {
    private enum State {
        UNSET,
        SET,
        EXPIRED,
        /** The loop has ended: whatever is set is cancelled. */
        ENDED
    }

    private final Loop loop;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deadline deadline = new Deadline() {
        @Override
        protected void expire() {
            expireIfDue();
        }

        @Override
        protected void abandon() {
            end();
        }
    };
    private State state = State.UNSET;
    private long expiresAt;
    private List<CompletableFuture<Outcome>> waiters = new ArrayList<>();
    private long period;
    private @Nullable Runnable periodic;

    LoopTimer(Loop loop) {
        this.loop = loop;
    }

    @Override
    public Timer after(Duration span) {
        set(span.toNanos(), 0, null);
        return this;
    }

    @Override
    public Timer at(Instant time) {
        return after(Duration.between(Instant.now(), time));
    }

    void every(Duration span, Runnable task) {
        set(span.toNanos(), span.toNanos(), task);
    }

    private void set(long span, long repeat, @Nullable Runnable task) {
        List<CompletableFuture<Outcome>> superseded;
        lock.lock();
        try {
            superseded = takeWaiters();
            expiresAt = loop.clock().nanos() + Math.clamp(span, -Deadlines.MOST, Deadlines.MOST);
            period = repeat;
            periodic = task;
            state = State.SET;
        } finally {
            lock.unlock();
        }
        onLoop(() -> {
            loop.deadlines().set(deadline, currentExpiry());
            superseded.forEach(waiter -> waiter.complete(Outcome.CANCELED));
        });
    }

    @Override
    public Duration remaining() {
        return Duration.ofNanos(currentExpiry() - loop.clock().nanos());
    }

    @Override
    public Outcome await() throws InterruptedException {
        if (Loop.current() != null) {
            throw new IllegalStateException("await on an event loop would wait for itself; use awaitAsync");
        }
        try {
            return awaitAsync().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("no time is set; call after or at", e);
        }
    }

    @Override
    public CompletableFuture<Outcome> awaitAsync() {
        CompletableFuture<Outcome> wait = new CompletableFuture<>();
        lock.lock();
        try {
            switch (state) {
                case UNSET -> wait.completeExceptionally(new IllegalStateException("no time is set; call after or at"));
                case SET -> waiters.add(wait);
                case EXPIRED -> onLoop(() -> wait.complete(Outcome.EXPIRED));
                case ENDED -> wait.complete(Outcome.CANCELED);
            }
        } finally {
            lock.unlock();
        }
        return wait;
    }

    @Override
    public int cancel() {
        List<CompletableFuture<Outcome>> cancelled;
        lock.lock();
        try {
            cancelled = takeWaiters();
            state = State.UNSET;
            periodic = null;
        } finally {
            lock.unlock();
        }
        onLoop(() -> {
            cancelUnlessSetAnew();
            cancelled.forEach(waiter -> waiter.complete(Outcome.CANCELED));
        });
        return cancelled.size();
    }

    private void cancelUnlessSetAnew() {
        lock.lock();
        try {
            if (state == State.UNSET) {
                loop.deadlines().cancel(deadline);
            }
        } finally {
            lock.unlock();
        }
    }

    private void expireIfDue() {
        List<CompletableFuture<Outcome>> due;
        Runnable task;
        lock.lock();
        try {
            if (state != State.SET) {
                return;
            }
            long now = loop.clock().nanos();
            if (expiresAt - now > 0) {
                loop.deadlines().set(deadline, expiresAt);
                return;
            }
            due = takeWaiters();
            task = periodic;
            if (task == null) {
                state = State.EXPIRED;
            } else {
                long missed = (now - expiresAt) / period;
                expiresAt += (missed + 1) * period;
                loop.deadlines().set(deadline, expiresAt);
            }
        } finally {
            lock.unlock();
        }
        loop.enter();
        due.forEach(waiter -> waiter.complete(Outcome.EXPIRED));
        if (task != null) {
            task.run();
        }
    }

    private List<CompletableFuture<Outcome>> takeWaiters() {
        List<CompletableFuture<Outcome>> taken = waiters;
        waiters = new ArrayList<>();
        return taken;
    }

    private long currentExpiry() {
        lock.lock();
        try {
            return expiresAt;
        } finally {
            lock.unlock();
        }
    }

    /** Runs on the loop, in the order of the calls. Once the loop has ended nothing expires any more, so all is cancelled. */
    private void onLoop(Runnable change) {
        if (loop.inEventLoop()) {
            change.run();
        } else if (!loop.inbox().offerControl((message, detail) -> change.run(), null)) {
            change.run();
            end();
        }
    }

    private void end() {
        List<CompletableFuture<Outcome>> left;
        lock.lock();
        try {
            state = State.ENDED;
            periodic = null;
            left = takeWaiters();
        } finally {
            lock.unlock();
        }
        left.forEach(waiter -> waiter.complete(Outcome.CANCELED));
    }
}
