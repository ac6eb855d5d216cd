package dev.tramway;

import dev.tramway.internal.tcp.ClientBuilder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * A TCP or TLS client: at most one session at a time, made anew by every connect. All methods may be called from any
 * thread.
 */
public interface TcpClient extends AutoCloseable {
    /**
     * Begins to configure a client.
     *
     * @param io the event loops it lives on; may serve others too
     */
    static Builder on(IoService io) {
        return new ClientBuilder(io);
    }

    /** A random id of this client; it stays the same over reconnects. */
    UUID id();

    /** The event loops it lives on. */
    IoService service();

    /** The present session, empty while not connected. */
    Optional<Session> session();

    /** True while there is an open session. */
    default boolean isConnected() {
        return session().isPresent();
    }

    /**
     * Connects and waits for it; for TLS until the handshake is over. Does nothing if connected.
     *
     * @throws ConnectFailedException if it cannot; with reconnecting on, when that gives up
     * @throws TlsException if the handshake fails
     * @throws IllegalStateException on an event loop, which would wait for itself
     */
    void connect();

    /**
     * Connects without waiting.
     *
     * @return completes on an event loop after {@code onConnect}; fails as {@link #connect} does
     */
    CompletableFuture<Session> connectAsync();

    /** Closes the session with {@link CloseReason.Kind#LOCAL}, ends attempts to connect, and does not reconnect. */
    CompletableFuture<Void> disconnect();

    /**
     * Closes the session, if there is one, and connects again.
     *
     * @return completes when connected again
     */
    CompletableFuture<Session> reconnect();

    /**
     * Sends one message.
     *
     * @param message from position to limit; neither is moved
     * @return {@link SendResult#CLOSED} if there is no session
     */
    default SendResult send(ByteBuffer message) {
        return session().map(s -> s.send(message)).orElse(SendResult.CLOSED);
    }

    /**
     * Sends one message.
     *
     * @param message all of it
     * @return {@link SendResult#CLOSED} if there is no session
     */
    default SendResult send(byte[] message) {
        return send(ByteBuffer.wrap(message));
    }

    /**
     * Sends text in UTF-8.
     *
     * @param message its characters
     * @return {@link SendResult#CLOSED} if there is no session
     */
    default SendResult send(CharSequence message) {
        return session().map(s -> s.send(message)).orElse(SendResult.CLOSED);
    }

    /** Counters of the present session, or of the last one; all zero before the first. */
    SessionStats stats();

    /**
     * Adds a listener of all sessions of this client.
     *
     * @param listener hears from the next event on
     * @return ends the registration
     */
    Subscription listen(SessionListener listener);

    /** Disconnects and waits for it; called on an event loop, it only begins to. The client cannot be used again. */
    @Override
    void close();

    /** Configuration of a client; it ends in {@link #connect()}, {@link #connectAsync()}, {@link #build()} or {@link #open()}. */
    interface Builder extends SessionOptions<Builder> {
        /**
         * Where to connect to. The name is resolved anew at each attempt, and its addresses are tried in order. How long the
         * JDK remembers what it has resolved is set by its security property {@code networkaddress.cache.ttl}, 30 s by
         * default.
         *
         * @param host a name or an IPv4 or IPv6 literal
         * @param port 1 to 65,535
         */
        Builder to(String host, int port);

        /**
         * Local address and port to connect from; default: the system's choice.
         *
         * @param host a literal or a name of this machine
         * @param port 0 to 65,535; 0 lets the system choose
         */
        Builder from(String host, int port);

        /**
         * Longest time for one address to answer; default 10 s.
         *
         * @param time more than zero
         */
        Builder connectTimeout(Duration time);

        /**
         * Connects again when an attempt fails or a session ends otherwise than by this side; default: no.
         *
         * @param backoff how long to wait between attempts
         */
        Builder reconnect(Backoff backoff);

        /**
         * Adds a handler of failed attempts to connect, called on an event loop.
         *
         * @param handler gets the client and what failed
         */
        Builder onConnectFailed(BiConsumer<TcpClient, ErrorEvent> handler);

        /** Makes the client without connecting. */
        TcpClient build();

        /** Makes the client and connects; see {@link TcpClient#connect()}. */
        default TcpClient connect() {
            TcpClient client = build();
            try {
                client.connect();
            } catch (RuntimeException e) {
                client.close();
                throw e;
            }
            return client;
        }

        /**
         * Makes the client and begins to connect.
         *
         * @return completes with the connected client
         */
        default CompletableFuture<TcpClient> connectAsync() {
            TcpClient client = build();
            return client.connectAsync().thenApply(session -> client);
        }

        /**
         * Connects in blocking style: messages are taken by {@link Connection#receive()}. Reconnecting ends with the first
         * session.
         *
         * @return the open connection; closing it closes the client
         * @throws ConnectFailedException if it cannot connect
         */
        Connection open();
    }
}
