package dev.tramway.internal.loop;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The deadlines of one event loop: a binary heap that knows each entry's place. Lives on its loop.
 *
 * <p>Setting and cancelling take time logarithmic in the number of deadlines and allocate nothing; there is no tick, so a
 * loop without a due deadline sleeps. Sessions set one deadline each and push it on only when it expires too early, so
 * traffic costs nothing here.
 */
public final class Deadlines {
    /** Longest span that may be set: far enough from overflow that any two deadlines can be compared. */
    static final long MOST = Long.MAX_VALUE / 4;

    private @Nullable Deadline[] heap = new Deadline[16];
    private int size;

    /** Sets or moves a deadline. */
    public void set(Deadline deadline, long when) {
        if (deadline.index == Deadline.NOT_QUEUED) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, size * 2);
            }
            deadline.when = when;
            siftUp(size++, deadline);
        } else {
            boolean earlier = when - deadline.when < 0;
            deadline.when = when;
            if (earlier) {
                siftUp(deadline.index, deadline);
            } else {
                siftDown(deadline.index, deadline);
            }
        }
    }

    /** Takes a deadline out, if it is set. */
    public void cancel(Deadline deadline) {
        int hole = deadline.index;
        if (hole == Deadline.NOT_QUEUED) {
            return;
        }
        deadline.index = Deadline.NOT_QUEUED;
        Deadline last = at(--size);
        heap[size] = null;
        if (last != deadline) {
            siftDown(hole, last);
            if (heap[hole] == last) {
                siftUp(hole, last);
            }
        }
    }

    /** True if nothing is set. */
    boolean isEmpty() {
        return size == 0;
    }

    /** Time of the earliest deadline; only if there is one. */
    long earliest() {
        return at(0).when;
    }

    /** Expires what is due and returns how many that were. */
    int expire(long now) {
        int expired = 0;
        while (size > 0 && at(0).when - now <= 0) {
            Deadline due = at(0);
            cancel(due);
            due.expire();
            expired++;
        }
        return expired;
    }

    /** Tells all that are still set that their time will not come. */
    void abandon() {
        while (size > 0) {
            Deadline left = at(size - 1);
            cancel(left);
            left.abandon();
        }
    }

    private void siftUp(int start, Deadline moving) {
        int hole = start;
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            Deadline above = at(parent);
            if (above.when - moving.when <= 0) {
                break;
            }
            put(hole, above);
            hole = parent;
        }
        put(hole, moving);
    }

    private void siftDown(int start, Deadline moving) {
        int hole = start;
        while (2 * hole + 1 < size) {
            int child = 2 * hole + 1;
            if (child + 1 < size && at(child + 1).when - at(child).when < 0) {
                child++;
            }
            if (moving.when - at(child).when <= 0) {
                break;
            }
            put(hole, at(child));
            hole = child;
        }
        put(hole, moving);
    }

    private void put(int place, Deadline deadline) {
        heap[place] = deadline;
        deadline.index = place;
    }

    private Deadline at(int place) {
        Deadline deadline = heap[place];
        assert deadline != null;
        return deadline;
    }
}
