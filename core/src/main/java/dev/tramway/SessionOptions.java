package dev.tramway;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/**
 * What servers, their single ports and clients have in common: framing, TLS, limits, socket options and listeners of the
 * sessions they make. Not for use by several threads at once.
 *
 * @param <B> the builder itself
 */
public interface SessionOptions<B extends SessionOptions<B>> {
    /**
     * Framing of new sessions, both directions; default {@link Framing#raw()}.
     *
     * @param framing the framing
     */
    B framing(Framing framing);

    /**
     * Encrypts; default is plain TCP.
     *
     * @param tls certificates, trust and protocol
     */
    B tls(Tls tls);

    /**
     * Limit and policy of what a session owes its peer; default {@link Outbound#DEFAULT}.
     *
     * @param outbound limit and policy
     */
    B outbound(Outbound outbound);

    /**
     * Sends small messages at once (TCP_NODELAY); default true, since messages of one turn are coalesced here.
     *
     * @param on false lets the kernel delay them (Nagle's algorithm)
     */
    B noDelay(boolean on);

    /**
     * Switches on the kernel's keep-alive probes; default off.
     *
     * @param keepAlive times and count
     */
    B keepAlive(KeepAlive keepAlive);

    /**
     * Sizes of the kernel's socket buffers; default 0, the system's own.
     *
     * @param receive bytes, 0 to leave it
     * @param send bytes, 0 to leave it
     */
    B socketBuffers(int receive, int send);

    /**
     * Longest time for a TLS handshake; default 10 s. Zero: no limit.
     *
     * @param time then the connection is closed with {@link CloseReason.Kind#HANDSHAKE_TIMEOUT}
     */
    B handshakeTimeout(Duration time);

    /**
     * Longest time without a byte received; default zero: no limit.
     *
     * @param time then the session is closed with {@link CloseReason.Kind#IDLE}
     */
    B idleTimeout(Duration time);

    /**
     * Longest time from connect to the first byte received; default zero: no limit.
     *
     * @param time then the session is closed with {@link CloseReason.Kind#FIRST_BYTE_TIMEOUT}
     */
    B firstByteTimeout(Duration time);

    /**
     * Longest time in which a peer that is owed data takes none, or less than {@link #leastWriteRate} wants; default zero: no limit.
     *
     * @param time then the session is closed with {@link CloseReason.Kind#WRITE_TIMEOUT}
     */
    B writeTimeout(Duration time);

    /**
     * Least rate at which a peer takes what it is owed, on average over each write time; without {@link #writeTimeout} it means
     * nothing. Default zero: any byte will do.
     *
     * @param bytesPerSecond zero or more; a peer that takes less is closed with {@link CloseReason.Kind#WRITE_TIMEOUT}
     */
    B leastWriteRate(long bytesPerSecond);

    /**
     * Runs listeners on an executor instead of the event loop; calls for one session stay in order and never overlap. While
     * a session's messages are handled, nothing more is read from it.
     *
     * @param executor for example {@code Executors.newFixedThreadPool(8)}; not shut down by Tramway
     */
    B handlers(Executor executor);

    /**
     * Adds a listener of all sessions.
     *
     * @param listener hears in the order of the additions
     */
    B listen(SessionListener listener);

    /**
     * Adds a handler; see {@link SessionListener#onHandshake}.
     *
     * @param handler what to do
     */
    B onHandshake(BiConsumer<Session, TlsInfo> handler);

    /**
     * Adds a handler; see {@link SessionListener#onConnect}.
     *
     * @param handler what to do
     */
    B onConnect(Consumer<Session> handler);

    /**
     * Adds a handler; see {@link SessionListener#onMessage}.
     *
     * @param handler what to do; the message is valid only inside the call
     */
    B onMessage(BiConsumer<Session, ByteBuffer> handler);

    /**
     * Adds a handler of decoded messages.
     *
     * @param codec decodes each message
     * @param handler what to do
     * @param <M> type of the objects
     */
    default <M> B onMessage(Codec<M> codec, BiConsumer<Session, M> handler) {
        return onMessage((session, message) -> handler.accept(session, codec.decode(message)));
    }

    /**
     * Adds a handler; see {@link SessionListener#onSent}.
     *
     * @param handler what to do
     */
    B onSent(ObjIntConsumer<Session> handler);

    /**
     * Adds a handler; see {@link SessionListener#onWritable}.
     *
     * @param handler what to do
     */
    B onWritable(Consumer<Session> handler);

    /**
     * Adds a handler; see {@link SessionListener#onError}.
     *
     * @param handler what to do
     */
    B onError(BiConsumer<Session, ErrorEvent> handler);

    /**
     * Adds a handler; see {@link SessionListener#onDisconnect}.
     *
     * @param handler what to do
     */
    B onDisconnect(BiConsumer<Session, CloseReason> handler);
}
