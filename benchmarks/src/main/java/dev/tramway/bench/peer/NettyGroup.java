package dev.tramway.bench.peer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Sends datagrams to a group; one flush for each burst. The producer waits while the channel is not writable. */
final class NettyGroup extends NettyWork implements Pacer.Outlet {
    private static final long PAUSE_NANOS = 20_000;

    private final InetSocketAddress group;
    private final Pacer pacer;
    private volatile Optional<Channel> channel = Optional.empty();

    NettyGroup(ServerSettings settings) {
        this.group = new InetSocketAddress(Work.GROUP_ADDRESS, settings.port());
        this.pacer = new Pacer(settings, this);
    }

    @Override
    void addHandlers(ChannelPipeline pipeline) {
        pipeline.addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext context) {
                channel = Optional.of(context.channel());
            }
        });
    }

    @Override
    void begin() {
        pacer.start();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a void promise tells failures to exceptionCaught
    public void send(ByteBuffer message) throws InterruptedException {
        var open = channel.orElseThrow();
        while (!open.isWritable()) {
            open.flush();
            LockSupport.parkNanos(PAUSE_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException("the producer is closed");
            }
        }
        var copy = open.alloc().directBuffer(message.remaining()).writeBytes(message.duplicate());
        open.write(new DatagramPacket(copy, group), open.voidPromise());
    }

    @Override
    public void flush() {
        channel.ifPresent(Channel::flush);
    }

    @Override
    long broadcasts() {
        return pacer.sent();
    }

    @Override
    void rate(double perSecond) {
        pacer.rate(perSecond);
    }

    @Override
    void end() {
        pacer.stop();
    }
}
