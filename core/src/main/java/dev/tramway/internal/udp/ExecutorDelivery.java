package dev.tramway.internal.udp;

import dev.tramway.ErrorEvent;
import dev.tramway.internal.loop.Handling;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Listeners run on an executor, one call after the other for each socket. Filled on the socket's loop, emptied by whatever
 * thread the executor gives.
 *
 * <p>The datagrams of one read are copied once and handed over as one batch; while a batch is being handled, nothing more is
 * read, so that memory stays bounded by one read and the rest waits in the kernel's buffer.
 */
final class ExecutorDelivery implements Delivery, Runnable {
    private final EndpointSocket socket;
    private final Listeners listeners;
    private final Executor executor;
    private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
    private boolean scheduled;

    /** What was read since a batch was handed over; most often nothing. */
    private DatagramBatch filling = new DatagramBatch();

    /** What the listeners are told, while it is in flight. */
    private DatagramBatch handled = new DatagramBatch();

    private boolean inFlight;

    /** The batch stopped half way, because reading was paused. */
    private boolean stalled;

    ExecutorDelivery(EndpointSocket socket, Listeners listeners, Executor executor) {
        this.socket = socket;
        this.listeners = listeners;
        this.executor = executor;
    }

    @Override
    public void event(Runnable telling) {
        synchronized (queue) {
            queue.add(telling);
            if (scheduled) {
                return;
            }
            scheduled = true;
        }
        schedule();
    }

    private void schedule() {
        try {
            executor.execute(this);
        } catch (RejectedExecutionException e) {
            listeners.error(ErrorEvent.of(
                    ErrorEvent.Category.HANDLER,
                    "EXECUTOR_REFUSED",
                    "the executor takes no more work; listeners are called on the event loop",
                    e));
            run();
        }
    }

    /** Runs on the executor: one event, then again, so that sockets take turns. */
    @Override
    public void run() {
        Runnable next;
        synchronized (queue) {
            next = queue.poll();
        }
        if (next != null) {
            Handling.run(next);
        }
        synchronized (queue) {
            if (queue.isEmpty()) {
                scheduled = false;
                return;
            }
        }
        schedule();
    }

    @Override
    public void datagram(InetSocketAddress from, ByteBuffer datagram) {
        filling.add(from, datagram);
    }

    @Override
    public void readDone() {
        if (!inFlight && !filling.isEmpty()) {
            inFlight = true;
            socket.holdReading(true);
            DatagramBatch batch = filling;
            filling = handled;
            handled = batch;
            event(() -> handle(batch));
        }
    }

    private void handle(DatagramBatch batch) {
        try {
            while (batch.hasNext() && socket.mayDeliver()) {
                listeners.datagram(batch.nextSender(), batch.next());
            }
        } finally {
            socket.control(this::goOn);
        }
    }

    /** Back on the loop. */
    private void goOn() {
        if (handled.hasNext() && socket.isOpen()) {
            stalled = true;
            if (socket.mayDeliver()) {
                resumed();
            }
            return;
        }
        handled.clear();
        inFlight = false;
        socket.holdReading(false);
        readDone();
    }

    @Override
    public void resumed() {
        if (stalled) {
            stalled = false;
            DatagramBatch batch = handled;
            event(() -> handle(batch));
        }
    }

    @Override
    public void ended() {
        // a batch in flight sees that the socket is closed
    }
}
