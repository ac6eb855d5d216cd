package dev.tramway.bench.peer;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DatagramPacket;

/** Sends each datagram back; one flush, hence one system call where there is one for many, for all that a read brought. */
final class NettyDatagrams extends NettyWork {
    @Override
    void addHandlers(ChannelPipeline pipeline) {
        pipeline.addLast(new DatagramHandler());
    }

    private final class DatagramHandler extends ChannelInboundHandlerAdapter {
        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // a void promise tells failures to exceptionCaught
        public void channelRead(ChannelHandlerContext context, Object message) {
            var packet = (DatagramPacket) message;
            calls.count();
            context.write(new DatagramPacket(packet.content(), packet.sender()), context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // A client that has gone; the socket serves the others.
        }
    }
}
