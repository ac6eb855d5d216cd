package dev.tramway.internal.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
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
 * <p>No read is asked for here: after every read the TLS handler asks for the next one until it has delivered something.
 */
public final class TlsRecordGate extends ChannelInboundHandlerAdapter {
    private static final int HEADER = 5;
    /** What TLS 1.2 allows for the expansion of a record is the most of all versions. */
    private static final int MOST_CONTENT = 16384 + 2048;

    private static final int MOST_RECORD = HEADER + MOST_CONTENT;
    private static final int ALERT = 21;
    private static final int DATA = 23;
    /** In TLS 1.3: two bytes, one for their type, 16 that authenticate them, and the padding of the JDK. */
    private static final int MOST_ALERT = 2 + 1 + 16 + 16;

    private static final int NOT_TLS = -1;
    private static final int EVIDENCE = 16;

    private @Nullable ByteBuf partial;
    private boolean refused;

    /** For one connection. */
    public TlsRecordGate() {}

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf in)) {
            ctx.fireChannelRead(message);
        } else if (refused || !completePartial(ctx, in)) {
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
        forward(ctx, begun);
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
        int end = endOfWhole(in);
        boolean foreign = end < in.writerIndex() && recordLength(in, end) == NOT_TLS;
        if (end == in.writerIndex()) {
            forward(ctx, in);
            return;
        }
        try {
            if (!foreign) {
                keep(ctx, in, end);
            }
            if (end > start) {
                forward(ctx, in.retainedSlice(start, end - start));
            }
            if (foreign && !ctx.isRemoved()) {
                refuse(ctx, in.slice(end, in.writerIndex() - end));
            }
        } finally {
            in.release();
        }
    }

    /**
     * Hands on whole records. If the last one may be close_notify, those before it are a read of their own, so that what
     * they have caused is encrypted first: BoringSSL encrypts nothing any more once it has seen the peer's end.
     */
    private static void forward(ChannelHandlerContext ctx, ByteBuf records) {
        int last = startOfLast(records);
        if (!mayBeAlert(records, last)) {
            forwardAll(ctx, records);
            return;
        }
        ByteBuf before = records.readRetainedSlice(last - records.readerIndex());
        forwardAll(ctx, before);
        ctx.fireChannelReadComplete();
        forwardAll(ctx, records);
    }

    private static void forwardAll(ChannelHandlerContext ctx, ByteBuf records) {
        if (records.isReadable() && !ctx.isRemoved()) {
            ctx.fireChannelRead(records);
        } else {
            records.release();
        }
    }

    /** Where the last of whole records starts; their end if there is none. */
    private static int startOfLast(ByteBuf records) {
        int last = records.readerIndex();
        for (int next = last; next < records.writerIndex(); next += recordLength(records, next)) {
            last = next;
        }
        return last;
    }

    /** In TLS 1.3 an alert looks like a little data. */
    private static boolean mayBeAlert(ByteBuf records, int at) {
        int length = records.writerIndex() - at;
        return length > 0
                && (records.getByte(at) == ALERT || (records.getByte(at) == DATA && length <= HEADER + MOST_ALERT));
    }

    private void keep(ChannelHandlerContext ctx, ByteBuf in, int from) {
        int length = in.writerIndex() - from;
        partial = ctx.alloc().ioBuffer(length, MOST_RECORD).writeBytes(in, from, length);
    }

    /** Where the last whole record ends. */
    private static int endOfWhole(ByteBuf in) {
        int end = in.readerIndex();
        while (end < in.writerIndex()) {
            int length = recordLength(in, end);
            if (length == NOT_TLS || length > in.writerIndex() - end) {
                break;
            }
            end += length;
        }
        return end;
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
        releasePartial();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        releasePartial();
    }

    private void releasePartial() {
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
