package dev.tramway.internal.loop;

import dev.tramway.KeepAlive;
import dev.tramway.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Linux epoll. */
final class EpollTransport extends TransportChoice {
    /** What every kernel with UDP_SEGMENT takes; newer ones take twice as many. */
    private static final int DATAGRAMS_PER_RUN = 64;

    EpollTransport(String reason) {
        super(Transport.EPOLL, reason);
    }

    /** What keeps it from working; empty if nothing does. */
    static String problem() {
        return describe(Epoll.unavailabilityCause());
    }

    @Override
    IoHandlerFactory handlers() {
        IoHandlerFactory epoll = EpollIoHandler.newFactory();
        return executor -> new LastingEpoll(epoll.newHandler(executor));
    }

    @Override
    public ServerSocketChannel newServerChannel(boolean ipv4Only) {
        return ipv4Only ? new EpollServerSocketChannel(SocketProtocolFamily.INET) : new EpollServerSocketChannel();
    }

    @Override
    public Class<? extends SocketChannel> socketChannel() {
        return EpollSocketChannel.class;
    }

    @Override
    public DatagramChannel newDatagramChannel(SocketProtocolFamily family) {
        DatagramChannel channel = new EpollDatagramChannel(family);
        channel.config().setOption(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DatagramBuffer.SLOT);
        LinuxDatagrams.hearOnlyOwnGroups(channel, family);
        return channel;
    }

    /** Netty is told the sizes in a run by recvmsg only, which receives one run or datagram with each call. */
    @Override
    public void receiveRuns(DatagramChannel channel, DatagramBuffer buffer) {
        try {
            channel.config().setOption(EpollChannelOption.UDP_GRO, true);
        } catch (ChannelException olderThanLinux5) {
            return;
        }
        channel.config().setOption(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, 0);
        channel.config().setRecvByteBufAllocator(buffer.oneByOne());
    }

    @Override
    @SuppressWarnings("deprecation") // Netty tells it nowhere else
    public int datagramsPerRun() {
        return io.netty.channel.epoll.SegmentedDatagramPacket.isSupported() ? DATAGRAMS_PER_RUN : 1;
    }

    @Override
    public DatagramPacket run(ByteBuf datagrams, int size, InetSocketAddress to) {
        return new SegmentedDatagramPacket(datagrams, size, to);
    }

    @Override
    public void multicast(DatagramChannel channel, SocketProtocolFamily family, MulticastOptions options) {
        LinuxDatagrams.set(channel, family, options);
    }

    @Override
    public void sendEmpty(DatagramChannel channel, InetSocketAddress to) throws IOException {
        LinuxDatagrams.sendEmpty(channel, to);
    }

    @Override
    public ChannelOption<Boolean> reusePort() {
        return UnixChannelOption.SO_REUSEPORT;
    }

    @Override
    public void keepAlive(Channel channel, KeepAlive keepAlive) {
        channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        channel.config().setOption(EpollChannelOption.TCP_KEEPIDLE, (int)
                keepAlive.idle().toSeconds());
        channel.config().setOption(EpollChannelOption.TCP_KEEPINTVL, (int)
                keepAlive.interval().toSeconds());
        channel.config().setOption(EpollChannelOption.TCP_KEEPCNT, keepAlive.probes());
    }
}
