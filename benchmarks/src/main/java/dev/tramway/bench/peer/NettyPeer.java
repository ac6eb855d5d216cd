package dev.tramway.bench.peer;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.Version;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * Netty 4.2 as its documentation teaches it, with the options that it names as faster: the native transport, the default
 * pooling allocator, void promises, one flush for all that a read brought, and for datagrams on epoll many of them in one
 * system call. Its default write buffer water marks turned out to be faster than larger ones.
 *
 * @param transport makes the I/O of a loop
 * @param servers listening sockets
 * @param datagrams datagram sockets
 * @param batches true to receive many datagrams at once
 * @param jdkTls true for the JDK's TLS engine although BoringSSL is there
 */
record NettyPeer(
        Supplier<IoHandlerFactory> transport,
        Class<? extends ServerChannel> servers,
        Class<? extends DatagramChannel> datagrams,
        boolean batches,
        boolean jdkTls)
        implements Peer {
    private static final int BATCH = 64;
    private static final int LONGEST_DATAGRAM = 2_048;

    /** On the native epoll transport. */
    static NettyPeer epoll() {
        return new NettyPeer(
                EpollIoHandler::newFactory, EpollServerSocketChannel.class, EpollDatagramChannel.class, true, false);
    }

    /** On io_uring. */
    static NettyPeer ioUring() {
        return new NettyPeer(
                IoUringIoHandler::newFactory,
                IoUringServerSocketChannel.class,
                IoUringDatagramChannel.class,
                false,
                false);
    }

    /** On the transport that the JDK carries. */
    static NettyPeer nio() {
        return new NettyPeer(
                NioIoHandler::newFactory, NioServerSocketChannel.class, NioDatagramChannel.class, false, false);
    }

    /** The same with the JDK's TLS engine. */
    NettyPeer withJdkTls() {
        return new NettyPeer(transport, servers, datagrams, batches, true);
    }

    @Override
    public String description() {
        var version = Optional.ofNullable(Version.identify().get("netty-transport"))
                .map(Version::artifactVersion)
                .orElse("unknown");
        return "Netty " + version + ", " + servers.getSimpleName() + ", TLS by " + provider()
                + "; frame decoder and prepender, ChannelGroup, void promises, one flush per read";
    }

    @Override
    public Set<Work> works() {
        return EnumSet.allOf(Work.class);
    }

    @Override
    public boolean speaksTls() {
        return true;
    }

    private SslProvider provider() {
        return OpenSsl.isAvailable() && !jdkTls ? SslProvider.OPENSSL : SslProvider.JDK;
    }

    @Override
    public Running start(ServerSettings settings) throws InterruptedException, SSLException {
        var work = work(settings);
        var loops = new MultiThreadIoEventLoopGroup(settings.threads(), transport.get());
        var bound = switch (settings.work()) {
            case UDP -> datagrams(loops, work, settings);
            case GROUP -> group(loops, work);
            default -> streams(loops, work, settings);
        };
        work.begin();
        int port =
                settings.work() == Work.GROUP ? settings.port() : ((InetSocketAddress) bound.localAddress()).getPort();
        return new Server(port, loops, work);
    }

    private Channel streams(MultiThreadIoEventLoopGroup loops, NettyWork work, ServerSettings settings)
            throws InterruptedException, SSLException {
        if (settings.certificate().isPresent()) {
            work.secure(tls(settings.certificate().get().toFile()));
        }
        return new ServerBootstrap()
                .group(loops)
                .channel(servers)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childHandler(work)
                .bind(InetAddress.getLoopbackAddress(), settings.port())
                .sync()
                .channel();
    }

    private SslContext tls(File pem) throws SSLException {
        return SslContextBuilder.forServer(pem, pem).sslProvider(provider()).build();
    }

    private Channel datagrams(MultiThreadIoEventLoopGroup loops, NettyWork work, ServerSettings settings)
            throws InterruptedException {
        var bootstrap = new Bootstrap().group(loops).channel(datagrams).handler(work);
        if (batches) {
            bootstrap
                    .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, LONGEST_DATAGRAM)
                    .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(BATCH * LONGEST_DATAGRAM));
        }
        return bootstrap
                .bind(InetAddress.getLoopbackAddress(), settings.port())
                .sync()
                .channel();
    }

    /** Datagrams do not leave the loopback interface, so they need no time to live of 0, which Netty's epoll refuses. */
    private Channel group(MultiThreadIoEventLoopGroup loops, NettyWork work) throws InterruptedException {
        return new Bootstrap()
                .group(loops)
                .channel(datagrams)
                .option(ChannelOption.IP_MULTICAST_IF, loopback())
                .handler(work)
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    private static NetworkInterface loopback() {
        try {
            return NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        } catch (SocketException e) {
            throw new IllegalStateException(e);
        }
    }

    private static NettyWork work(ServerSettings settings) {
        return switch (settings.work()) {
            case ECHO -> new NettyEcho();
            case FRAMED -> new NettyFramed();
            case BROADCAST -> new NettyBroadcast(settings, false);
            case LOSSY -> new NettyBroadcast(settings, true);
            case CHAT -> new NettyChat();
            case UDP -> new NettyDatagrams();
            case GROUP -> new NettyGroup(settings);
        };
    }

    private record Server(int port, MultiThreadIoEventLoopGroup loops, NettyWork work) implements Running {
        @Override
        public long messages() {
            return work.calls.sum();
        }

        @Override
        public long broadcasts() {
            return work.broadcasts();
        }

        @Override
        public void rate(double perSecond) {
            work.rate(perSecond);
        }

        @Override
        public void close() {
            work.end();
            loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }
}
