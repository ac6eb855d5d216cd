package dev.tramway.internal.tls;

import dev.tramway.Tls;
import dev.tramway.TlsInfo;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A TLS client and a TLS server in memory, with the same handlers as a session and one shared read buffer for both. */
@SuppressWarnings("FutureReturnValueIgnored")
final class TlsPair implements AutoCloseable {
    final Side client;
    final Side server;
    long bytesFromServer;
    private final ByteBuf scratch = Unpooled.directBuffer(65_536);

    private TlsPair(SslHandler client, SslHandler server) {
        this.client = new Side(client);
        this.server = new Side(server);
    }

    /** Connects a client to a host and shakes hands as far as it goes. */
    static TlsPair connect(Tls client, Tls server, String host) {
        EmbeddedChannel forAllocator = new EmbeddedChannel();
        TlsPair pair = new TlsPair(
                TlsSettings.of(client).newClientHandler(forAllocator.alloc(), host, 443),
                TlsSettings.of(server).newServerHandler(forAllocator.alloc()));
        forAllocator.finish();
        pair.pump();
        return pair;
    }

    /** Carries bytes to and fro until nothing moves. */
    void pump() {
        boolean moved = true;
        while (moved) {
            moved = carry(client, server, Integer.MAX_VALUE);
            moved |= carry(server, client, Integer.MAX_VALUE);
        }
    }

    /** Carries to and fro in pieces of this many bytes. */
    boolean carry(Side from, Side to, int pieceBytes) {
        from.settle();
        ByteBuf bytes = from.channel.readOutbound();
        if (bytes == null) {
            return false;
        }
        bytesFromServer += from == server ? bytes.readableBytes() : 0;
        while (bytes.isReadable()) {
            read(to, bytes, Math.min(pieceBytes, Math.min(bytes.readableBytes(), scratch.capacity())));
        }
        bytes.release();
        return true;
    }

    private void read(Side to, ByteBuf bytes, int length) {
        scratch.clear().writeBytes(bytes, length);
        if (to.channel.isOpen()) {
            to.channel.pipeline().fireChannelRead(scratch.retain());
            to.channel.pipeline().fireChannelReadComplete();
            to.settle();
        }
        if (scratch.refCnt() != 1) {
            throw new AssertionError("the shared read buffer is held: " + scratch);
        }
        scratch.setZero(0, length);
    }

    boolean connected() {
        return client.handshake().isSuccess() && server.handshake().isSuccess();
    }

    @Override
    public void close() {
        client.end();
        server.end();
        scratch.release();
    }

    /** One end. */
    static final class Side {
        final SslHandler handler;
        final EmbeddedChannel channel;
        final StringBuilder received = new StringBuilder();
        final List<Throwable> failures = new ArrayList<>();
        boolean closeNotified;

        Side(SslHandler handler) {
            this.handler = handler;
            channel = new EmbeddedChannel(new TlsRecordGate(), handler, new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext ctx, Object message) {
                    ByteBuf plain = (ByteBuf) message;
                    received.append(plain.toString(StandardCharsets.UTF_8));
                    plain.release();
                }

                @Override
                public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                    closeNotified |= event == SslCloseCompletionEvent.SUCCESS;
                }

                @Override
                public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                    failures.add(cause);
                    ctx.close();
                }
            });
        }

        /** A closed channel in memory loses its handlers at once and keeps what they would have caught. */
        void settle() {
            try {
                channel.runPendingTasks();
                channel.checkException();
            } catch (Exception failure) {
                failures.add(failure);
            }
        }

        /** Closes without a word and releases what was not read. */
        void end() {
            try {
                channel.finishAndReleaseAll();
            } catch (Exception failure) {
                failures.add(failure);
            }
        }

        Future<?> handshake() {
            return handler.handshakeFuture();
        }

        void send(String text) {
            channel.writeOneOutbound(ByteBufUtil.writeUtf8(channel.alloc(), text));
            channel.flushOutbound();
        }

        TlsInfo info() {
            return TlsSettings.info(handler);
        }

        /** What ended the handshake, or the session right after it. */
        TlsFailure failure() {
            @Nullable Throwable cause = handler.handshakeFuture().cause();
            return cause == null && failures.isEmpty()
                    ? new TlsFailure(TlsFailure.Kind.OTHER, "nothing failed")
                    : TlsFailure.of(cause != null ? cause : failures.get(0));
        }
    }
}
