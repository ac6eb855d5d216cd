package dev.tramway;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.ObjIntConsumer;

/**
 * One TCP or TLS connection, of a server or of a client. All methods may be called from any thread; what they change is
 * done on the session's event loop, in the order of the calls of each thread.
 *
 * <p>It is also an {@link Executor}: tasks given to it run on its event loop, after the messages that were sent before.
 */
public interface Session extends Executor {
    /** A random id, made when first asked for, the same for the session's life. */
    UUID id();

    /** Address of the peer; still known after the session ended. */
    InetSocketAddress remoteAddress();

    /** Address of this end; still known after the session ended. */
    InetSocketAddress localAddress();

    /** The TLS session, empty for a plain connection and before the handshake is over. */
    Optional<TlsInfo> tls();

    /**
     * The server that accepted this session.
     *
     * @throws IllegalStateException if a client made it
     */
    TcpServer server();

    /** True from just before {@code onConnect} until the session begins to close. */
    boolean isOpen();

    /** The reason, once the session has begun to close. */
    Optional<CloseReason> closeReason();

    /**
     * Sends one message; its frame goes out whole and in order, together with others of the same turn of the loop. Never
     * blocks. The bytes are copied before the method returns.
     *
     * <p>From another thread than the session's loop, the message is framed and meets the session's limit later: what does
     * not fit then is told by {@link SessionListener#onError} and {@link SessionListener#onDropped}.
     *
     * @param message from position to limit; neither is moved
     * @throws FramingException on the session's loop, if the framing cannot hold such a message
     */
    SendResult send(ByteBuffer message);

    /**
     * Sends one message.
     *
     * @param message all of it
     * @throws FramingException on the session's loop, if the framing cannot hold such a message
     */
    default SendResult send(byte[] message) {
        return send(ByteBuffer.wrap(message));
    }

    /**
     * Sends one message in UTF-8.
     *
     * @param message its characters
     * @throws FramingException on the session's loop, if the framing cannot hold such a message
     */
    default SendResult send(CharSequence message) {
        return send(message.toString(), Codec.utf8());
    }

    /**
     * Sends one object as a message.
     *
     * @param object what to send
     * @param codec how it is encoded
     * @param <M> type of the object
     * @throws FramingException on the session's loop, if the framing cannot hold such a message
     */
    <M> SendResult send(M object, Codec<M> codec);

    /**
     * Sends one message and tells when the kernel has taken it.
     *
     * @param message from position to limit; neither is moved
     * @return completes on the session's loop; fails with {@link ClosedException} if the session ends first or the message
     *     was not accepted or dropped, and with {@link FramingException} if the framing cannot hold it
     */
    CompletableFuture<Void> sendAsync(ByteBuffer message);

    /**
     * Sends a last message, waits until all that was accepted has been taken, tells the peer in order, and closes.
     *
     * @param message from position to limit; neither is moved
     */
    SendResult sendAndClose(ByteBuffer message);

    /**
     * Sends a last message in UTF-8 and closes; see {@link #sendAndClose(ByteBuffer)}.
     *
     * @param message its characters
     */
    SendResult sendAndClose(CharSequence message);

    /**
     * Closes with {@link CloseReason.Kind#LOCAL}: what the kernel takes at once is sent, the rest is not. With io_uring, which
     * sends in the background, that is nothing while an earlier send is on its way; {@link #sendAndClose} waits.
     */
    default void close() {
        close(CloseReason.of(CloseReason.Kind.LOCAL));
    }

    /**
     * Closes with a reason of the caller's. The first reason wins.
     *
     * @param reason what {@code onDisconnect} will be told
     */
    void close(CloseReason reason);

    /**
     * Stops reading after the current message, so that TCP slows the peer down. Nothing that arrived is lost. With
     * {@code handlers(executor)} and in blocking style, the messages of the read that is being handled still come.
     */
    void pauseReading();

    /** Reads on. */
    void resumeReading();

    /**
     * Keeps the session open for answers that are made later. A session whose peer has ended its stream closes once everything
     * that arrived was delivered and what is owed by then was sent; one that is held can still be sent to, until {@link #releaseEnd} is called, but for half a
     * minute after the end at most. With TLS, where a peer may end both directions at once, nothing is waited for then.
     */
    void holdEnd();

    /** Lets the session close when its peer has ended its stream, or now if it has; the opposite of {@link #holdEnd}. */
    void releaseEnd();

    /**
     * Changes how bytes are cut into messages: called on the session's loop, from the next byte after the current message on.
     * With {@code handlers(executor)}, in blocking style and from other threads it applies to what has not been cut yet, also
     * if that has arrived before; the messages of one read are cut together.
     *
     * @param framing the new framing
     */
    void readFraming(Framing framing);

    /**
     * Changes how messages are framed, from the next message on.
     *
     * @param framing the new framing
     */
    void writeFraming(Framing framing);

    /**
     * Changes both directions.
     *
     * @param framing the new framing
     */
    default void framing(Framing framing) {
        readFraming(framing);
        writeFraming(framing);
    }

    /**
     * Attaches an object of the application's; one for each type.
     *
     * @param type key to find it by
     * @param value the object
     * @param <T> its type
     */
    <T> void attach(Class<T> type, T value);

    /**
     * Finds an attached object.
     *
     * @param type key it was attached by
     * @param <T> its type
     */
    <T> Optional<T> attachment(Class<T> type);

    /** Counters as of now; exact when read on the session's loop. */
    SessionStats stats();

    /**
     * Adds a listener of this session only.
     *
     * @param listener hears from the next event on
     * @return ends the registration
     */
    Subscription listen(SessionListener listener);

    /**
     * Adds a handler of this session's messages.
     *
     * @param handler see {@link SessionListener#onMessage}
     * @return ends the registration
     */
    default Subscription onMessage(BiConsumer<Session, ByteBuffer> handler) {
        return listen(new SessionListener() {
            @Override
            public void onMessage(Session session, ByteBuffer message) {
                handler.accept(session, message);
            }
        });
    }

    /**
     * Adds a handler that hears of each message which the kernel has taken.
     *
     * @param handler see {@link SessionListener#onSent}
     * @return ends the registration
     */
    default Subscription onSent(ObjIntConsumer<Session> handler) {
        return listen(new SessionListener() {
            @Override
            public void onSent(Session session, int bytes) {
                handler.accept(session, bytes);
            }
        });
    }

    /**
     * Adds a handler of this session's end.
     *
     * @param handler see {@link SessionListener#onDisconnect}
     * @return ends the registration
     */
    default Subscription onDisconnect(BiConsumer<Session, CloseReason> handler) {
        return listen(new SessionListener() {
            @Override
            public void onDisconnect(Session session, CloseReason reason) {
                handler.accept(session, reason);
            }
        });
    }

    /** From now on only the session's own listeners hear of it; those of its server or client do not. */
    void isolate();

    /**
     * Runs a task on the session's event loop, after what this thread sent or asked before; at once if called there. Also
     * after the session has ended.
     *
     * @param task what to run; an exception it throws is reported to the service's {@code onError}
     * @throws java.util.concurrent.RejectedExecutionException if the I/O service has stopped
     */
    @Override
    void execute(Runnable task);
}
