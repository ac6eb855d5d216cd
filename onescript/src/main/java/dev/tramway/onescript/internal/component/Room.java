package dev.tramway.onescript.internal.component;

import dev.tramway.SendResult;
import dev.tramway.onescript.internal.bind.Context;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Lets a thread of the script wait where an event loop has no room for what it sends, and so keeps the order. */
final class Room {
    /** A wake-up may come between the refusal and the wait, so nobody waits longer than this. */
    private static final long LONGEST_WAIT = 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();

    /** There may be room again. */
    void opened() {
        lock.lock();
        try {
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Sends, again and again while there is no room. */
    SendResult send(Context context, Supplier<SendResult> attempt) {
        SendResult result = attempt.get();
        while (result == SendResult.FULL) {
            await(context);
            result = attempt.get();
        }
        return result;
    }

    private void await(Context context) {
        lock.lock();
        try {
            boolean told = more.await(LONGEST_WAIT, TimeUnit.MILLISECONDS);
            context.work(told ? 1 : 2);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw context.interrupted();
        } finally {
            lock.unlock();
        }
    }
}
