package dev.tramway.internal.tcp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The socket below a session, as Netty has it. Lives on the session's loop. */
final class SessionChannel {
    private final Channel channel;
    private @Nullable ChannelHandlerContext bridge;
    private @Nullable SslHandler ssl;

    SessionChannel(Channel channel) {
        this.channel = channel;
    }

    /** The channel is connected; its handlers are in place. */
    void connected(ChannelHandlerContext lastHandler, @Nullable SslHandler tlsHandler) {
        bridge = lastHandler;
        ssl = tlsHandler;
    }

    ChannelConfig config() {
        return channel.config();
    }

    InetSocketAddress remoteAddress() {
        return (InetSocketAddress) channel.remoteAddress();
    }

    InetSocketAddress localAddress() {
        return (InetSocketAddress) channel.localAddress();
    }

    boolean isEncrypted() {
        return ssl != null;
    }

    /** True if it takes writes. */
    boolean canWrite() {
        return bridge != null && channel.isActive();
    }

    /** Where writes begin; only if it takes any. */
    ChannelHandlerContext context() {
        ChannelHandlerContext context = bridge;
        assert context != null;
        return context;
    }

    /** True if the kernel has everything that Netty was given. */
    boolean kernelHasAll() {
        ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
        return unsent != null && unsent.isEmpty();
    }

    /** Bytes that Netty still has; they change while a stalled peer takes anything. */
    long bytesAtNetty() {
        ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
        return unsent == null ? 0 : unsent.totalPendingWriteBytes();
    }

    void autoRead(boolean on) {
        channel.config().setAutoRead(on);
    }

    /** Tells the peer that nothing more will come, but goes on reading. */
    void endOutput(Runnable ifThatFails) {
        if (ssl == null) {
            shutdownOutput(ifThatFails);
        } else {
            ssl.closeOutbound().addListener(told -> shutdownOutput(ifThatFails));
        }
    }

    private void shutdownOutput(Runnable ifThatFails) {
        ((SocketChannel) channel).shutdownOutput().addListener(done -> {
            if (!done.isSuccess()) {
                ifThatFails.run();
            }
        });
    }

    /** Closes; with TLS, the peer is told, unless it takes nothing: the TLS handler would wait for it. */
    void close() {
        if (bridge == null || (ssl != null && !kernelHasAll())) {
            channel.unsafe().close(channel.unsafe().voidPromise());
        } else {
            bridge.close();
        }
    }

    /** Closes with a reset: the kernel forgets what the peer was owed. */
    void reset() {
        // A write may have failed and closed the channel; its descriptor may be another connection's by now.
        if (channel.isOpen()) {
            try {
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
            } catch (ChannelException e) {
                // Some systems refuse it once the peer has reset the connection, which is as good.
            }
        }
        channel.unsafe().close(channel.unsafe().voidPromise());
    }
}
