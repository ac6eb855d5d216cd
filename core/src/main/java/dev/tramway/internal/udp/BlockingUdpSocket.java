package dev.tramway.internal.udp;

import dev.tramway.ClosedException;
import dev.tramway.MulticastGroup;
import dev.tramway.SendFailedException;
import dev.tramway.SendResult;
import dev.tramway.TimedOutException;
import dev.tramway.TramwayException;
import dev.tramway.UdpEndpoint;
import dev.tramway.UdpListener;
import dev.tramway.UdpSocket;
import dev.tramway.internal.loop.Loop;
import dev.tramway.internal.loop.SocketErrors;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint in blocking style. Used by the application's threads; the loops only offer batches and tell what changed. Waits
 * are on conditions, never on monitors, so that a virtual thread which waits holds no carrier.
 */
final class BlockingUdpSocket implements UdpSocket, UdpListener {
    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Offer> offers = new ArrayDeque<>();
    private boolean stopped;
    private long roomsTold;
    private @Nullable Endpoint endpoint;

    /** The batch being read; only the receiving thread touches it. */
    private @Nullable Offer reading;

    /** Datagrams of one read, and what to do when they have been taken. */
    record Offer(DatagramBatch batch, Runnable taken) {}

    void attach(Endpoint started) {
        endpoint = started;
    }

    private Endpoint attached() {
        Endpoint started = endpoint;
        assert started != null;
        return started;
    }

    // ---- told by the loops ------------------------------------------------------------------------------------------

    void offer(Offer offer) {
        signal(() -> offers.add(offer));
    }

    @Override
    public void onWritable(UdpEndpoint from) {
        signal(() -> roomsTold++);
    }

    @Override
    public void onStarted(UdpEndpoint from) {
        signal(() -> stopped = false);
    }

    @Override
    public void onStopped(UdpEndpoint from) {
        signal(() -> stopped = true);
    }

    private void signal(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    // ---- receiving --------------------------------------------------------------------------------------------------

    @Override
    public UdpEndpoint endpoint() {
        return attached();
    }

    @Override
    public Datagram receive() {
        return receive(FOREVER);
    }

    @Override
    public Datagram receive(Duration timeout) {
        refuseLoop("receive");
        Offer current = reading;
        if (current != null && !current.batch.hasNext()) {
            reading = null;
            current.taken.run();
            current = null;
        }
        if (current == null) {
            current = awaitOffer(timeout);
            reading = current;
        }
        InetSocketAddress from = current.batch.nextSender();
        return new Datagram(from, current.batch.next());
    }

    private Offer awaitOffer(Duration timeout) {
        long left = nanos(timeout);
        lock.lock();
        try {
            while (offers.isEmpty()) {
                if (stopped) {
                    throw new ClosedException("the endpoint has stopped");
                }
                if (left <= 0) {
                    throw new TimedOutException("no datagram within " + timeout);
                }
                left = changed.awaitNanos(left);
            }
            return offers.remove();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    // ---- sending ----------------------------------------------------------------------------------------------------

    @Override
    public void send(InetSocketAddress to, ByteBuffer datagram) {
        send(to, datagram, FOREVER);
    }

    @Override
    public void send(InetSocketAddress to, ByteBuffer datagram, Duration timeout) {
        refuseLoop("send");
        long deadline = deadline(timeout);
        CompletableFuture<Void> taken = new CompletableFuture<>();
        long told = roomsTold();
        SendResult result = attached().send(to, datagram, taken);
        while (result == SendResult.FULL) {
            awaitRoom(told, to, deadline, timeout);
            told = roomsTold();
            result = attached().send(to, datagram, taken);
        }
        if (result == SendResult.CLOSED) {
            throw new ClosedException("the endpoint has stopped");
        }
        await(taken, deadline, "the kernel did not take a datagram to " + SocketErrors.text(to), timeout);
    }

    private long roomsTold() {
        lock.lock();
        try {
            return roomsTold;
        } finally {
            lock.unlock();
        }
    }

    private void awaitRoom(long told, InetSocketAddress to, long deadline, Duration timeout) {
        lock.lock();
        try {
            while (roomsTold == told && !stopped) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new TimedOutException("no room to send to " + SocketErrors.text(to) + " within " + timeout);
                }
                changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void send(ByteBuffer datagram) {
        send(datagram, FOREVER);
    }

    @Override
    public void send(ByteBuffer datagram, Duration timeout) {
        InetSocketAddress peer = attached()
                .peer()
                .orElseThrow(() ->
                        new IllegalStateException("the endpoint is not connected; name an address, or call connect"));
        send(peer, datagram, timeout);
    }

    @Override
    public void multicast(ByteBuffer datagram) {
        multicast(datagram, FOREVER);
    }

    @Override
    public void multicast(ByteBuffer datagram, Duration timeout) {
        InetSocketAddress group = attached()
                .multicastEndpoint()
                .orElseThrow(() -> new IllegalStateException("no group was set; call multicastTo(group, port)"));
        send(group, datagram, timeout);
    }

    // ---- groups and end ---------------------------------------------------------------------------------------------

    @Override
    public void join(MulticastGroup group) {
        refuseLoop("join");
        await(attached().join(group), deadline(FOREVER), "joining " + group + " did not end", FOREVER);
    }

    @Override
    public void leave(MulticastGroup group) {
        refuseLoop("leave");
        await(attached().leave(group), deadline(FOREVER), "leaving " + group + " did not end", FOREVER);
    }

    @Override
    public void close() {
        attached().close();
    }

    private static void await(CompletableFuture<Void> result, long deadline, String what, Duration timeout) {
        try {
            result.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new TimedOutException(what + " within " + timeout, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw rethrown(e);
        }
    }

    /** The same failure, thrown anew, so that the stack shows who called. */
    private static TramwayException rethrown(ExecutionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String message = String.valueOf(cause.getMessage());
        return cause instanceof ClosedException
                ? new ClosedException(message, cause)
                : new SendFailedException(message, cause);
    }

    private static ClosedException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ClosedException("interrupted while waiting", e);
    }

    private static void refuseLoop(String what) {
        if (Loop.current() != null) {
            throw new IllegalStateException(what + " on an event loop would wait for itself; use endpoint()");
        }
    }

    private static long nanos(Duration timeout) {
        return timeout.compareTo(FOREVER) >= 0 ? Long.MAX_VALUE : timeout.toNanos();
    }

    private static long deadline(Duration timeout) {
        long now = System.nanoTime();
        // Differences of nanoTime are compared, so that half of all is as good as for ever.
        return now + Math.min(nanos(timeout), Long.MAX_VALUE / 2);
    }
}
