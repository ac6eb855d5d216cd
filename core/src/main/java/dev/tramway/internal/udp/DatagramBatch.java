package dev.tramway.internal.udp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Copies of datagrams, one behind the other, and their senders; filled on the loop, then read by one other thread. */
final class DatagramBatch {
    private static final int FIRST_BYTES = 2048;
    private static final int KEPT_BYTES = 64 * 1024;

    private final List<InetSocketAddress> senders = new ArrayList<>();
    private ByteBuffer bytes = ByteBuffer.allocate(FIRST_BYTES);
    private ByteBuffer view = bytes.asReadOnlyBuffer();
    private int[] ends = new int[8];
    private int next;

    boolean isEmpty() {
        return senders.isEmpty();
    }

    boolean hasNext() {
        return next < senders.size();
    }

    void add(InetSocketAddress from, ByteBuffer datagram) {
        int size = datagram.remaining();
        if (bytes.remaining() < size) {
            grow(size);
        }
        bytes.put(bytes.position(), datagram, datagram.position(), size);
        bytes.position(bytes.position() + size);
        if (senders.size() == ends.length) {
            ends = Arrays.copyOf(ends, ends.length * 2);
        }
        ends[senders.size()] = bytes.position();
        senders.add(from);
    }

    /** Who sent the datagram that {@link #next} will give. */
    InetSocketAddress nextSender() {
        return senders.get(next);
    }

    /** The next datagram, valid until the batch is cleared; the view is the same for all. */
    ByteBuffer next() {
        int start = next == 0 ? 0 : ends[next - 1];
        view.limit(ends[next++]).position(start);
        return view.order(ByteOrder.BIG_ENDIAN);
    }

    void clear() {
        if (bytes.capacity() > KEPT_BYTES) {
            bytes = ByteBuffer.allocate(FIRST_BYTES);
            view = bytes.asReadOnlyBuffer();
        }
        bytes.clear();
        senders.clear();
        next = 0;
    }

    private void grow(int size) {
        ByteBuffer larger = ByteBuffer.allocate(Math.max(bytes.capacity() * 2, Math.addExact(bytes.position(), size)));
        bytes = larger.put(bytes.flip());
        view = bytes.asReadOnlyBuffer();
    }
}
