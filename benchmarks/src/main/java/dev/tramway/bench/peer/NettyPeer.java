package dev.tramway.bench.peer;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * Netty 4.2 as its documentation teaches it, with the options that it names as faster: the native transport, the default
 * pooling allocator, void promises, and one flush for all that a read brought. Its default write buffer water marks turned
 * out to be faster than larger ones.
 */
final class NettyPeer implements Peer {
    private final IoHandlerFactory transport;
    private final Class<? extends ServerChannel> channel;

    private NettyPeer(IoHandlerFactory transport, Class<? extends ServerChannel> channel) {
        this.transport = transport;
        this.channel = channel;
    }

    /** On the native epoll transport. */
    static Peer epoll() {
        return settings -> new NettyPeer(EpollIoHandler.newFactory(), EpollServerSocketChannel.class).start(settings);
    }

    /** On the transport that the JDK carries. */
    static Peer nio() {
        return settings -> new NettyPeer(NioIoHandler.newFactory(), NioServerSocketChannel.class).start(settings);
    }

    @Override
    public Running start(ServerSettings settings) throws InterruptedException {
        var work = work(settings);
        var loops = new MultiThreadIoEventLoopGroup(settings.threads(), transport);
        var bound = new ServerBootstrap()
                .group(loops)
                .channel(channel)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childHandler(work)
                .bind(InetAddress.getLoopbackAddress(), settings.port())
                .sync()
                .channel();
        work.begin();
        return new Server(bound, loops, work);
    }

    private static NettyWork work(ServerSettings settings) {
        return switch (settings.work()) {
            case ECHO -> new NettyEcho();
            case FRAMED -> new NettyFramed();
            case BROADCAST -> new NettyBroadcast(settings);
            case CHAT -> new NettyChat();
        };
    }

    private record Server(Channel channel, MultiThreadIoEventLoopGroup loops, NettyWork work) implements Running {
        @Override
        public int port() {
            return ((InetSocketAddress) channel.localAddress()).getPort();
        }

        @Override
        public long messages() {
            return work.calls.sum();
        }

        @Override
        public long broadcasts() {
            return work.broadcasts();
        }

        @Override
        public void close() {
            work.end();
            loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }
}
