package dev.tramway.internal.tcp;

import dev.tramway.CloseReason;
import dev.tramway.internal.loop.Handling;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Listeners run on an executor, one call after the other for each session. Filled on the session's loop, emptied by whatever
 * thread the executor gives.
 *
 * <p>The messages of one read are copied once and handed over as one batch; while a batch is being handled, nothing more is
 * read, so that memory stays bounded by one read and TCP slows the peer down.
 */
final class ExecutorDelivery implements Delivery, Runnable {
    private final TcpSession session;
    private final Executor executor;
    private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
    private boolean scheduled;

    /** Only the loop touches the batch, but while it is in flight. */
    private @Nullable Batch batch;

    private boolean inFlight;

    ExecutorDelivery(TcpSession session, Executor executor) {
        this.session = session;
        this.executor = executor;
    }

    @Override
    public void event(Runnable telling) {
        synchronized (queue) {
            queue.add(telling);
            if (scheduled && !isAbandoned()) {
                return;
            }
            scheduled = true;
        }
        schedule();
    }

    /** True if an executor has ended with this still in its queue, as {@code shutdownNow} does: nobody will run it. */
    private boolean isAbandoned() {
        return executor instanceof ExecutorService pool && pool.isTerminated();
    }

    private void schedule() {
        try {
            executor.execute(this);
        } catch (RejectedExecutionException e) {
            refused(e);
        }
    }

    /** An executor that takes nothing more, perhaps shut down: the session ends, and its last events come on this thread. */
    private void refused(RejectedExecutionException e) {
        session.close(CloseReason.of(CloseReason.Kind.HANDLER_FAILED, "the executor takes no more work", e));
        boolean more = true;
        while (more) {
            more = runNext();
        }
    }

    @Override
    public void message(ByteBuffer message) {
        if (batch == null) {
            batch = new Batch();
        }
        batch.add(message);
    }

    @Override
    public void readDone() {
        Batch filled = batch;
        if (filled == null || inFlight || filled.isEmpty()) {
            return;
        }
        inFlight = true;
        session.holdReading(true);
        event(() -> handle(filled));
    }

    private void handle(Batch filled) {
        try {
            while (filled.hasNext() && session.stillDelivers()) {
                session.announcer().message(filled.next());
            }
        } finally {
            session.controlOnLoop(() -> handled(filled));
        }
    }

    private void handled(Batch filled) {
        filled.clear();
        inFlight = false;
        session.holdReading(false);
    }

    /** Runs on the executor: one event, then again, so that sessions take turns. */
    @Override
    public void run() {
        if (runNext()) {
            schedule();
        }
    }

    /** Tells one event; false if there is no more. */
    private boolean runNext() {
        Runnable next;
        synchronized (queue) {
            next = queue.poll();
        }
        if (next != null) {
            Handling.run(next);
        }
        synchronized (queue) {
            scheduled = !queue.isEmpty();
            return scheduled;
        }
    }
}
