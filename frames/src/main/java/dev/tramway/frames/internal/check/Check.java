package dev.tramway.frames.internal.check;

import java.nio.ByteBuffer;

/** Computes a check value over bytes. A value, used by any thread. */
public interface Check {
    /** Width of the result, 1 to 64 bits. */
    int bits();

    /**
     * Computes.
     *
     * @param bytes where they are
     * @param from index of the first
     * @param to index after the last
     */
    long of(ByteBuffer bytes, int from, int to);

    /**
     * The same check over some bytes more.
     *
     * @param more bytes that follow those in the frame, without being there
     */
    default Check followedBy(byte[] more) {
        Check first = this;
        return new Check() {
            @Override
            public int bits() {
                return first.bits();
            }

            @Override
            public long of(ByteBuffer bytes, int from, int to) {
                ByteBuffer all = ByteBuffer.allocate(to - from + more.length);
                all.put(0, bytes, from, to - from).put(to - from, more);
                return first.of(all, 0, all.capacity());
            }
        };
    }
}
