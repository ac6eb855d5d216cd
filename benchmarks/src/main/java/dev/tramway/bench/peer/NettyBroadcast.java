package dev.tramway.bench.peer;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelMatchers;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;

/**
 * Broadcasts by channel group. Each message is framed once, written to the group, and flushed with its burst; the
 * producer waits while any channel is not writable, or, if it may lose, leaves out those that owe a megabyte.
 */
final class NettyBroadcast extends NettyWork implements Pacer.Outlet {
    private static final long PAUSE_NANOS = 20_000;

    private static final WriteBufferWaterMark LIMIT = new WriteBufferWaterMark(1 << 19, 1 << 20);

    private final ChannelGroup group = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Pacer pacer;

    private final boolean lossy;

    NettyBroadcast(ServerSettings settings, boolean lossy) {
        this.pacer = new Pacer(settings, this);
        this.lossy = lossy;
    }

    @Override
    void begin() {
        pacer.start();
    }

    @Override
    void addHandlers(ChannelPipeline pipeline) {
        pipeline.addLast(new SubscriberHandler());
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a void promise tells failures to exceptionCaught
    public void send(ByteBuffer message) throws InterruptedException {
        if (!lossy) {
            awaitRoom();
        }
        var frame = ByteBufAllocator.DEFAULT.directBuffer(4 + message.remaining());
        frame.writeInt(message.remaining()).writeBytes(message.duplicate());
        group.write(frame, lossy ? Channel::isWritable : ChannelMatchers.all(), true);
    }

    private void awaitRoom() throws InterruptedException {
        for (boolean flushed = false; !group.stream().allMatch(Channel::isWritable); flushed = true) {
            if (!flushed) {
                group.flush();
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("the producer is closed");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Override
    public void flush() {
        group.flush();
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

    private final class SubscriberHandler extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (lossy) {
                context.channel().config().setWriteBufferWaterMark(LIMIT);
            }
            group.add(context.channel());
        }
    }
}
