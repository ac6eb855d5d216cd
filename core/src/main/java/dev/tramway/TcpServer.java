package dev.tramway;

import dev.tramway.internal.tcp.ServerBuilder;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A TCP or TLS server on one or several ports. All methods may be called from any thread.
 *
 * <p>A connection stays open until one side ends it: every time and rate limit is off until set, but for the TLS
 * handshake's.
 */
public interface TcpServer extends AutoCloseable {
    /**
     * Begins to configure a server.
     *
     * @param io the event loops it lives on; may serve others too
     */
    static Builder on(IoService io) {
        return new ServerBuilder(io);
    }

    /** A random id of this server; in a cluster, that of its node. */
    UUID id();

    /** The event loops it lives on. */
    IoService service();

    /** True from a successful start until a stop begins. */
    boolean isRunning();

    /** The addresses it listens on, in the order of configuration, with the real port where 0 was asked for. */
    List<InetSocketAddress> addresses();

    /** The first port. */
    default int port() {
        return addresses().get(0).getPort();
    }

    /** The sessions open now; a snapshot. */
    Collection<Session> sessions();

    /**
     * Finds an open session.
     *
     * @param id see {@link Session#id}
     */
    Optional<Session> findSession(UUID id);

    /**
     * Sends a message to one session.
     *
     * @param session its id
     * @param message from position to limit; neither is moved
     * @return {@link SendResult#CLOSED} if there is no such session
     */
    default SendResult send(UUID session, ByteBuffer message) {
        return findSession(session).map(s -> s.send(message)).orElse(SendResult.CLOSED);
    }

    /** The group of all sessions; each is added before its {@code onConnect}. */
    Group everyone();

    /**
     * A group by name; it need not exist before.
     *
     * @param name any text
     */
    Group group(String name);

    /**
     * Sends a message to all sessions; see {@link Group}.
     *
     * @param message from position to limit; neither is moved
     */
    default SendResult broadcast(ByteBuffer message) {
        return everyone().broadcast(message);
    }

    /**
     * Sends a message to all sessions.
     *
     * @param message all of it
     */
    default SendResult broadcast(byte[] message) {
        return everyone().broadcast(ByteBuffer.wrap(message));
    }

