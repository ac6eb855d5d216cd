package dev.tramway.onescript.internal.component;

import dev.tramway.CloseReason;
import dev.tramway.IoService;
import dev.tramway.Session;
import dev.tramway.SessionListener;
import dev.tramway.onescript.internal.bind.Context;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the connection of a client has brought and the script has not read: filled on the event loop, emptied by threads of the
 * script, which wait for it.
 */
final class Received implements SessionListener {
    private static final byte[] NOTHING = {};

    private final IoService io;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<ByteBuffer> pieces = new ArrayDeque<>();
    private boolean ended;
    private @Nullable Backlog backlog;
    private @Nullable Burst burst;

    Received(IoService io) {
        this.io = io;
    }

    @Override
    public void onConnect(Session session) {
        backlog = new Backlog(session);
        burst = new Burst(io, session, this::add);
    }

    @Override
    public void onMessage(Session session, ByteBuffer message) {
        if (burst != null) {
            burst.add(message);
        }
    }

    @Override
    public void onDisconnect(Session session, CloseReason reason) {
        if (burst != null) {
            burst.flush();
        }
        end();
    }

    private void add(byte[] piece) {
        if (backlog != null) {
            backlog.added(piece.length);
        }
        lock.lock();
        try {
            pieces.add(ByteBuffer.wrap(piece));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will come. */
    private void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends without what has not been read. */
    void discard() {
        lock.lock();
        try {
            pieces.clear();
        } finally {
            lock.unlock();
        }
        end();
    }

    boolean isAvailable() {
        lock.lock();
        try {
            return !pieces.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for data and returns up to that many bytes of one piece; none at the end. */
    byte[] read(Context context, int most) {
        lock.lock();
        try {
            while (pieces.isEmpty() && !ended) {
                changed.await();
            }
            return pieces.isEmpty() ? NOTHING : take(most);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw context.interrupted();
        } finally {
            lock.unlock();
        }
    }

    private byte[] take(int most) {
        ByteBuffer first = pieces.element();
        int whole = first.capacity();
        byte[] taken = first.position() == 0 && whole <= most ? first.array() : part(first, most);
        if (taken.length == whole || !first.hasRemaining()) {
            pieces.remove();
            if (backlog != null) {
                backlog.taken(whole);
            }
        }
        return taken;
    }

    private static byte[] part(ByteBuffer piece, int most) {
        int from = piece.position();
        int to = from + Math.min(most, piece.remaining());
        piece.position(to);
        return Arrays.copyOfRange(piece.array(), from, to);
    }
}
