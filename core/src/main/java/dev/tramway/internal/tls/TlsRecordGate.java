package dev.tramway.internal.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/**
 * Lives on its session's loop, before the TLS handler: hands on whole TLS records only and keeps the beginning of an
 * incomplete one in a small buffer of its own. The TLS handler would keep a reference to the read buffer instead, and a
 * peer that stops in the middle of a record would pin all of it.
 *
 * <p>After {@link #channelRead} returns nothing of the buffer it was given is referenced, provided the TLS handler takes
 * all records it is given at once; {@link StrictSslHandler} does.
 *
 * <p>What is not TLS is told to the TLS handler by a few copied bytes, for it to fail with its own exception; the rest is
 * thrown away, since such a connection is closed.
 *
 * <p>A record that may be the peer's close_notify comes last: first the session handles what came before it, and answers,
 * because an engine that has seen close_notify may send nothing any more (BoringSSL's never does, the JDK's only with TLS
 * 1.3); then {@link Event#MAY_END} is told, so that answers the kernel has not taken yet are encrypted. While handlers elsewhere are busy with what came before, which shows in reading being paused, the record waits here.
 *
 * <p>No read is asked for here: after every read the TLS handler asks for the next one until it has delivered something.
 */
public final class TlsRecordGate extends ChannelDuplexHandler {
    private static final int HEADER = 5;
    /** What TLS 1.2 allows for the expansion of a record is the most of all versions. */
    private static final int MOST_CONTENT = 16384 + 2048;

    private static final int MOST_RECORD = HEADER + MOST_CONTENT;
    private static final int ALERT = 21;
    private static final int APPLICATION_DATA = 23;
    /** An alert of TLS 1.3 looks like data: two bytes, the type of what is encrypted, a tag, and some padding (the JDK's). */
    private static final int MOST_ENCRYPTED_ALERT = 64;

    /** What is told as a user event, besides what Netty tells. */
    public enum Event {
        /** What may be the peer's close_notify follows: what is to be sent at all must be written now. */
        MAY_END
    }

    private static final int NOT_TLS = -1;
    private static final int EVIDENCE = 16;

    private @Nullable ByteBuf partial;
    /** What may be close_notify, and whatever came after it; it is handed on when reading goes on. */
    private @Nullable ByteBuf waiting;

    private boolean endWaits;
    private boolean refused;

