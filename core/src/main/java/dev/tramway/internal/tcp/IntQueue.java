package dev.tramway.internal.tcp;

import java.util.Arrays;

/** A queue of ints in a ring that grows. Lives on an event loop. */
final class IntQueue {
    private int[] ring = new int[16];
    private int head;
    private int size;

    void add(int value) {
        if (size == ring.length) {
            grow();
        }
        ring[(head + size++) & (ring.length - 1)] = value;
    }

    int remove() {
        int value = ring[head];
        head = (head + 1) & (ring.length - 1);
        size--;
        return value;
    }

    int first() {
        return ring[head];
    }

    void replaceFirst(int value) {
        ring[head] = value;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void clear() {
        size = 0;
        head = 0;
    }

    private void grow() {
        int[] larger = Arrays.copyOf(ring, ring.length * 2);
        System.arraycopy(ring, 0, larger, ring.length, head);
        ring = larger;
    }
}
