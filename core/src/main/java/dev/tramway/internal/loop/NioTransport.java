package dev.tramway.internal.loop;

import dev.tramway.KeepAlive;
import dev.tramway.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.spi.SelectorProvider;
import jdk.net.ExtendedSocketOptions;

/** The JDK's selectors. */
final class NioTransport extends TransportChoice {
    /** The JDK's socket of a UDP channel, for what Netty leaves out. */
    private static final AttributeKey<java.nio.channels.DatagramChannel> SOCKET =
            AttributeKey.valueOf(NioTransport.class, "socket");

    NioTransport(String reason) {
        super(Transport.NIO, reason);
    }

    @Override
    IoHandlerFactory handlers() {
        return NioIoHandler.newFactory();
    }

    @Override
    public ServerSocketChannel newServerChannel(boolean ipv4Only) {
        return ipv4Only
                ? new NioServerSocketChannel(SelectorProvider.provider(), SocketProtocolFamily.INET)
                : new NioServerSocketChannel();
    }

    @Override
    public Class<? extends SocketChannel> socketChannel() {
        return NioSocketChannel.class;
    }

    @Override
    public DatagramChannel newDatagramChannel(SocketProtocolFamily family) {
        try {
            java.nio.channels.DatagramChannel socket = java.nio.channels.DatagramChannel.open(
                    family == SocketProtocolFamily.INET ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
            DatagramChannel channel = new NioDatagramChannel(socket);
            channel.attr(SOCKET).set(socket);
            return channel;
        } catch (IOException e) {
            throw new ChannelException("cannot open a UDP socket: " + e.getMessage(), e);
        }
    }

    /** By the JDK's options: Netty's own turns the meaning of the one for loopback round. */
    @Override
    public void multicast(DatagramChannel channel, SocketProtocolFamily family, MulticastOptions options) {
        options.ttl().ifPresent(ttl -> set(channel, StandardSocketOptions.IP_MULTICAST_TTL, ttl));
        options.loopback().ifPresent(on -> set(channel, StandardSocketOptions.IP_MULTICAST_LOOP, on));
        options.networkInterface().ifPresent(one -> set(channel, StandardSocketOptions.IP_MULTICAST_IF, one));
    }

    private static <T> void set(DatagramChannel channel, SocketOption<T> option, T value) {
        channel.config().setOption(NioChannelOption.of(option), value);
    }

    @Override
    public void sendEmpty(DatagramChannel channel, InetSocketAddress to) throws IOException {
        if (channel.isConnected()) {
            throw new IOException(
                    "the JDK sends no empty datagram from a connected socket; do not connect, or use another"
                            + " transport than NIO");
        }
        channel.attr(SOCKET).get().send(ByteBuffer.allocate(0), to);
    }

    @Override
    public ChannelOption<Boolean> reusePort() {
        return NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT);
    }

    @Override
    public void keepAlive(Channel channel, KeepAlive keepAlive) {
        channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        // Platforms without these options leave them out of the supported ones; Netty then answers false.
        channel.config().setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), (int)
                keepAlive.idle().toSeconds());
        channel.config().setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), (int)
                keepAlive.interval().toSeconds());
        channel.config().setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), keepAlive.probes());
    }
}
