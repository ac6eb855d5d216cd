package dev.tramway.bench.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelMatchers;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.util.concurrent.GlobalEventExecutor;

/** Writes each message to the group of all channels but the sender's; one flush of the group for all that a read brought. */
final class NettyChat extends NettyWork {
    private final ChannelGroup group = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    @Override
    void addHandlers(ChannelPipeline pipeline) {
        pipeline.addLast(new LengthFieldBasedFrameDecoder(NettyFramed.LONGEST + 4, 0, 4, 0, 4))
                .addLast(new LengthFieldPrepender(4))
                .addLast(new ChatHandler());
    }

    private final class ChatHandler extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            group.add(context.channel());
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // a void promise tells failures to exceptionCaught
        protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
            calls.count();
            group.write(message.retain(), ChannelMatchers.isNot(context.channel()), true);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            group.flush();
        }
    }
}
