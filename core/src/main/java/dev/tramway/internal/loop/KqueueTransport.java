package dev.tramway.internal.loop;

import dev.tramway.KeepAlive;
import dev.tramway.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueDatagramChannel;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.kqueue.KQueueSocketChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** macOS and BSD kqueue. */
final class KqueueTransport extends TransportChoice {
    KqueueTransport(String reason) {
        super(Transport.KQUEUE, reason);
    }

    /** What keeps it from working; empty if nothing does. */
    static String problem() {
        return describe(KQueue.unavailabilityCause());
    }

    @Override
    IoHandlerFactory handlers() {
        return KQueueIoHandler.newFactory();
    }

    @Override
    public ServerSocketChannel newServerChannel(boolean ipv4Only) {
        // Netty has no socket of one family here.
        return new KQueueServerSocketChannel();
    }

    @Override
    public Class<? extends SocketChannel> socketChannel() {
        return KQueueSocketChannel.class;
    }

    @Override
    public DatagramChannel newDatagramChannel(SocketProtocolFamily family) {
        return new KQueueDatagramChannel(family);
    }

    @Override
    public void multicast(DatagramChannel channel, SocketProtocolFamily family, MulticastOptions options) {
        options.ttl().ifPresent(ttl -> channel.config().setTimeToLive(ttl));
        options.loopback().ifPresent(on -> channel.config().setLoopbackModeDisabled(!on));
        options.networkInterface().ifPresent(one -> channel.config().setNetworkInterface(one));
    }

    @Override
    public void sendEmpty(DatagramChannel channel, InetSocketAddress to) throws IOException {
        new Socket(((UnixChannel) channel).fd().intValue())
                .sendTo(ByteBuffer.allocateDirect(1), 0, 0, to.getAddress(), to.getPort());
    }

    @Override
    public ChannelOption<Boolean> reusePort() {
        return UnixChannelOption.SO_REUSEPORT;
    }

    @Override
    public void keepAlive(Channel channel, KeepAlive keepAlive) {
        channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        // The times are the system's: Netty's kqueue transport has no options for them.
    }
}
