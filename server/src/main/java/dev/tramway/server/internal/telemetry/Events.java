package dev.tramway.server.internal.telemetry;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What happens, for whoever wants to watch. Nobody who watches slows anybody down: each feed holds so many events and no
 * more, drops the oldest, and says how many. May be used by any thread.
 */
public final class Events {
    private final List<Feed> feeds = new CopyOnWriteArrayList<>();

    /** Nobody watches yet. */
    public Events() {}

    /**
     * What a feed wants.
     *
     * @param kinds classes of events
     * @param device name of a device that it is about; empty for all
     */
    public record Wanted(Set<Class<? extends Event>> kinds, String device) {
        /** Everything but frames, of all devices. */
        public static final Wanted ALL_BUT_TRACES = new Wanted(
                Set.of(
                        Event.DeviceUp.class,
                        Event.DeviceDown.class,
                        Event.Readings.class,
                        Event.CommandChanged.class,
                        Event.QuarantineChanged.class,
                        Event.AlarmChanged.class,
                        Event.Reloaded.class),
                "");

        /** The frames of one device, by name, or by what an unknown one calls itself. */
        public static Wanted traces(String device) {
            return new Wanted(Set.of(Event.Traced.class), device);
        }

        boolean wants(Class<? extends Event> kind, String about) {
            return kinds.contains(kind) && (device.isEmpty() || device.equals(about));
        }
    }

    /**
     * Begins to watch; close the feed afterwards.
     *
     * @param wanted what
     * @param capacity most events that wait to be taken
     */
    public Feed watch(Wanted wanted, int capacity) {
        Feed feed = new Feed(this, wanted, capacity);
        feeds.add(feed);
        return feed;
    }

    /** True if somebody wants such an event, so that one that is dear to make need not be. */
    public boolean isWanted(Class<? extends Event> kind, String device) {
        for (Feed feed : feeds) {
            if (feed.wanted.wants(kind, device)) {
                return true;
            }
        }
        return false;
    }

    /** True if somebody wants such events of any device. */
    public boolean isWanted(Class<? extends Event> kind) {
        for (Feed feed : feeds) {
            if (feed.wanted.kinds.contains(kind)) {
                return true;
            }
        }
        return false;
    }

    /** Tells an event to all who want it. */
    public void tell(Event event) {
        for (Feed feed : feeds) {
            if (feed.wanted.wants(event.getClass(), event.device())) {
                feed.put(event);
            }
        }
    }

    /** Events that wait to be taken by one watcher. */
    public static final class Feed implements AutoCloseable {
        private final Events events;
        private final Wanted wanted;
        private final int capacity;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition filled = lock.newCondition();
        private final Deque<Event> waiting = new ArrayDeque<>();
        private long lost;

        private Feed(Events events, Wanted wanted, int capacity) {
            this.events = events;
            this.wanted = wanted;
            this.capacity = capacity;
        }

        private void put(Event event) {
            lock.lock();
            try {
                if (waiting.size() == capacity) {
                    waiting.removeFirst();
                    lost++;
                }
                waiting.addLast(event);
                filled.signal();
            } finally {
                lock.unlock();
            }
        }

        /**
         * Takes all that wait; waits for the first if there are none.
         *
         * @param longest after which it answers nothing
         */
        public List<Event> take(Duration longest) throws InterruptedException {
            long left = longest.toNanos();
            lock.lockInterruptibly();
            try {
                while (waiting.isEmpty() && left > 0) {
                    left = filled.awaitNanos(left);
                }
                List<Event> taken = new ArrayList<>(waiting);
                waiting.clear();
                return taken;
            } finally {
                lock.unlock();
            }
        }

        /** How many were dropped since it began, since they were not taken in time. */
        public long lost() {
            lock.lock();
            try {
                return lost;
            } finally {
                lock.unlock();
            }
        }

        /** Watches no longer. */
        @Override
        public void close() {
            events.feeds.remove(this);
        }
    }
}
