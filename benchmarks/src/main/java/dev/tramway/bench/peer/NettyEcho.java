package dev.tramway.bench.peer;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;

/** Writes back each buffer as it was read. */
final class NettyEcho extends NettyWork {
    @Override
    void addHandlers(ChannelPipeline pipeline) {
        pipeline.addLast(new EchoHandler());
    }

    private static final class EchoHandler extends ChannelInboundHandlerAdapter {
        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // a void promise tells failures to exceptionCaught
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.write(message, context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }
}
