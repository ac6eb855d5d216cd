package dev.tramway.onescript.internal.component;

import dev.tramway.IoService;
import dev.tramway.Session;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Joins what one connection brings without a break into one piece: everything that can be read at that moment. A small read is
 * the end of a burst and is delivered at once; after a large one the rest may follow, and it is waited for as long as each turn
 * of the event loop brings more. Lives on the session's event loop.
 */
final class Burst {
    /** Smaller reads are not followed by more, or by no more than another event is good for. A TLS record has up to 16 KiB. */
    private static final int MAY_GO_ON = 8 * 1024;

    /** An endless stream is cut here. */
    private static final int LARGEST = 64 << 20;

    private final IoService io;
    private final Session session;
    private final Consumer<byte[]> deliver;
    private final List<byte[]> pieces = new ArrayList<>();
    private int size;
    private boolean looking;
    private boolean grown;

    Burst(IoService io, Session session, Consumer<byte[]> deliver) {
        this.io = io;
        this.session = session;
        this.deliver = deliver;
    }

    /** Returns how much is kept. */
    int size() {
        return size;
    }

    void add(ByteBuffer read) {
        byte[] piece = copy(read);
        pieces.add(piece);
        size += piece.length;
        grown = true;
        if (piece.length < MAY_GO_ON || size >= LARGEST) {
            flush();
        } else if (!looking) {
            lookLater();
        }
    }

    static byte[] copy(ByteBuffer read) {
        byte[] piece = new byte[read.remaining()];
        read.get(piece);
        return piece;
    }

    private void lookLater() {
        looking = true;
        grown = false;
        try {
            io.post(() -> session.execute(this::look));
        } catch (RejectedExecutionException full) {
            looking = false;
            flush();
        }
    }

    private void look() {
        looking = false;
        if (grown && !pieces.isEmpty()) {
            lookLater();
        } else {
            flush();
        }
    }

    /** Delivers what is kept. */
    void flush() {
        if (pieces.isEmpty()) {
            return;
        }
        byte[] all = pieces.size() == 1 ? pieces.get(0) : join();
        drop();
        deliver.accept(all);
    }

    void drop() {
        pieces.clear();
        size = 0;
    }

    private byte[] join() {
        ByteBuffer all = ByteBuffer.allocate(size);
        pieces.forEach(all::put);
        return all.array();
    }
}
