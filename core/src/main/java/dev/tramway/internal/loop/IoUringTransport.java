package dev.tramway.internal.loop;

import dev.tramway.KeepAlive;
import dev.tramway.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringFixedBufferRingAllocator;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Linux io_uring, with a ring of receive buffers, so that an idle session holds none. */
final class IoUringTransport extends TransportChoice {
    private static final short BUFFER_GROUP = 0;
    private static final short RING_BUFFERS = 32;
    private static final String MULTISHOT_ACCEPT = "io.netty.iouring.acceptMultiShotEnabled";
    private static final String MULTISHOT_RECEIVE = "io.netty.iouring.recvMultiShotEnabled";

    static {
        // A multishot receive goes on while reading is paused, and takes whatever the peer sends.
        if (System.getProperty(MULTISHOT_RECEIVE) == null) {
            System.setProperty(MULTISHOT_RECEIVE, "false");
        }
        // Before Netty looks. It begins a multishot accept anew as soon as it fails, whether accepting is paused or not
        // (4.2.18
        // to 4.2.20): without descriptors, the loop would turn in circles.
        if (System.getProperty(MULTISHOT_ACCEPT) == null) {
            System.setProperty(MULTISHOT_ACCEPT, "false");
        }
    }

    IoUringTransport(String reason) {
        super(Transport.IO_URING, reason);
    }

    /** What keeps it from working; empty if nothing does. */
    static String problem() {
        String problem = describe(IoUring.unavailabilityCause());
        return problem.isEmpty() && !IoUring.isRegisterBufferRingSupported()
                ? "the kernel has no buffer rings (5.19 or newer needed)"
                : problem;
    }

    @Override
    IoHandlerFactory handlers() {
        return IoUringIoHandler.newFactory(new IoUringIoHandlerConfig()
                .setBufferRingConfig(IoUringBufferRingConfig.builder()
                        .bufferGroupId(BUFFER_GROUP)
                        .bufferRingSize(RING_BUFFERS)
                        .batchSize(RING_BUFFERS / 2)
                        .allocator(new IoUringFixedBufferRingAllocator(ReceiveBuffer.SIZE))
                        .build()));
    }

    @Override
    public ServerSocketChannel newServerChannel(boolean ipv4Only) {
        // Netty has no socket of one family here.
        return new IoUringServerSocketChannel();
    }

    @Override
    public Class<? extends SocketChannel> socketChannel() {
        return IoUringSocketChannel.class;
    }

    @Override
    public DatagramChannel newDatagramChannel(SocketProtocolFamily family) {
        DatagramChannel channel = new IoUringDatagramChannel(family);
        channel.config().setOption(IoUringChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DatagramBuffer.SLOT);
        LinuxDatagrams.hearOnlyOwnGroups(channel, family);
        return channel;
    }

    /** A buffer of its own: the kernel holds it while the socket waits. */
    @Override
    public DatagramBuffer datagramBuffer(Loop loop) {
        return new DatagramBuffer(DatagramBuffer.OWN_SLOTS);
    }

    /**
     * One: of several in flight, Netty takes a datagram that the kernel had no room for to be sent in place of the one behind
     * it.
     */
    @Override
    public int datagramsPerWrite() {
        return 1;
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
        channel.config().setOption(IoUringChannelOption.TCP_KEEPIDLE, (int)
                keepAlive.idle().toSeconds());
        channel.config().setOption(IoUringChannelOption.TCP_KEEPINTVL, (int)
                keepAlive.interval().toSeconds());
        channel.config().setOption(IoUringChannelOption.TCP_KEEPCNT, keepAlive.probes());
    }

    @Override
    public void prepare(Bootstrap client) {
        client.option(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, BUFFER_GROUP);
    }

    @Override
    public void prepare(ServerBootstrap server) {
        server.childOption(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, BUFFER_GROUP);
    }
}
