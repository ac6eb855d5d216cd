package dev.tramway.frames.internal.check;

import java.nio.ByteBuffer;

/** Computes a check value over bytes. A value, used by any thread. */
public interface Check {
    /** Width of the result, 4 to 64 bits. */
    int bits();

    /**
     * Computes.
     *
     * @param bytes where they are
     * @param from index of the first
     * @param to index after the last
     */
    long of(ByteBuffer bytes, int from, int to);
}
