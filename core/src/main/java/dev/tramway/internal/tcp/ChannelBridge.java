package dev.tramway.internal.tcp;

import dev.tramway.internal.tls.TlsRecordGate;
import dev.tramway.internal.tls.TlsSettings;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.jspecify.annotations.Nullable;

/** The last handler of a channel: tells the session what Netty tells it. Lives on the session's loop. */
final class ChannelBridge extends ChannelInboundHandlerAdapter {
    private final TcpSession session;
    private final @Nullable SslHandler ssl;

    ChannelBridge(TcpSession session, @Nullable SslHandler ssl) {
        this.session = session;
        this.ssl = ssl;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        session.connected(context, ssl);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf chunk = (ByteBuf) message;
        try {
            session.received(chunk);
        } finally {
            chunk.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        session.readComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        session.channelClosed();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        switch (event) {
            case ChannelInputShutdownEvent end -> session.inputEnded();
            case SslHandshakeCompletionEvent handshake -> handshaken(handshake);
            case TlsRecordGate.Event mayEnd -> session.outputMayEnd();
            case SslCloseCompletionEvent close when close.isSuccess() -> session.closeNotified();
            default -> {
                // nothing that a session needs to know
            }
        }
    }

    private void handshaken(SslHandshakeCompletionEvent handshake) {
        SslHandler handler = ssl;
        assert handler != null;
        if (handshake.isSuccess()) {
            session.handshaken(TlsSettings.info(handler));
        } else {
            session.handshakeFailed(handshake.cause());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        session.failed(cause);
    }
}
