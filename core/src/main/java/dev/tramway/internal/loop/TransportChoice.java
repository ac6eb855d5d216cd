package dev.tramway.internal.loop;

import dev.tramway.KeepAlive;
import dev.tramway.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;

/**
 * The transport that a service uses, and why. Each transport is a subclass in a class of its own, so that the classes of a
 * native transport are touched only where its jar is present.
 */
public abstract class TransportChoice {
    private static final int DATAGRAMS_PER_WRITE = 256;

    private final Transport transport;
    private final String reason;

    TransportChoice(Transport transport, String reason) {
        this.transport = transport;
        this.reason = reason;
    }

    /**
     * Finds the transport to use.
     *
     * @throws IllegalStateException if the one asked for is not available
     */
    static TransportChoice of(Transport wanted) {
        return switch (wanted) {
            case NIO -> new NioTransport("chosen");
            case EPOLL -> required(wanted, problem(EpollTransport::problem), () -> new EpollTransport("chosen"));
            case IO_URING -> required(wanted, problem(IoUringTransport::problem), () -> new IoUringTransport("chosen"));
            case KQUEUE -> required(wanted, problem(KqueueTransport::problem), () -> new KqueueTransport("chosen"));
            case AUTO -> automatic();
        };
    }

    private static TransportChoice automatic() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (os.contains("linux")) {
            String problem = problem(EpollTransport::problem);
            return problem.isEmpty() ? new EpollTransport("best on Linux") : new NioTransport("no epoll: " + problem);
        }
        if (os.contains("mac") || os.contains("bsd")) {
            String problem = problem(KqueueTransport::problem);
            return problem.isEmpty() ? new KqueueTransport("best on " + os) : new NioTransport("no kqueue: " + problem);
        }
        return new NioTransport("best on " + os);
    }

    private static TransportChoice required(
            Transport wanted, String problem, java.util.function.Supplier<TransportChoice> made) {
        if (problem.isEmpty()) {
            return made.get();
        }
        throw new IllegalStateException("transport " + wanted + " is not available: " + problem
                + " (use AUTO, or put Netty's native library for this platform on the class path)");
    }

    /** Asks a transport what keeps it from working, without stumbling over classes that are not there. */
    private static String problem(java.util.function.Supplier<String> probe) {
        try {
            return probe.get();
        } catch (LinkageError e) {
            return "its library is not on the class path";
        }
    }

    /** First line of what a probe reported, empty for no problem. */
    static String describe(@org.jspecify.annotations.Nullable Throwable cause) {
        if (cause == null) {
            return "";
        }
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
    }

    /** Which transport it is; never AUTO. */
    public final Transport transport() {
        return transport;
    }

    /** Why it is used, or why nothing better is. */
    public final String reason() {
        return reason;
    }

    abstract IoHandlerFactory handlers();

    /**
     * Makes a listening socket.
     *
     * @param ipv4Only for one that is bound to all IPv4 addresses and to no others, where the transport can
     */
    public abstract ServerSocketChannel newServerChannel(boolean ipv4Only);

    /** Channel class of TCP sockets. */
    public abstract Class<? extends SocketChannel> socketChannel();

    /** Makes a UDP socket of one address family. */
    public abstract DatagramChannel newDatagramChannel(SocketProtocolFamily family);

    /** The buffer that a UDP socket of a loop receives into. */
    public DatagramBuffer datagramBuffer(Loop loop) {
        return loop.datagramBuffer();
    }

    /** Most datagrams to hand to a UDP socket at once. */
    public int datagramsPerWrite() {
        return DATAGRAMS_PER_WRITE;
    }

    /**
     * Most datagrams that may be handed over as one run, which the kernel cuts again (UDP_SEGMENT); 1 where it cannot. All
     * but the last have the same size, and all go to the same peer.
     */
    public int datagramsPerRun() {
        return 1;
    }

    /**
     * What to write for a run of datagrams; only where {@link #datagramsPerRun} is more than 1.
     *
     * @param datagrams one behind the other
     * @param size of each, but for the last, which may be shorter
     * @param to who gets them
     */
    public DatagramPacket run(ByteBuf datagrams, int size, InetSocketAddress to) {
        throw new UnsupportedOperationException(transport + " sends no runs");
    }

    /** Has the kernel join datagrams of one peer for a UDP socket (UDP_GRO), where it can. */
    public void receiveRuns(DatagramChannel channel, DatagramBuffer buffer) {
        // datagrams come one by one, unless the transport says otherwise
    }

    /** Sets how a UDP socket sends multicast. */
    public abstract void multicast(DatagramChannel channel, SocketProtocolFamily family, MulticastOptions options);

    /** Sends an empty datagram at once, which Netty's own write passes over. */
    public abstract void sendEmpty(DatagramChannel channel, InetSocketAddress to) throws IOException;

    /** The option that lets several sockets share a port. */
    public abstract ChannelOption<Boolean> reusePort();

    /** Sets the kernel's keep-alive, with as much detail as the platform offers. */
    public abstract void keepAlive(Channel channel, KeepAlive keepAlive);

    /** Sets what every TCP socket of this transport needs before it is registered with its loop. */
    public void prepare(Bootstrap client) {
        // nothing, unless the transport says otherwise
    }

    /** The same for the sockets that a server accepts. */
    public void prepare(ServerBootstrap server) {
        // nothing, unless the transport says otherwise
    }
}
