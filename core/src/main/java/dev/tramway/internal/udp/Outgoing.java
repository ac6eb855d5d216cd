package dev.tramway.internal.udp;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One datagram on its way out; used again and again by its {@link SendQueue}. */
final class Outgoing {
    @Nullable
    InetSocketAddress to;

    /** Memory that it lies in, with a reference of its own until it is handed over. */
    @Nullable
    ByteBuf memory;

    int offset;
    int size;

    /** Who waits for its end. */
    @Nullable
    CompletableFuture<Void> tracked;

    InetSocketAddress to() {
        InetSocketAddress recipient = to;
        assert recipient != null;
        return recipient;
    }

    void clear() {
        to = null;
        memory = null;
        tracked = null;
    }
}
