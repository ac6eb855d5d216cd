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
    private final Deque<byte[]> pieces = new ArrayDeque<>();

    /** How much of the first piece has been read. */
    private int used;

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
            pieces.add(piece);
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
            used = 0;
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
        byte[] first = pieces.element();
        int count = Math.min(most, first.length - used);
        byte[] taken = count == first.length ? first : Arrays.copyOfRange(first, used, used + count);
        used += count;
        if (used == first.length) {
            pieces.remove();
            used = 0;
            if (backlog != null) {
                backlog.taken(first.length);
            }
        }
        return taken;
    }
}