    /** For one connection. */
    public TlsRecordGate() {}

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf in)) {
            ctx.fireChannelRead(message);
        } else if (waiting != null) {
            waiting.writeBytes(in);
            in.release();
        } else {
            handle(ctx, in);
        }
    }

    private void handle(ChannelHandlerContext ctx, ByteBuf in) {
        if (refused || !completePartial(ctx, in)) {
            in.release();
        } else {
            forwardWhole(ctx, in);
        }
    }

    /** Fills up the record begun earlier; true if that is done and {@code in} stands at the start of a record. */
    private boolean completePartial(ChannelHandlerContext ctx, ByteBuf in) {
        ByteBuf begun = partial;
        if (begun == null) {
            return true;
        }
        copy(in, begun, HEADER - begun.readableBytes());
        int length = recordLength(begun, begun.readerIndex());
        if (length == NOT_TLS) {
            partial = null;
            refuse(ctx, begun);
            begun.release();
            return false;
        }
        copy(in, begun, length - begun.readableBytes());
        if (begun.readableBytes() < length) {
            return false;
        }
        partial = null;
        ctx.fireChannelRead(begun);
        return !ctx.isRemoved();
    }

    private static void copy(ByteBuf from, ByteBuf to, int wanted) {
        int length = Math.min(wanted, from.readableBytes());
        if (length > 0) {
            to.writeBytes(from, length);
        }
    }

    /** Takes over {@code in}. The rest is copied first: what is handed on may close the connection, and this with it. */
    private void forwardWhole(ChannelHandlerContext ctx, ByteBuf in) {
        int start = in.readerIndex();
        int last = startOfLast(in);
        int end = last == in.writerIndex() ? last : last + wholeLength(in, last);
        boolean foreign = end < in.writerIndex() && recordLength(in, end) == NOT_TLS;
        if (end == in.writerIndex()) {
            if (end > start && mayBeAlert(in, last)) {
                forwardAlertLast(ctx, in, last);
            } else {
                forwardAll(ctx, in);
            }
            return;
        }
        try {
            if (!foreign) {
                keep(ctx, in, end);
            }
            if (end > start) {
                ctx.fireChannelRead(in.retainedSlice(start, end - start));
            }
            if (foreign && !ctx.isRemoved()) {
                refuse(ctx, in.slice(end, in.writerIndex() - end));
            }
        } finally {
            in.release();
        }
    }

    /** Takes over {@code in}: hands on what is before an alert, has it handled, and then hands on the alert, at once or later. */
    private void forwardAlertLast(ChannelHandlerContext ctx, ByteBuf in, int alert) {
        if (alert > in.readerIndex()) {
            ctx.fireChannelRead(in.readRetainedSlice(alert - in.readerIndex()));
        }
        // Also for what was handed on just before, out of an earlier read.
        ctx.fireChannelReadComplete();
        if (ctx.isRemoved()) {
            in.release();
        } else if (ctx.channel().config().isAutoRead()) {
            ctx.fireUserEventTriggered(Event.MAY_END);
            ctx.fireChannelRead(in);
        } else {
            waiting = ctx.alloc().ioBuffer(in.readableBytes()).writeBytes(in);
            in.release();
        }
    }

    /** Reading goes on: so does what has waited for that, after the caller is done. */
    @Override
    public void read(ChannelHandlerContext ctx) {
        if (waiting != null && ctx.channel().config().isAutoRead()) {
            ctx.executor().execute(() -> handOnWaiting(ctx));
        }
        ctx.read();
    }

    private void handOnWaiting(ChannelHandlerContext ctx) {
        // First the answers that have been made meanwhile.
        ctx.fireChannelReadComplete();
        ByteBuf held = waiting;
        if (held == null || !ctx.channel().config().isAutoRead()) {
            return;
        }
        waiting = null;
        handle(ctx, held);
        if (waiting == null) {
            ctx.fireChannelReadComplete();
            tellEnd(ctx);
        }
    }

    private void tellEnd(ChannelHandlerContext ctx) {
        if (endWaits) {
            endWaits = false;
            ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
    }

    /** While something waits, the read that brought it is not complete: the TLS handler would ask for more. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (waiting == null) {
            ctx.fireChannelReadComplete();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (waiting != null && event instanceof ChannelInputShutdownEvent) {
            endWaits = true;
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    private static boolean mayBeAlert(ByteBuf in, int at) {
        int type = in.getByte(at);
        return type == ALERT || (type == APPLICATION_DATA && in.getUnsignedShort(at + 3) <= MOST_ENCRYPTED_ALERT);
    }

    private static void forwardAll(ChannelHandlerContext ctx, ByteBuf in) {
        if (in.isReadable()) {
            ctx.fireChannelRead(in);
        } else {
            in.release();
        }
    }

    private void keep(ChannelHandlerContext ctx, ByteBuf in, int from) {
        int length = in.writerIndex() - from;
        partial = ctx.alloc().ioBuffer(length, MOST_RECORD).writeBytes(in, from, length);
    }

    /** Where the last whole record starts, or the first one that is not whole if there is none. */
    private static int startOfLast(ByteBuf in) {
        int last = in.readerIndex();
        int next = last;
        for (int length = wholeLength(in, next); length > 0; length = wholeLength(in, next)) {
            last = next;
            next += length;
        }
        return last;
    }

    /** Length of the record that starts there, 0 if it is not whole or none. */
    private static int wholeLength(ByteBuf in, int at) {
        int readable = in.writerIndex() - at;
        int length = readable == 0 ? 0 : recordLength(in, at);
        return length == NOT_TLS || length > readable ? 0 : length;
    }

    /** Length of the record that starts there, as far as it can be known: at least that of its header. */
    private static int recordLength(ByteBuf in, int at) {
        int readable = in.writerIndex() - at;
        int type = in.getUnsignedByte(at);
        if (type < 20 || type > 23 || (readable > 1 && in.getByte(at + 1) != 3)) {
            return NOT_TLS;
        }
        if (readable < HEADER) {
            return HEADER;
        }
        int content = in.getUnsignedShort(at + 3);
        return content == 0 || content > MOST_CONTENT ? NOT_TLS : HEADER + content;
    }

    /** Hands on bytes that the TLS handler is sure to refuse: those that came, or zeros if they look like an old SSL. */
    private void refuse(ChannelHandlerContext ctx, ByteBuf foreign) {
        refused = true;
        byte[] evidence = new byte[Math.max(HEADER, Math.min(EVIDENCE, foreign.readableBytes()))];
        foreign.getBytes(foreign.readerIndex(), evidence, 0, Math.min(evidence.length, foreign.readableBytes()));
        ByteBuf told = ctx.alloc().buffer(evidence.length).writeBytes(evidence);
        if (SslHandler.isEncrypted(told, true)) {
            told.setZero(0, evidence.length);
        }
        ctx.fireChannelRead(told);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ByteBuf held = waiting;
        if (held != null) {
            // So that the end is told as what it was.
            waiting = null;
            ctx.fireChannelRead(held);
            tellEnd(ctx);
        }
        releaseAll();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        releaseAll();
    }

    private void releaseAll() {
        if (waiting != null) {
            waiting.release();
            waiting = null;
        }
        if (partial != null) {
            partial.release();
            partial = null;
        }
    }

    /** Size of the buffer that holds an incomplete record, 0 without one. */
    int heldCapacity() {
        return partial == null ? 0 : partial.capacity();
    }
}
