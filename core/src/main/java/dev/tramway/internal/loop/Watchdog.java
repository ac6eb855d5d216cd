package dev.tramway.internal.loop;

import dev.tramway.ErrorEvent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reports loops that one handler keeps busy for too long, with that handler's stack. A thread of its own, which sleeps
 * without end while all loops are idle, so that an idle process is not woken.
 */
final class Watchdog implements Runnable {
    private final long periodNanos;
    private final Duration limit;
    private final Consumer<ErrorEvent> errors;
    private List<Loop> loops = List.of();
    private long[] lastTurn = new long[0];
    private int[] sameTurn = new int[0];
    private volatile @Nullable Thread thread;
    private volatile boolean asleep;
    private volatile boolean stopped;

    /** Two looks at the same busy turn, half a limit apart, are one too few: the turn may have begun just before. */
    private static final int LOOKS_UNTIL_REPORT = 2;

    Watchdog(Duration limit, Consumer<ErrorEvent> errors) {
        this.limit = limit;
        this.periodNanos = Math.max(1_000_000, limit.toNanos() / LOOKS_UNTIL_REPORT);
        this.errors = errors;
    }

    void start(String name, List<Loop> watched) {
        if (limit.isZero()) {
            return;
        }
        loops = watched;
        lastTurn = new long[watched.size()];
        sameTurn = new int[watched.size()];
        thread = Thread.ofPlatform().daemon().name(name).start(this);
    }

    /** Called by loops that begin to work. */
    void wake() {
        if (asleep) {
            asleep = false;
            LockSupport.unpark(thread);
        }
    }

    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    /** Waits until the thread has ended, also until a report in progress has been heard. */
    void awaitEnd() throws InterruptedException {
        Thread started = thread;
        if (started != null) {
            started.join();
        }
    }

    @Override
    public void run() {
        while (!stopped) {
            LockSupport.parkNanos(this, periodNanos);
            if (!look()) {
                sleepUntilWork();
            }
        }
    }

    private void sleepUntilWork() {
        asleep = true;
        // A loop that began to work before it could see the flag is found here.
        while (asleep && !stopped && !anyBusy()) {
            LockSupport.park(this);
        }
        asleep = false;
        Arrays.fill(sameTurn, 0);
    }

    private boolean anyBusy() {
        for (int i = 0; i < loops.size(); i++) {
            if (loops.get(i).isBusy()) {
                return true;
            }
        }
        return false;
    }

    /** Looks at every loop; false if all are idle. */
    private boolean look() {
        boolean anyBusy = false;
        for (int i = 0; i < lastTurn.length; i++) {
            Loop loop = loops.get(i);
            long turn = loop.turn();
            boolean busy = loop.isBusy();
            anyBusy |= busy;
            sameTurn[i] = busy && turn == lastTurn[i] ? sameTurn[i] + 1 : 0;
            lastTurn[i] = turn;
            if (sameTurn[i] == LOOKS_UNTIL_REPORT) {
                report(loop);
            }
        }
        return anyBusy;
    }

    private void report(Loop loop) {
        Thread blocked = loop.thread();
        if (blocked == null) {
            return;
        }
        Throwable stack = new BlockedLoopException("the handler that blocks " + blocked.getName());
        stack.setStackTrace(blocked.getStackTrace());
        ErrorEvent event = ErrorEvent.of(
                ErrorEvent.Category.HANDLER,
                "BLOCKED_LOOP",
                blocked.getName() + " has been kept busy by one handler for " + limit.toMillis()
                        + " ms; long work belongs on handlers(executor) or the blocking style",
                stack);
        // The end of the service waits for this thread, so an application that closes the service here must not wait.
        Handling.run(() -> errors.accept(event));
    }

    /** Carries the stack of a handler that does not return. */
    private static final class BlockedLoopException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BlockedLoopException(String message) {
            super(message);
        }
    }
}
