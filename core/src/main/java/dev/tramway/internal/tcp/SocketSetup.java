package dev.tramway.internal.tcp;

import dev.tramway.internal.loop.Loop;
import dev.tramway.internal.loop.TransportChoice;
import dev.tramway.internal.tls.TlsRecordGate;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/** Prepares the channel of a session: options, handlers. */
final class SocketSetup {
    /** Netty's own marks are never reached: the session's queue has the limit. */
    private static final WriteBufferWaterMark NO_MARKS = new WriteBufferWaterMark(Integer.MAX_VALUE, Integer.MAX_VALUE);

    private SocketSetup() {}

    static void options(Channel channel, Loop loop, SessionConfig config, TransportChoice transport) {
        ChannelConfig options = channel.config();
        options.setRecvByteBufAllocator(loop.receiveBuffer());
        options.setAllocator(PooledByteBufAllocator.DEFAULT);
        options.setWriteBufferWaterMark(NO_MARKS);
        options.setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        options.setOption(ChannelOption.TCP_NODELAY, config.noDelay());
        if (config.receiveBuffer() > 0) {
            options.setOption(ChannelOption.SO_RCVBUF, config.receiveBuffer());
        }
        if (config.sendBuffer() > 0) {
            options.setOption(ChannelOption.SO_SNDBUF, config.sendBuffer());
        }
        if (config.keepAlive() != null) {
            transport.keepAlive(channel, config.keepAlive());
        }
    }

    static void handlers(Channel channel, TcpSession session, @Nullable SslHandler ssl) {
        if (ssl != null) {
            channel.pipeline().addLast(new TlsRecordGate(), ssl);
        }
        channel.pipeline().addLast(new ChannelBridge(session, ssl));
    }
}
