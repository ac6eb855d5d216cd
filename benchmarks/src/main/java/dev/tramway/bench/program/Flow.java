package dev.tramway.bench.program;

import java.nio.ByteBuffer;

/**
 * What one client of an echo scenario sends, and when. Lives on the event loop of its client, but where it says otherwise;
 * the counters may be read by other threads. A message is {@code size} bytes, wherever reads may cut them.
 */
abstract class Flow {
    /** How a client sends. */
    @FunctionalInterface
    interface Link {
        /** Sends a message. */
        void send(ByteBuffer message);
    }

    private final ByteBuffer message;
    private final int size;
    private long total;
    private volatile long bytes;
    private volatile long lastNanos;
    private volatile long sent;

    Flow(int size) {
        this.size = size;
        this.message = ByteBuffer.allocateDirect(size);
    }

    /** The client may send from now on. */
    abstract void ready(Link link);

    /** So many more messages have come back whole. */
    abstract void answered(Link link, long messages);

    /** The kernel has taken a message. */
    void written(Link link) {}

    /** True if there is nothing more to do. */
    boolean done() {
        return false;
    }

    /** Bytes have come. */
    void received(Link link, ByteBuffer data) {
        long before = total / size;
        total += data.remaining();
        lastNanos = System.nanoTime();
        bytes = total;
        answered(link, total / size - before);
    }

    /** Sends one message. */
    final void send(Link link) {
        link.send(message);
        long before = sent; // one thread sends
        sent = before + 1;
    }

    /** The message to send next. */
    final ByteBuffer message() {
        return message;
    }

    /** Bytes received. */
    final long bytes() {
        return bytes;
    }

    /** Messages received whole. */
    final long messages() {
        return bytes / size;
    }

    /** Messages sent. */
    final long sent() {
        return sent;
    }

    /** When bytes came last, as of {@link System#nanoTime}. */
    final long lastNanos() {
        return lastNanos;
    }
}