    /**
     * Sends text in UTF-8 to all sessions.
     *
     * @param message its characters
     */
    default SendResult broadcast(CharSequence message) {
        return broadcast(message.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends a message to all sessions but one.
     *
     * @param message from position to limit; neither is moved
     * @param except who does not get it, often the sender
     */
    default SendResult broadcast(ByteBuffer message, Session except) {
        return everyone().broadcast(message, except);
    }

    /** The group of all sessions on all nodes of the cluster. */
    default SharedGroup everywhere() {
        return everyone().everywhere();
    }

    /**
     * Sends a message to one session, whichever node of the cluster it lives on.
     *
     * @param session its address
     * @param message from position to limit; copied before the method returns
     * @return the answer of its node; {@link SendResult#CLOSED} also if there is no such node, {@link SendResult#FULL} also if
     *     there is no room on the way. Fails with {@link TimedOutException} if no answer comes within two seconds: then the
     *     session may have got the message or not.
     */
    CompletableFuture<SendResult> send(SessionAddress session, ByteBuffer message);

    /**
     * Closes one session with {@link CloseReason.Kind#LOCAL}, whichever node of the cluster it lives on.
     *
     * @param session its address
     * @return true if it was open; fails with {@link TimedOutException} if its node does not answer within two seconds
     */
    CompletableFuture<Boolean> disconnect(SessionAddress session);

    /** Closes all sessions with {@link CloseReason.Kind#LOCAL}; the server goes on. */
    void disconnectAll();

    /** Counters as of now. */
    ServerStats stats();

    /**
     * Adds a listener of the server and all its sessions.
     *
     * @param listener hears from the next event on; its session events come where the configured ones do
     * @return ends the registration
     */
    Subscription listen(ServerListener listener);

    /**
     * Stops: no more connections, queues are drained, sessions are told in order and closed with
     * {@link CloseReason.Kind#SHUTDOWN}; what is not drained in time is cut.
     *
     * @param drain longest time; zero closes at once
     * @return completes after the last {@code onDisconnect}, on an event loop; the same for all who ask
     */
    CompletableFuture<StopReport> stop(Duration drain);

    /**
     * Stops without draining and starts again on the same ports with the same configuration.
     *
     * @return completes when the server listens again; fails with {@link BindFailedException}
     */
    CompletableFuture<Void> restart();

    /** Waits until the server has stopped. */
    void awaitStop() throws InterruptedException;

    /** Stops without draining and waits for it; called on an event loop, it only begins the stop. */
    @Override
    void close();

    /** Options of one port. */
    interface Port extends SessionOptions<Port> {}

    /** Configuration of a server; it ends in {@link #start()}. */
    interface Builder extends SessionOptions<Builder> {
        /**
         * Listens on a port, with the options of the server.
         *
         * @param port 0 to 65,535; 0 lets the system choose
         */
        Builder port(int port);

        /**
         * Listens on a port with options of its own. Listeners are added to the server's; everything else that is set
         * replaces the server's.
         *
         * @param port 0 to 65,535; 0 lets the system choose
         * @param options sets them
         */
        Builder port(int port, Consumer<Port> options);

        /**
         * Listens on several ports, with the options of the server.
         *
         * @param ports 0 to 65,535 each
         */
        Builder ports(int... ports);

        /**
         * Address to listen on for all ports; default: all addresses, IPv6 and IPv4.
         *
         * @param literal an IPv4 or IPv6 literal or a name of this machine, such as {@code 127.0.0.1}, {@code ::1},
         *     {@code localhost}, {@code 0.0.0.0} for IPv4 only (with {@link Transport#NIO} and {@link
         *     Transport#EPOLL}); {@code ::} takes both families, as the default does
         */
        Builder address(String literal);

        /**
         * Most connections that the kernel keeps waiting for accept; default 4,096, bounded by the system.
         *
         * @param connections 1 or more
         */
        Builder backlog(int connections);

        /**
         * Binds although old connections of the port linger (SO_REUSEADDR); default true.
         *
         * @param on false to refuse
         */
        Builder reuseAddress(boolean on);

        /**
         * Lets several processes share the port (SO_REUSEPORT), where the platform can; default false.
         *
         * @param on true to share
         */
        Builder reusePort(boolean on);

        /**
         * Most sessions at once; further connections are closed at once and counted. Default 0: no limit.
         *
         * @param sessions 0 for no limit
         */
        Builder maxSessions(int sessions);

        /**
         * Most sessions at once from one address; default 0: no limit.
         *
         * @param sessions 0 for no limit
         */
        Builder maxSessionsPerAddress(int sessions);

        /**
         * Most connections accepted in a second, on all ports together, after a burst of the same number; others wait in
         * the kernel's backlog. Default 0: no limit.
         *
         * @param connections 0 for no limit
         */
        Builder acceptRate(int connections);

        /**
         * Joins the server to those of other processes; see {@link Group#everywhere}. Default: it is alone.
         *
         * @param cluster made for this server only, and closed by the caller after it
         */
        Builder cluster(Cluster cluster);

        /**
         * Serves each session in blocking style on a virtual thread of its own. Other listeners are still called.
         *
         * @param handler runs until the connection ends
         */
        Builder handle(ConnectionHandler handler);

        /**
         * Adds a listener of the server and all its sessions.
         *
         * @param listener hears in the order of the additions
         */
        Builder listen(ServerListener listener);

        /**
         * Binds all ports and accepts connections.
         *
         * @return the running server
         * @throws BindFailedException if a port cannot be bound; then none is
         */
        TcpServer start();

        /**
         * The same without waiting.
         *
         * @return fails with {@link BindFailedException} if a port cannot be bound; then none is
         */
        CompletableFuture<TcpServer> startAsync();
    }
}
