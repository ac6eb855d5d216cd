package dev.tramway.internal.udp;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One datagram on its way out; used again and again by its {@link SendQueue}. */
final class Outgoing {
    @Nullable
    InetSocketAddress to;

    /** Memory that it lies in, with a reference of its own; null if it is empty. */
    @Nullable
    ByteBuf memory;

    int offset;
    int size;

    /** How many datagrams were handed over with one write, this one and those behind it; of the first of them only. */
    int run;

    /** Who waits for its end. */
    @Nullable
    CompletableFuture<Void> tracked;

    InetSocketAddress to() {
        InetSocketAddress recipient = to;
        assert recipient != null;
        return recipient;
    }

    /** True if another datagram follows this one in memory, at a distance, and goes to the same peer. */
    boolean isFollowedBy(Outgoing other, int distance) {
        return other.memory == memory
                && other.offset == offset + distance
                && other.to().equals(to());
    }

    void clear() {
        if (memory != null) {
            memory.release();
        }
        to = null;
        memory = null;
        tracked = null;
    }
}
