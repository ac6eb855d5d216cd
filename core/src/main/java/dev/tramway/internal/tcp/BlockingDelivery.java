package dev.tramway.internal.tcp;

import dev.tramway.CloseReason;
import dev.tramway.ClosedException;
import dev.tramway.Connection;
import dev.tramway.ConnectionHandler;
import dev.tramway.ErrorEvent;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Messages go to a {@link BlockingConnection}, which a virtual thread reads; other listeners are told on the loop. Lives on
 * the session's loop.
 *
 * <p>As with an executor, one batch is in flight, and nothing more is read until it has been taken.
 */
final class BlockingDelivery implements Delivery {
    private final TcpSession session;
    private final ConnectionHandler handler;
    private final BlockingConnection connection;
    private @Nullable Batch filling;
    private boolean inFlight;

    BlockingDelivery(TcpSession session, ConnectionHandler handler) {
        this.session = session;
        this.handler = handler;
        this.connection = new BlockingConnection(session, this);
    }

    @Override
    public void event(Runnable telling) {
        telling.run();
    }

    @Override
    public void message(ByteBuffer message) {
        if (filling == null) {
            filling = new Batch();
        }
        // First, since listeners may move the position.
        filling.add(message);
        session.announcer().message(message);
    }

    @Override
    public void readDone() {
        Batch filled = filling;
        if (filled != null && !inFlight && !filled.isEmpty()) {
            inFlight = true;
            session.holdReading(true);
            connection.offer(filled);
        }
    }

    /** The connection has taken the last message of its batch. Called by its thread. */
    void taken(Batch batch) {
        session.controlOnLoop(() -> {
            batch.clear();
            inFlight = false;
            session.holdReading(false);
        });
    }

    @Override
    public void opened() {
        if (handler instanceof HandOver handOver) {
            handOver.taker.accept(connection);
            return;
        }
        Thread.ofVirtual().name("tramway " + session.remoteAddress()).start(this::serve);
    }

    private void serve() {
        try {
            handler.handle(connection);
            session.drainAndClose(CloseReason.of(CloseReason.Kind.LOCAL));
        } catch (ClosedException e) {
            if (session.isOpen() && !Thread.currentThread().isInterrupted()) {
                // Another connection, which the handler uses, has ended.
                failed(e);
            } else {
                // The peer has gone while the handler waited; the reason is known to all who listen.
                session.drainAndClose(CloseReason.of(CloseReason.Kind.LOCAL));
            }
        } catch (Throwable e) {
            failed(e);
        }
    }

    private void failed(Throwable cause) {
        session.owner()
                .report(ErrorEvent.of(
                        ErrorEvent.Category.HANDLER,
                        cause.getClass().getSimpleName(),
                        "the handler failed on the connection of " + session.remoteAddress() + ": " + cause,
                        cause));
        session.close(CloseReason.of(CloseReason.Kind.HANDLER_FAILED, String.valueOf(cause), cause));
    }

    @Override
    public void ended(CloseReason reason) {
        connection.end(reason);
    }

    /** Stands for a caller that takes the connection and serves it on its own thread. */
    record HandOver(Consumer<Connection> taker) implements ConnectionHandler {
        @Override
        public void handle(Connection connection) {
            taker.accept(connection);
        }
    }
}
