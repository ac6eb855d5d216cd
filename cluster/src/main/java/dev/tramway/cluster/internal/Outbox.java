package dev.tramway.cluster.internal;

import io.nats.client.Connection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits for NATS: a queue that any thread may put into without waiting, and the one thread that empties it, so that the order
 * of calls is the order on the network. While NATS is away it keeps what finds room and counts the rest.
 *
 * <p>Broadcasts to one subject that wait behind each other go as one packet: a busy node sends thousands of messages with the work
 * of a few.
 */
final class Outbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    /** What an entry counts besides its bytes. */
    private static final int ENTRY_COST = 64;

    /** Bytes of messages at which a packet is full. */
    private static final int PACKET = 64 * 1024;

    /** Bytes that the client of NATS may hold; more would wait there instead of here, where it is counted. */
    private static final int MOST_IN_CLIENT = 1024 * 1024;

    private static final long SHORT_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private static final long AWAY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);

    /** How long producers wait after a node has said that it does not keep up. */
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /**
     * One message.
     *
     * @param body the packet's; for a broadcast, the message
     * @param reply where an answer is to go
     */
    record Entry(
            Packet.Kind kind,
            String subject,
            ByteBuffer body,
            @Nullable String reply) {
        int cost() {
            return ENTRY_COST + body.remaining();
        }

        /** Whether it may go in the packet that another has begun. */
        boolean fitsTo(Entry first, long room) {
            return kind == first.kind && subject.equals(first.subject) && Integer.BYTES + body.remaining() <= room;
        }
    }

    private final Connection connection;
    private final Header header;
    private final int limit;
    private final Counters counters;
    private final Runnable writable;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("tramway-cluster-send").unstarted(this::run);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Guarded by the lock, as all that follows; what is volatile or atomic is also read without. */
    private final ArrayDeque<Entry> queue = new ArrayDeque<>();

    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final AtomicLong waiting = new AtomicLong();
    private volatile boolean connected;
    private volatile long slowUntil = System.nanoTime();
    private boolean toldFull;
    private boolean closed;

    /** Used by the thread alone. */
    private long sentToAll;

    private long sentToGroups;
    private volatile boolean givenUp;

    /**
     * What all packets of this node have in common.
     *
     * @param self the node
     * @param installation see {@link Packet#installation}
     */
    record Header(UUID self, int installation) {}

    /**
     * Prepares it; {@link #start} begins.
     *
     * @param limit bytes that may wait
     * @param writable is told when there is room again after {@link #isWritable} was false
     */
    Outbox(Connection connection, Header header, int limit, Counters counters, Runnable writable) {
        this.connection = connection;
        this.header = header;
        this.limit = limit;
        this.counters = counters;
        this.writable = writable;
    }

    void start() {
        thread.start();
    }

    long waitingBytes() {
        return waiting.get();
    }

    /** Puts an entry; false if there is no room for it, or never will be. */
    boolean offer(Entry entry) {
        if (entry.body().remaining() > longest()) {
            LOG.warn(
                    "a message of {} bytes is longer than NATS takes",
                    entry.body().remaining());
            return false;
        }
        lock.lock();
        try {
            if (closed || waiting.get() + entry.cost() > limit) {
                return false;
            }
            queue.add(entry);
            waiting.addAndGet(entry.cost());
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private long longest() {
        long most = connection.getMaxPayload();
        return most <= 0 ? Long.MAX_VALUE : most - Packet.HEADER - Integer.BYTES;
    }

    /** Has something done between two packets, whether NATS is there or not. */
    void execute(Runnable task) {
        lock.lock();
        try {
            tasks.add(task);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** False while NATS is there and half of the buffer is full, or somebody does not keep up. */
    boolean isWritable() {
        if (hasRoom()) {
            return true;
        }
        lock.lock();
        try {
            toldFull = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        return false;
    }

    private boolean hasRoom() {
        return !connected || (waiting.get() < limit / 2 && slowUntil - System.nanoTime() < 0);
    }

    /** Somebody does not keep up. */
    void slowDown() {
        slowUntil = System.nanoTime() + SLOW_NANOS;
    }

    /** NATS is there, or not. */
    void connected(boolean now) {
        lock.lock();
        try {
            connected = now;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            for (Runnable next = next(); next != null; next = next()) {
                perform(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void perform(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.warn("a step of the cluster failed", e);
        }
    }

    /** Waits for something to do; null if there will be nothing any more. */
    private @Nullable Runnable next() throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                if (!tasks.isEmpty()) {
                    return tasks.remove();
                }
                if (toldFull && hasRoom()) {
                    toldFull = false;
                    return writable;
                }
                if (connected && !queue.isEmpty()) {
                    return takePacket(queue.element());
                }
                if (closed) {
                    return null;
                }
                // That a slow node is slow no longer, nobody signals.
                changed.awaitNanos(toldFull ? SLOW_NANOS / 10 : Long.MAX_VALUE);
            }
        } finally {
            lock.unlock();
        }
    }

    private Runnable takePacket(Entry first) {
        if (first.kind() == Packet.Kind.TO_ALL || first.kind() == Packet.Kind.TO_GROUP) {
            List<ByteBuffer> messages = takeBroadcasts(first);
            return () -> publishBroadcasts(first, messages);
        }
        Entry entry = take();
        return () -> publish(entry, 0, entry.body());
    }

    /** Takes the first entry, and those behind it that go with it. */
    private List<ByteBuffer> takeBroadcasts(Entry first) {
        List<ByteBuffer> messages = new ArrayList<>();
        long room = Math.min(PACKET, longest());
        while (!queue.isEmpty() && (messages.isEmpty() || queue.element().fitsTo(first, room))) {
            ByteBuffer message = take().body();
            messages.add(message);
            room -= Integer.BYTES + message.remaining();
        }
        return messages;
    }

    private Entry take() {
        Entry entry = queue.remove();
        waiting.addAndGet(-entry.cost());
        return entry;
    }

    private void publishBroadcasts(Entry first, List<ByteBuffer> messages) {
        ByteBuffer body = ByteBuffer.allocate(messages.stream()
                .mapToInt(message -> Integer.BYTES + message.remaining())
                .sum());
        messages.forEach(message -> body.putInt(message.remaining()).put(message));
        long number = first.kind() == Packet.Kind.TO_ALL ? sentToAll : sentToGroups;
        if (first.kind() == Packet.Kind.TO_ALL) {
            sentToAll += messages.size();
        } else {
            sentToGroups += messages.size();
        }
        boolean sent = publish(first, number + 1, body.flip());
        (sent ? counters.sent : counters.dropped).add(messages.size());
    }

    /** Hands a packet to the client of NATS; waits while it has enough, and while NATS is away. */
    private boolean publish(Entry entry, long number, ByteBuffer body) {
        byte[] packet = new Packet(entry.kind(), header.self(), number, body).write(header.installation());
        while (!givenUp) {
            if (connected && connection.outgoingPendingBytes() < MOST_IN_CLIENT) {
                try {
                    connection.publish(entry.subject(), entry.reply(), packet);
                    return true;
                } catch (IllegalStateException notTaken) {
                    // The connection has just broken, or its queue is full.
                }
            }
            LockSupport.parkNanos(connected ? SHORT_NANOS : AWAY_NANOS);
        }
        return false;
    }

    /** Sends what waits, if NATS is there, for two seconds at most, and ends. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(LONGEST_CLOSE.toMillis());
            givenUp = true;
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
