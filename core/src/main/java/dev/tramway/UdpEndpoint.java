package dev.tramway;

import dev.tramway.internal.udp.EndpointBuilder;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A UDP endpoint, server and client alike: bound to a port, or connected to one peer, or both. All methods may be called
 * from any thread.
 *
 * <pre>{@code
 * UdpEndpoint.on(io).bind(3333).onDatagram((endpoint, from, bytes) -> endpoint.send(from, bytes)).start();
 * }</pre>
 *
 * <p>Datagrams that are sent in one turn of an event loop leave together, in one system call where the platform can. From one
 * thread to one address they leave in order. Errors never end an endpoint.
 */
public interface UdpEndpoint extends AutoCloseable {
    /** Most bytes in a datagram: 65,507, the limit of IPv4. */
    int MAX_DATAGRAM = 65_507;

    /**
     * Begins to configure an endpoint.
     *
     * @param io the event loops it lives on; may serve others too
     */
    static Builder on(IoService io) {
        return new EndpointBuilder(io);
    }

    /** A random id of this endpoint; it stays the same over restarts. */
    UUID id();

    /** The event loops it lives on. */
    IoService service();

    /** True from a successful start until a stop begins. */
    boolean isRunning();

    /** Its own address, with the real port where 0 was asked for; still known after a stop. */
    InetSocketAddress address();

    /** Its own port. */
    default int port() {
        return address().getPort();
    }

    /** The peer of a connected endpoint; empty for any other. */
    Optional<InetSocketAddress> peer();

    /**
     * Sends a datagram. Never blocks. The bytes are copied before the method returns.
     *
     * @param to an address of the endpoint's family; for a connected endpoint, its peer
     * @param datagram from position to limit, at most {@link #MAX_DATAGRAM} bytes; neither is moved
     * @return {@link SendResult#FULL} if the queue is at its limit: the datagram is counted as dropped, and
     *     {@code onWritable} tells when there is room
     * @throws IllegalArgumentException if the datagram is too long, or nothing can be sent to that address
     */
    SendResult send(InetSocketAddress to, ByteBuffer datagram);

    /**
     * Sends a datagram; see {@link #send(InetSocketAddress, ByteBuffer)}.
     *
     * @param to where to
     * @param datagram all of it
     */
    default SendResult send(InetSocketAddress to, byte[] datagram) {
        return send(to, ByteBuffer.wrap(datagram));
    }

