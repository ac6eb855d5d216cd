package dev.tramway.onescript.internal.runtime;

import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.ScriptError;
import java.util.concurrent.atomic.AtomicLong;

/** Steps and memory that all threads of an engine have together. Errors of a limit cannot be caught by scripts. */
final class Limits {
    /** Steps that a thread takes at a time: enough to be cheap, few enough to end soon. */
    private static final long PORTION = 1024;

    /** An eighth of the limit may be allocated between two checks in any case. */
    private static final int LEAST_PART = 8;

    private final AtomicLong steps;
    private final long maxSteps;
    private final boolean perEvent;
    private final boolean unlimitedSteps;
    private final long maxMemory;
    private final long usedBefore;
    private final AtomicLong unchecked = new AtomicLong();
    private volatile long allowance;
    private volatile boolean expired;

    Limits(long maxSteps, boolean perEvent, long maxMemory) {
        this.maxSteps = maxSteps;
        this.perEvent = perEvent;
        this.steps = new AtomicLong(maxSteps);
        this.unlimitedSteps = maxSteps == Long.MAX_VALUE;
        this.maxMemory = maxMemory;
        this.allowance = maxMemory;
        this.usedBefore = maxMemory == Long.MAX_VALUE ? 0 : live();
    }

    /** Counts steps from the beginning, if they are limited for each event. */
    void renew() {
        if (perEvent) {
            steps.set(maxSteps);
        }
    }

    /** Returns a portion of steps, of which {@code owed} have been used. */
    long portion(long owed) {
        if (unlimitedSteps) {
            return PORTION;
        }
        long wanted = owed + PORTION;
        long left = steps.getAndAdd(-wanted);
        if (left >= wanted) {
            return PORTION;
        }
        if (left >= owed) {
            return left - owed;
        }
        steps.set(0);
        throw exceeded("Превышен предел числа шагов", "The limit of steps is exceeded");
    }

    /** The time is over. */
    void expire() {
        expired = true;
    }

    /** Fails if the time is over. */
    void checkTime() {
        if (expired) {
            throw exceeded("Превышен предел времени", "The limit of time is exceeded");
        }
    }

    /**
     * Counts what is allocated. Most of it is garbage soon, so it is the growth of the heap that is compared with the limit; as
     * often as what was allocated since might have used up the rest. The heap has other users too, but nobody is judged before
     * having allocated as much as the limit. A single piece beyond the limit is refused at once.
     */
    void grow(long bytes) {
        if (maxMemory == Long.MAX_VALUE) {
            return;
        }
        if (bytes > maxMemory) {
            throw outOfMemory();
        }
        if (unchecked.addAndGet(bytes) > allowance) {
            unchecked.set(0);
            allowance = Math.max(maxMemory - growth(), maxMemory / LEAST_PART);
        }
    }

    /** Returns by how much the heap has grown, garbage included if that is within the limit; fails if what is in use is not. */
    private long growth() {
        long grown = used() - usedBefore;
        if (grown > maxMemory) {
            grown = live() - usedBefore;
        }
        if (grown > maxMemory) {
            throw outOfMemory();
        }
        return grown;
    }

    /** Returns what is in use without garbage: otherwise garbage of others would count as room for the script. */
    private static long live() {
        System.gc();
        return used();
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static ScriptError outOfMemory() {
        return exceeded("Превышен предел памяти", "The limit of memory is exceeded");
    }

    private static ScriptError exceeded(String russian, String english) {
        return Errors.of(russian, english).fatal();
    }
}
