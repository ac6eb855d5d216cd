package dev.tramway.internal.tcp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Copies of the messages of one read, one behind the other; filled on the loop, then read by one other thread. */
final class Batch {
    private static final int KEPT_BYTES = 64 * 1024;
    private static final int KEPT_MESSAGES = 1024;

    private ByteBuffer bytes = ByteBuffer.allocate(512);
    private ByteBuffer view = bytes.asReadOnlyBuffer();
    private int[] ends = new int[8];
    private int count;
    private int next;

    boolean isEmpty() {
        return count == 0;
    }

    boolean hasNext() {
        return next < count;
    }

    void add(ByteBuffer message) {
        int size = message.remaining();
        if (bytes.remaining() < size) {
            grow(size);
        }
        bytes.put(bytes.position(), message, message.position(), size);
        bytes.position(bytes.position() + size);
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, count * 2);
        }
        ends[count++] = bytes.position();
    }

    /** The next message, valid until the batch is cleared; the view is the same for all. */
    ByteBuffer next() {
        int start = next == 0 ? 0 : ends[next - 1];
        view.limit(ends[next++]).position(start);
        return view.order(ByteOrder.BIG_ENDIAN);
    }

    void clear() {
        if (bytes.capacity() > KEPT_BYTES) {
            bytes = ByteBuffer.allocate(512);
            view = bytes.asReadOnlyBuffer();
        }
        if (ends.length > KEPT_MESSAGES) {
            // Empty messages take no bytes, but a place here.
            ends = new int[8];
        }
        bytes.clear();
        count = 0;
        next = 0;
    }

    private void grow(int size) {
        ByteBuffer larger = ByteBuffer.allocate(Math.max(bytes.capacity() * 2, Math.addExact(bytes.position(), size)));
        bytes = larger.put(bytes.flip());
        view = bytes.asReadOnlyBuffer();
    }
}
