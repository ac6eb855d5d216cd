package dev.tramway.internal.tcp;

import dev.tramway.CloseReason;
import dev.tramway.ErrorEvent;
import dev.tramway.Session;
import dev.tramway.SessionListener;
import dev.tramway.TlsInfo;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/** One listener made of the handlers that a builder was given one by one. */
final class LambdaListener implements SessionListener {
    @Nullable
    BiConsumer<Session, TlsInfo> handshake;

    @Nullable
    Consumer<Session> connect;

    @Nullable
    BiConsumer<Session, ByteBuffer> message;

    @Nullable
    Consumer<Session> writable;

    @Nullable
    BiConsumer<Session, ErrorEvent> error;

    @Nullable
    BiConsumer<Session, CloseReason> disconnect;

    @Override
    public void onHandshake(Session session, TlsInfo tls) {
        if (handshake != null) {
            handshake.accept(session, tls);
        }
    }

    @Override
    public void onConnect(Session session) {
        if (connect != null) {
            connect.accept(session);
        }
    }

    @Override
    public void onMessage(Session session, ByteBuffer bytes) {
        if (message != null) {
            message.accept(session, bytes);
        }
    }

    @Override
    public void onWritable(Session session) {
        if (writable != null) {
            writable.accept(session);
        }
    }

    @Override
    public void onError(Session session, ErrorEvent event) {
        if (error != null) {
            error.accept(session, event);
        }
    }

    @Override
    public void onDisconnect(Session session, CloseReason reason) {
        if (disconnect != null) {
            disconnect.accept(session, reason);
        }
    }

    /** Apart from the others, because a listener that overrides {@code onSent} makes every session keep message sizes. */
    record WithSent(ObjIntConsumer<Session> handler) implements SessionListener {
        @Override
        public void onSent(Session session, int bytes) {
            handler.accept(session, bytes);
        }
    }
}
