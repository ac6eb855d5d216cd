package dev.tramway.internal.loop;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hand-over from any thread to one event loop: sends, broadcasts, tasks. The loop takes a batch at a time, by swapping two of
 * them, so that a lock is held only to append an entry or to swap.
 *
 * <p>Bytes are copied into the batch, entries are kept in arrays that grow and are used again: nothing is allocated for a
 * message once the batches have grown. Order is kept for each producing thread. The bytes of one batch are limited; control
 * entries (closing, joining) are taken in any case, since losing one would leave the loop in a wrong state.
 */
public final class Inbox {
    /** What an entry counts besides its bytes, so that empty messages are limited too. */
    private static final int ENTRY_COST = 32;

    /** Entries of one turn: about a millisecond of broadcasts. */
    private static final int MOST_PER_TURN = 4096;

    /** The message of an entry that has none. */
    public static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final ReentrantLock lock = new ReentrantLock();
    private final Runnable wakeUp;
    private final int limit;
    private Batch filling = new Batch();
    private Batch draining = new Batch();
    private boolean closed;
    private boolean wakeAfterUnlock;
    private volatile boolean hasEntries;

    Inbox(int limit, Runnable wakeUp) {
        this.limit = limit;
        this.wakeUp = wakeUp;
    }

    /** What became of an entry. */
    public enum Offer {
        /** It will be handled. */
        TAKEN,
        /** There is no room for it. */
        FULL,
        /** The loop has ended. */
        CLOSED
    }

    /** Puts an entry if there is room for it. */
    public Offer offer(InboxTarget target, @Nullable Object detail, ByteBuffer message) {
        lock.lock();
        try {
            Offer offer = judge(message.remaining());
            if (offer == Offer.TAKEN) {
                append(target, detail, message);
            }
            return offer;
        } finally {
            unlockAndWake();
        }
    }

