package dev.tramway.bench.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;

/** Answers each frame: decoder, prepender, one handler call and one write per message. */
final class NettyFramed extends NettyWork {
    /** Longest payload; the other peers have the same. */
    static final int LONGEST = 64 << 10;

    @Override
    void addHandlers(ChannelPipeline pipeline) {
        pipeline.addLast(new LengthFieldBasedFrameDecoder(LONGEST + 4, 0, 4, 0, 4))
                .addLast(new LengthFieldPrepender(4))
                .addLast(new AnswerHandler());
    }

    private final class AnswerHandler extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // a void promise tells failures to exceptionCaught
        protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
            calls.count();
            context.write(message.retain(), context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }
}
