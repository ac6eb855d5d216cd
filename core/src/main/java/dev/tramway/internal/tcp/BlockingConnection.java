package dev.tramway.internal.tcp;

import dev.tramway.CloseReason;
import dev.tramway.ClosedException;
import dev.tramway.Connection;
import dev.tramway.FramingException;
import dev.tramway.SendResult;
import dev.tramway.Session;
import dev.tramway.TimedOutException;
import dev.tramway.internal.loop.Handling;
import dev.tramway.internal.loop.Loop;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A session in blocking style. Used by the application's threads; the loop only offers batches, notes what was sent, and
 * ends it. Waits are on conditions, never on monitors, so that a virtual thread which waits holds no carrier.
 */
final class BlockingConnection implements Connection {
    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);
    private static final long CLOSE_SECONDS = 10;

    /** What a message counts besides its bytes, so that small and empty ones are limited too. */
    private static final int MESSAGE_COST = 64;

    private final TcpSession session;
    private final BlockingDelivery delivery;
    private final long sendWindow;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition changed = lock.newCondition();
    private @Nullable Batch offered;
    private @Nullable CloseReason ended;

    /** A message of which it was found out too late for its own send that it cannot be framed. */
    private @Nullable FramingException notSent;

    private long unsent;

    /** The batch being read; only the receiving thread touches it. */
    private @Nullable Batch reading;

    BlockingConnection(TcpSession session, BlockingDelivery delivery) {
        this.session = session;
        this.delivery = delivery;
        // Half, so that what others send to this session finds room as well.
        this.sendWindow = Math.max(1, session.owner().config().outbound().limit() / 2);
    }

    void offer(Batch batch) {
        lock.lock();
        try {
            offered = batch;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    void end(CloseReason reason) {
        lock.lock();
        try {
            ended = reason;
            arrived.signalAll();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Session session() {
        return session;
    }

    @Override
    public Optional<ByteBuffer> receive() {
        return receive(FOREVER);
    }

    @Override
    public Optional<ByteBuffer> receive(Duration timeout) {
        Batch batch = reading;
        if (batch != null && !batch.hasNext()) {
            reading = null;
            delivery.taken(batch);
            batch = null;
        }
        if (batch == null) {
            batch = awaitBatch(timeout);
            reading = batch;
        }
        return batch == null ? Optional.empty() : Optional.of(batch.next());
    }

    /** Waits for messages; null when there will be none any more. */
    private @Nullable Batch awaitBatch(Duration timeout) {
        long left = nanos(timeout);
        lock.lock();
        try {
            while (offered == null) {
                throwNotSent();
                if (ended != null) {
                    return endOfStream(ended);
                }
                if (left <= 0) {
                    throw new TimedOutException("no message from " + session.remoteAddress() + " within " + timeout);
                }
                requireNoLoop();
                left = arrived.awaitNanos(left);
            }
            Batch batch = offered;
            offered = null;
            return batch;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClosedException("interrupted while waiting for a message", e);
        } finally {
            lock.unlock();
        }
    }

    private static @Nullable Batch endOfStream(CloseReason reason) {
        return switch (reason.kind()) {
            case PEER_CLOSED, LOCAL, SHUTDOWN -> null;
            default -> throw new ClosedException("connection has ended: " + reason);
        };
    }

    @Override
    public void send(ByteBuffer message) {
        send(message, FOREVER);
    }

    @Override
    public void send(ByteBuffer message, Duration timeout) {
        int cost = message.remaining() + MESSAGE_COST;
        long left = nanos(timeout);
        lock.lock();
        try {
            while (true) {
                throwNotSent();
                if (ended != null) {
                    throw new ClosedException("connection has ended: " + ended);
                }
                if ((unsent == 0 || unsent + cost <= sendWindow) && sendNow(message, cost)) {
                    return;
                }
                if (left <= 0) {
                    throw new TimedOutException("no room to send to " + session.remoteAddress() + " within " + timeout);
                }
                requireNoLoop();
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClosedException("interrupted while waiting for room to send", e);
        } finally {
            lock.unlock();
        }
    }

    private boolean sendNow(ByteBuffer message, int cost) {
        CompletableFuture<Void> taken = new CompletableFuture<>();
        SendResult result = session.sendTracked(message, new TrackedSend(taken, false));
        switch (result) {
            case ACCEPTED -> {
                unsent += cost;
                taken.whenComplete((done, failure) -> sent(cost, failure));
            }
            // The loop's inbox is full of other senders' messages; there is room once it has come to this.
            case FULL -> session.controlOnLoop(() -> sent(0, null));
            case CLOSED ->
                throw new ClosedException("connection has ended: "
                        + session.closeReason().map(CloseReason::detail).orElse("closing"));
        }
        return result == SendResult.ACCEPTED;
    }

    private void sent(int cost, @Nullable Throwable failure) {
        lock.lock();
        try {
            unsent -= cost;
            if (failure instanceof FramingException cannotBeFramed) {
                notSent = cannotBeFramed;
                arrived.signalAll();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void throwNotSent() {
        FramingException failure = notSent;
        if (failure != null) {
            notSent = null;
            throw new FramingException("a message was not sent: " + failure.getMessage(), failure);
        }
    }

    private static void requireNoLoop() {
        if (Loop.current() != null) {
            throw new IllegalStateException("an event loop that waits here would wait for itself");
        }
    }

    @Override
    public Iterator<ByteBuffer> iterator() {
        return new Messages();
    }

    private final class Messages implements Iterator<ByteBuffer> {
        private @Nullable ByteBuffer next;
        private boolean looked;

        @Override
        public boolean hasNext() {
            if (!looked) {
                next = receive().orElse(null);
                looked = true;
            }
            return next != null;
        }

        @Override
        public ByteBuffer next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException("the stream has ended");
            }
            looked = false;
            return next;
        }
    }

    @Override
    public void close() {
        session.drainAndClose(CloseReason.of(CloseReason.Kind.LOCAL));
        if (!Handling.mayWait()) {
            return;
        }
        long left = TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
        lock.lock();
        try {
            while (ended == null && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private static long nanos(Duration timeout) {
        return timeout.compareTo(FOREVER) >= 0 ? Long.MAX_VALUE : timeout.toNanos();
    }
}