    /**
     * Sends text in UTF-8 as one datagram; see {@link #send(InetSocketAddress, ByteBuffer)}.
     *
     * @param to where to
     * @param datagram its characters
     */
    default SendResult send(InetSocketAddress to, CharSequence datagram) {
        return send(to, datagram.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends a datagram to the peer of a connected endpoint; see {@link #send(InetSocketAddress, ByteBuffer)}. With
     * {@link Transport#NIO}, a connected endpoint cannot send an empty one.
     *
     * @param datagram from position to limit; neither is moved
     * @throws IllegalStateException if the endpoint is not connected
     */
    SendResult send(ByteBuffer datagram);

    /**
     * Sends a datagram to the peer of a connected endpoint; see {@link #send(ByteBuffer)}.
     *
     * @param datagram all of it
     */
    default SendResult send(byte[] datagram) {
        return send(ByteBuffer.wrap(datagram));
    }

    /**
     * Sends text in UTF-8 to the peer of a connected endpoint; see {@link #send(ByteBuffer)}.
     *
     * @param datagram its characters
     */
    default SendResult send(CharSequence datagram) {
        return send(datagram.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends a datagram and tells when the kernel has taken it.
     *
     * @param to where to
     * @param datagram from position to limit; neither is moved
     * @return completes on an event loop; fails with {@link SendFailedException} if the queue is full or the kernel refuses
     *     it, with {@link ClosedException} if the endpoint stops first
     */
    CompletableFuture<Void> sendAsync(InetSocketAddress to, ByteBuffer datagram);

    /**
     * Sends a datagram to the peer of a connected endpoint and tells when the kernel has taken it.
     *
     * @param datagram from position to limit; neither is moved
     * @throws IllegalStateException if the endpoint is not connected
     */
    CompletableFuture<Void> sendAsync(ByteBuffer datagram);

    /**
     * Sends a datagram to the group of {@link Builder#multicastTo}; see {@link #send(InetSocketAddress, ByteBuffer)}.
     *
     * @param datagram from position to limit; neither is moved
     * @throws IllegalStateException if no group was set
     */
    SendResult multicast(ByteBuffer datagram);

    /**
     * Sends a datagram to the group of {@link Builder#multicastTo}.
     *
     * @param datagram all of it
     */
    default SendResult multicast(byte[] datagram) {
        return multicast(ByteBuffer.wrap(datagram));
    }

    /**
     * Sends text in UTF-8 to the group of {@link Builder#multicastTo}.
     *
     * @param datagram its characters
     */
    default SendResult multicast(CharSequence datagram) {
        return multicast(datagram.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends a datagram to the group of {@link Builder#multicastTo} and tells when the kernel has taken it; see
     * {@link #sendAsync(InetSocketAddress, ByteBuffer)}.
     *
     * @param datagram from position to limit; neither is moved
     * @throws IllegalStateException if no group was set
     */
    CompletableFuture<Void> multicastAsync(ByteBuffer datagram);

    /** The group of {@link Builder#multicastTo}. */
    Optional<InetSocketAddress> multicastEndpoint();

    /**
     * Joins a group. It is joined again after a restart. Joining a group that is joined already does nothing.
     *
     * @param group what to hear, and where
     * @return completes on an event loop, after {@code onJoined}; fails with {@link SendFailedException} if the system
     *     refuses, with {@link ClosedException} if the endpoint is not running
     */
    CompletableFuture<Void> join(MulticastGroup group);

    /**
     * Joins a group on the endpoint's interface; see {@link #join(MulticastGroup)}.
     *
     * @param group a literal
     */
    default CompletableFuture<Void> join(String group) {
        return join(MulticastGroup.of(group));
    }

    /**
     * Leaves a group. Leaving a group that is not joined does nothing.
     *
     * @param group as it was joined
     * @return completes on an event loop, after {@code onLeft}; fails as {@link #join(MulticastGroup)} does
     */
    CompletableFuture<Void> leave(MulticastGroup group);

    /**
     * Leaves a group on the endpoint's interface; see {@link #leave(MulticastGroup)}.
     *
     * @param group a literal
     */
    default CompletableFuture<Void> leave(String group) {
        return leave(MulticastGroup.of(group));
    }

    /**
     * Delivers no datagram after the one being handled, until {@link #resumeReading}. Those that were read already are kept;
     * those that arrive wait in the kernel's buffer and are lost when that is full.
     */
    void pauseReading();

    /** Reads on. */
    void resumeReading();

    /** Counters as of now; exact when read on the loop of an endpoint with one socket. */
    UdpStats stats();

    /**
     * Adds a listener.
     *
     * @param listener hears from the next event on
     * @return ends the registration
     */
    Subscription listen(UdpListener listener);

    /**
     * Stops: what the kernel takes at once is sent, the rest is counted as dropped.
     *
     * @return completes after {@code onStopped}; the same for all who ask
     */
    CompletableFuture<Void> stop();

    /**
     * Stops and starts again on the same port, with the same configuration and the groups that are joined now.
     *
     * @return completes when it receives again; fails with {@link BindFailedException}
     */
    CompletableFuture<Void> restart();

    /** Stops and waits for it; called on an event loop or by a handler, it only begins the stop. */
    @Override
    void close();

    /** What to do with a datagram; see {@link UdpListener#onDatagram}. */
    @FunctionalInterface
    interface DatagramHandler {
        /**
         * Handles one datagram.
         *
         * @param endpoint the endpoint
         * @param from who sent it
         * @param datagram its bytes, read-only, valid only inside the call
         */
        void handle(UdpEndpoint endpoint, InetSocketAddress from, ByteBuffer datagram);
    }

    /** What to do when a datagram was sent; see {@link UdpListener#onSent}. */
    @FunctionalInterface
    interface SentHandler {
        /**
         * Handles the event.
         *
         * @param endpoint the endpoint
         * @param to where it goes
         * @param bytes how long it is
         */
        void handle(UdpEndpoint endpoint, InetSocketAddress to, int bytes);
    }

    /** Configuration of an endpoint; it ends in {@link #start()}, {@link #startAsync()} or {@link #open()}. */
    interface Builder {
        /**
         * Binds a port on all addresses: of both families if there is IPv6, of IPv4 only if a group of the configuration is
         * an IPv4 one. Without any {@code bind} the system chooses the port.
         *
         * @param port 0 to 65,535; 0 lets the system choose
         */
        Builder bind(int port);

        /**
         * Binds a port on one address.
         *
         * @param address an IPv4 or IPv6 literal or a name of this machine, such as {@code 127.0.0.1}, {@code ::1},
         *     {@code 0.0.0.0} for IPv4 only
         * @param port 0 to 65,535; 0 lets the system choose
         */
        Builder bind(String address, int port);

        /**
         * Connects to one peer: only its datagrams are heard, and a refusal ({@code ECONNREFUSED}) is told to
         * {@code onError}. The name is resolved anew at each start.
         *
         * @param host a name or an IPv4 or IPv6 literal
         * @param port 1 to 65,535
         */
        Builder connect(String host, int port);

        /**
         * Spreads peers over several sockets on the same port (SO_REUSEPORT), each on an event loop of its own where there
         * are enough; default 1. Multicast is heard by one of them. A broadcast is heard once too if the endpoint is bound to
         * an address; bound to all addresses, by every socket.
         *
         * @param count 1 to 1,024
         */
        Builder sockets(int count);

        /**
         * Longest datagram to deliver; default {@link #MAX_DATAGRAM}. One that is longer is never cut: it is told to
         * {@code onError} as {@code DATAGRAM_TOO_LONG}, counted, and thrown away.
         *
         * @param bytes 1 to 65,507
         */
        Builder maxDatagram(int bytes);

        /**
         * Binds although another socket that allows it too is bound to the port, as several multicast receivers of one
         * machine do (SO_REUSEADDR); default false, as it lets another program take the port over.
         *
         * @param on true to share
         */
        Builder reuseAddress(boolean on);

        /**
         * Lets several endpoints of the same user share the port, each peer served by one of them (SO_REUSEPORT); default
         * false.
         *
         * @param on true to share
         */
        Builder reusePort(boolean on);

        /**
         * Sizes of the kernel's socket buffers; default 0, the system's own, which on Linux is about 200 KiB and bounded by
         * {@code net.core.rmem_max} and {@code wmem_max}.
         *
         * @param receive bytes, 0 to leave it
         * @param send bytes, 0 to leave it
         */
        Builder socketBuffers(int receive, int send);

        /**
         * Lets the kernel join datagrams of one peer while they wait (UDP_GRO); they are still delivered one by one. Worth
         * it where few peers send bursts of equal datagrams in runs, as this library does by itself on epoll; where many peers
         * send single ones, receiving them in batches, as without this, is faster. Default false; where the transport or the
         * kernel cannot do it, nothing changes.
         *
         * @param on true to join
         */
        Builder receiveOffload(boolean on);

        /**
         * Permits to send to broadcast addresses (SO_BROADCAST); default false.
         *
         * @param on true to permit
         */
        Builder broadcast(boolean on);

        /**
         * Interface that multicast datagrams are sent on, and groups are joined on that name none; default: the system's
         * choice.
         *
         * @param name name of an interface, or one of its addresses
         */
        default Builder multicastInterface(String name) {
            return multicastInterface(MulticastGroup.interfaceOf(name));
        }

        /**
         * Interface that multicast datagrams are sent on, and groups are joined on that name none; default: the system's
         * choice.
         *
         * @param networkInterface the interface
         */
        Builder multicastInterface(NetworkInterface networkInterface);

        /**
         * How many routers a multicast datagram may pass, plus one; 0 keeps it on this machine. Default 1: the local network.
         *
         * @param hops 0 to 255
         */
        Builder ttl(int hops);

        /**
         * Whether multicast datagrams are also heard by this machine; default true.
         *
         * @param on false to keep them out
         */
        Builder loopback(boolean on);

        /**
         * Joins a group at each start.
         *
         * @param group what to hear, and where
         */
        Builder join(MulticastGroup group);

        /**
         * Joins a group at each start, on the endpoint's interface.
         *
         * @param group a literal
         */
        default Builder join(String group) {
            return join(MulticastGroup.of(group));
        }

        /**
         * Where {@link UdpEndpoint#multicast(ByteBuffer)} sends to.
         *
         * @param group a literal
         * @param port 1 to 65,535
         */
        Builder multicastTo(String group, int port);

        /**
         * Limit and policy of what is accepted and not yet taken by the kernel; each datagram counts 32 bytes more than it
         * holds. The limit is that of each socket; default 1 MiB and {@link Outbound.WhenFull#DROP_NEWEST}.
         *
         * @param outbound limit and policy; {@link Outbound.WhenFull#DISCONNECT} is refused, since there is nobody to
         *     disconnect
         */
        Builder outbound(Outbound outbound);

        /**
         * Runs listeners on an executor instead of the event loop; calls for one socket stay in order and never overlap.
         * While datagrams are handled, nothing more is read.
         *
         * @param executor for example {@code Executors.newFixedThreadPool(8)}; not shut down by Tramway
         */
        Builder handlers(Executor executor);

        /**
         * Adds a listener.
         *
         * @param listener hears in the order of the additions
         */
        Builder listen(UdpListener listener);

        /**
         * Adds a handler; see {@link UdpListener#onStarted}.
         *
         * @param handler what to do
         */
        Builder onStarted(Consumer<UdpEndpoint> handler);

        /**
         * Adds a handler; see {@link UdpListener#onDatagram}.
         *
         * @param handler what to do; the datagram is valid only inside the call
         */
        Builder onDatagram(DatagramHandler handler);

        /**
         * Adds a handler; see {@link UdpListener#onSent}.
         *
         * @param handler what to do
         */
        Builder onSent(SentHandler handler);

        /**
         * Adds a handler; see {@link UdpListener#onWritable}.
         *
         * @param handler what to do
         */
        Builder onWritable(Consumer<UdpEndpoint> handler);

        /**
         * Adds a handler; see {@link UdpListener#onJoined}.
         *
         * @param handler what to do
         */
        Builder onJoined(BiConsumer<UdpEndpoint, MulticastGroup> handler);

        /**
         * Adds a handler; see {@link UdpListener#onLeft}.
         *
         * @param handler what to do
         */
        Builder onLeft(BiConsumer<UdpEndpoint, MulticastGroup> handler);

        /**
         * Adds a handler; see {@link UdpListener#onError}. Without any, trouble is told to the service, at most once a
         * second.
         *
         * @param handler what to do
         */
        Builder onError(BiConsumer<UdpEndpoint, ErrorEvent> handler);

        /**
         * Adds a handler; see {@link UdpListener#onStopped}.
         *
         * @param handler what to do
         */
        Builder onStopped(Consumer<UdpEndpoint> handler);

        /**
         * Binds or connects, joins the groups, and receives.
         *
         * @return the running endpoint
         * @throws BindFailedException if it cannot be bound or connected, or a group cannot be joined
         * @throws IllegalStateException on an event loop, which would wait for itself
         */
        UdpEndpoint start();

        /**
         * The same without waiting.
         *
         * @return fails with {@link BindFailedException} if it cannot be bound or connected, or a group cannot be joined
         */
        CompletableFuture<UdpEndpoint> startAsync();

        /**
         * Starts in blocking style: datagrams are taken by {@link UdpSocket#receive()}. Other listeners are still called, on
         * the event loop.
         *
         * @return closing it stops the endpoint
         * @throws BindFailedException if it cannot be bound or connected, or a group cannot be joined
         */
        UdpSocket open();
    }
}
