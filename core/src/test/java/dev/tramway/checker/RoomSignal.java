package dev.tramway.checker;

import dev.tramway.testing.Await;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the times that somebody was told of room, so that who was answered FULL waits for the next, and misses none. */
final class RoomSignal {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    private long times;

    /** How often it was told; to be asked before what may be refused. */
    long times() {
        lock.lock();
        try {
            return times;
        } finally {
            lock.unlock();
        }
    }

    void tell() {
        lock.lock();
        try {
            times++;
            told.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it was told more often than at some time before. */
    void awaitMoreThan(long before) {
        long left = TimeUnit.SECONDS.toNanos(Await.LIMIT.toSeconds());
        lock.lock();
        try {
            while (times == before) {
                if (left <= 0) {
                    throw new AssertionError("FULL, and onWritable did not come within " + Await.LIMIT);
                }
                left = told.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            lock.unlock();
        }
    }
}