    /** Puts an entry without bytes, room or not; false if the loop has ended. */
    public boolean offerControl(InboxTarget target, @Nullable Object detail) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            append(target, detail, NOTHING);
            return true;
        } finally {
            unlockAndWake();
        }
    }

    /**
     * Puts one entry into each of several inboxes, or into none. Locks are taken in the order given, which must be the same
     * for all callers.
     *
     * @param targets one for each inbox
     * @param but an inbox of the list that is left out: the caller's own
     */
    public static Offer offerToAll(
            List<Inbox> inboxes,
            List<? extends InboxTarget> targets,
            @Nullable Inbox but,
            @Nullable Object detail,
            ByteBuffer message) {
        int locked = 0;
        Offer offer = Offer.TAKEN;
        try {
            for (; locked < inboxes.size() && offer == Offer.TAKEN; locked++) {
                Inbox inbox = inboxes.get(locked);
                inbox.lock.lock();
                offer = inbox == but ? Offer.TAKEN : inbox.judge(message.remaining());
            }
            for (int i = 0; i < locked && offer == Offer.TAKEN; i++) {
                Inbox inbox = inboxes.get(i);
                if (inbox != but) {
                    inbox.append(targets.get(i), detail, message);
                }
            }
        } finally {
            while (locked > 0) {
                inboxes.get(--locked).unlockAndWake();
            }
        }
        return offer;
    }

    /** True if there is something to drain; may be asked by any thread. */
    boolean hasEntries() {
        return hasEntries;
    }

    /**
     * Handles entries, at most so many that sockets and deadlines do not wait for long; the rest in the next turn. Called by
     * the loop only. Returns how many were handled.
     */
    int drain(Loop loop) {
        boolean goesOn = !draining.isEmpty();
        if (!goesOn) {
            swap();
        }
        int handled = draining.handle(loop, MOST_PER_TURN);
        if (!draining.isEmpty()) {
            hasEntries = true;
        } else if (goesOn) {
            lookForEntries();
        }
        return handled;
    }

    private void swap() {
        lock.lock();
        try {
            Batch batch = filling;
            filling = draining;
            draining = batch;
            hasEntries = false;
        } finally {
            lock.unlock();
        }
    }

    private void lookForEntries() {
        lock.lock();
        try {
            hasEntries = !filling.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Refuses further entries, once there are none left; returns false if there are. */
    boolean closeIfEmpty() {
        lock.lock();
        try {
            closed = filling.isEmpty() && draining.isEmpty();
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private Offer judge(int bytes) {
        if (closed) {
            return Offer.CLOSED;
        }
        boolean room = filling.isEmpty() || filling.cost() + bytes + ENTRY_COST <= limit;
        return room ? Offer.TAKEN : Offer.FULL;
    }

    private void append(InboxTarget target, @Nullable Object detail, ByteBuffer message) {
        filling.append(target, detail, message);
        if (!hasEntries) {
            hasEntries = true;
            wakeAfterUnlock = true;
        }
    }

    /** Wakes the loop only once it can have the lock: on a busy machine it begins to run at once. */
    private void unlockAndWake() {
        boolean wake = wakeAfterUnlock;
        wakeAfterUnlock = false;
        lock.unlock();
        if (wake) {
            wakeUp.run();
        }
    }

    /** Entries in order, and their bytes one behind the other. */
    private static final class Batch {
        private static final int KEPT_BYTES = 1 << 20;
        private static final int KEPT_ENTRIES = 1 << 15;

        private @Nullable InboxTarget[] targets = new InboxTarget[64];
        private @Nullable Object[] details = new Object[64];
        private int[] ends = new int[64];
        private ByteBuffer bytes = ByteBuffer.allocateDirect(4096);
        private ByteBuffer view = bytes.duplicate();
        private int count;

        /** The entry that is handled next. */
        private int next;

        long cost() {
            return bytes.position() + (long) count * ENTRY_COST;
        }

        void append(InboxTarget target, @Nullable Object detail, ByteBuffer message) {
            int size = message.remaining();
            ensureRoom(size);
            bytes.put(bytes.position(), message, message.position(), size);
            bytes.position(bytes.position() + size);
            targets[count] = target;
            details[count] = detail;
            ends[count++] = bytes.position();
        }

        boolean isEmpty() {
            return count == 0;
        }

        /** Handles the next entries, at most so many; forgets all when the last has been handled. */
        int handle(Loop loop, int most) {
            int first = next;
            int last = Math.min(count, first + most);
            for (; next < last; next++) {
                InboxTarget target = targets[next];
                assert target != null;
                view.limit(ends[next]).position(next == 0 ? 0 : ends[next - 1]);
                loop.receive(target, view, details[next]);
            }
            if (next == count) {
                clear();
            }
            return last - first;
        }

        private void clear() {
            Arrays.fill(targets, 0, count, null);
            Arrays.fill(details, 0, count, null);
            if (count > KEPT_ENTRIES) {
                targets = new InboxTarget[64];
                details = new Object[64];
                ends = new int[64];
            }
            if (bytes.capacity() > KEPT_BYTES) {
                replaceBytes(4096);
            }
            bytes.clear();
            count = 0;
            next = 0;
        }

        private void ensureRoom(int size) {
            if (count == targets.length) {
                targets = Arrays.copyOf(targets, count * 2);
                details = Arrays.copyOf(details, count * 2);
                ends = Arrays.copyOf(ends, count * 2);
            }
            if (bytes.remaining() < size) {
                int wanted = Math.addExact(bytes.position(), size);
                replaceBytes(Math.max(wanted, (int) Math.min(bytes.capacity() * 2L, 1 << 30)));
            }
        }

        private void replaceBytes(int capacity) {
            ByteBuffer larger = ByteBuffer.allocateDirect(capacity);
            if (count > 0 && capacity >= bytes.position()) {
                larger.put(bytes.flip());
            }
            bytes = larger;
            view = larger.duplicate();
        }
    }
}
