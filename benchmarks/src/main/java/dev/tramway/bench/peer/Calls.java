package dev.tramway.bench.peer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts handler calls at the cost of a plain increment, alike for every peer. Each thread that counts has a slot of its
 * own, a cache line apart; event loops are few and started in a row, so no two of them share one.
 */
final class Calls {
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int SLOTS = 64;
    private static final int LINE = 16;

    private final long[] slots = new long[(SLOTS + 1) * LINE];

    /** Counts one call of the calling thread. */
    void count() {
        int slot = ((int) Thread.currentThread().threadId() % SLOTS + 1) * LINE;
        SLOT.setOpaque(slots, slot, slots[slot] + 1);
    }

    /** The calls counted so far. */
    long sum() {
        long sum = 0;
        for (int slot = LINE; slot < slots.length; slot += LINE) {
            sum += (long) SLOT.getOpaque(slots, slot);
        }
        return sum;
    }
}
