package dev.tramway.internal.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * Netty's TLS handler, on its session's loop, with two doors shut: what follows close_notify is thrown away instead of
 * being collected without end, and renegotiation is refused with either engine (TLS 1.2; TLS 1.3 has none).
 */
final class StrictSslHandler extends SslHandler {
    private static final long CLOSE_NOTIFY_MILLIS = 3_000;
    private static final int HANDSHAKE = 22;

    private boolean broken;

    /** Handshakes have no deadline here: the session has one for everything up to its first message. */
    StrictSslHandler(SSLEngine engine) {
        super(engine);
        setHandshakeTimeoutMillis(0);
        setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MILLIS);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws SSLException {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (isRenegotiation(in)) {
            broken = true;
            in.skipBytes(in.readableBytes());
            throw new SSLException("renegotiation by the peer is refused");
        }
        int before = in.readableBytes();
        super.decode(ctx, in, out);
        if (in.readableBytes() == before && engine().isInboundDone()) {
            broken = true;
            in.skipBytes(before);
        }
    }

    /** Below TLS 1.3 the type of a record is in the open; from there on no handshake record follows the handshake. */
    private boolean isRenegotiation(ByteBuf in) {
        return in.isReadable()
                && in.getByte(in.readerIndex()) == HANDSHAKE
                && handshakeFuture().isSuccess();
    }
}
