package dev.tramway.bench.peer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import java.util.Optional;

/** Sets up the pipelines of one kind of work and counts what they do. */
abstract class NettyWork extends ChannelInitializer<Channel> {
    private static final ClosingHandler CLOSING = new ClosingHandler();

    /** What its handlers count. */
    final Calls calls = new Calls();

    private Optional<SslContext> context = Optional.empty();

    /** Puts TLS in front. */
    void secure(SslContext tls) {
        context = Optional.of(tls);
    }

    /** Adds the handlers of one connection. */
    abstract void addHandlers(ChannelPipeline pipeline);

    /** Messages broadcast by a thread of its own. */
    long broadcasts() {
        return 0;
    }

    /** Changes how many those are in a second. */
    void rate(double perSecond) {}

    /** Called once the server is bound. */
    void begin() {}

    /** Called before the loops are shut down. */
    void end() {}

    @Override
    protected final void initChannel(Channel channel) {
        context.ifPresent(tls -> channel.pipeline().addLast(tls.newHandler(channel.alloc())));
        addHandlers(channel.pipeline());
        channel.pipeline().addLast(CLOSING);
    }

    /** A client that is done resets its connections; that is no trouble. */
    @Sharable
    private static final class ClosingHandler extends ChannelInboundHandlerAdapter {
        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
