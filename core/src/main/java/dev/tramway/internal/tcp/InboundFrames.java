package dev.tramway.internal.tcp;

import dev.tramway.CloseReason;
import dev.tramway.FrameReader;
import dev.tramway.FramingException;
import dev.tramway.internal.loop.MessageView;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes that one session receives into messages. Lives on the session's loop.
 *
 * <p>Messages are found and delivered in place, in the buffer that was read into. Only an incomplete tail is copied, into a
 * carry buffer that grows with what has arrived, not with what a length field announces. After each message everything may
 * have changed — the reader, a pause, the end of the session — and is looked at again.
 */
final class InboundFrames {
    private static final int SMALLEST_CARRY = 64;

    private final TcpSession session;
    private final Delivery delivery;
    private final FrameReader.Cut cut = new FrameReader.Cut();
    private FrameReader reader;

    private long delivered;

    /** Bytes that arrived and are not delivered yet; null most of the time. */
    private @Nullable ByteBuf carry;

    InboundFrames(TcpSession session, Delivery delivery, FrameReader reader) {
        this.session = session;
        this.delivery = delivery;
        this.reader = reader;
    }

    /** Cuts differently from the next byte after the current message on. */
    void reader(FrameReader replacement) {
        reader = replacement;
        cut.incomplete(0);
    }

    /** How many messages were delivered. */
    long delivered() {
        return delivered;
    }

    /** True if bytes are kept that may hold messages, or the beginning of one. */
    boolean hasCarry() {
        return carry != null;
    }

    /** How many bytes are kept. */
    int carried() {
        return carry == null ? 0 : carry.readableBytes();
    }

    /** Takes what one read brought; does not keep the buffer. */
    void accept(ByteBuf chunk) {
        if (!session.keepsInput()) {
            free();
            return;
        }
        if (carry != null && session.loop().receiveBuffer().putInFront(chunk, carry)) {
            free();
        }
        int from = chunk.readerIndex();
        int to = chunk.writerIndex();
        while (carry != null && from < to) {
            if (!session.delivers()) {
                carry(chunk, from, to, 0);
                return;
            }
            from = acceptWithCarry(carry, chunk, from, to);
        }
        if (from == to) {
            return;
        }
        int consumed = cutAll(session.loop().receiveBuffer().viewOf(chunk), from, to);
        if (consumed < to && session.keepsInput()) {
            carry(chunk, consumed, to, cut.needed());
        }
    }

    /** Delivers what was kept: during a pause, or because the reader before saw no whole frame in it. */
    void resume() {
        ByteBuf kept = carry;
        if (kept != null && session.delivers()) {
            cutCarry(kept);
            shrinkCarry();
        }
    }

    /** What is left of a pause may be a few bytes, which must not pin the memory of all that has been delivered. */
    private void shrinkCarry() {
        ByteBuf rest = carry;
        if (rest != null && rest.readableBytes() < rest.capacity() / 2 && rest.capacity() > SMALLEST_CARRY) {
            replace(rest, rest.readableBytes());
        }
    }

    void free() {
        if (carry != null) {
            carry.release();
            carry = null;
        }
    }

    /** Adds to the carry what completes its frame, and delivers it; returns the index up to which the chunk is consumed. */
    private int acceptWithCarry(ByteBuf kept, ByteBuf chunk, int from, int to) {
        int before = kept.readableBytes();
        int missing = cut.needed() > before ? cut.needed() - before : Math.max(before, SMALLEST_CARRY);
        int taken = Math.min(missing, to - from);
        ByteBuf grown = carry(chunk, from, from + taken, cut.needed());
        cutCarry(grown);
        ByteBuf rest = carry;
        if (rest == null) {
            // Without a rest, or because another thread has closed the session: then the chunk goes on inside a frame.
            return session.keepsInput() ? from + taken : to;
        }
        int left = rest.readableBytes();
        if (left <= taken && session.delivers()) {
            // What is left lies in the chunk as well: go on there, in place.
            free();
            return cutsInPlace(chunk, from + taken - left, to, left);
        }
        return from + taken;
    }

    /** Goes on in the chunk, unless the rest of the carry was incomplete and the chunk has no more. */
    private int cutsInPlace(ByteBuf chunk, int from, int to, int left) {
        if (from + left == to) {
            carry(chunk, from, to, cut.needed());
            return to;
        }
        return from;
    }

    private void cutCarry(ByteBuf kept) {
        int end = kept.writerIndex();
        kept.retain();
        try {
            int consumed = cutAll(session.loop().receiveBuffer().viewOf(kept), kept.readerIndex(), end);
            kept.readerIndex(consumed);
            if (consumed == end || !session.keepsInput()) {
                free();
            }
        } finally {
            kept.release();
        }
    }

    /** Delivers all whole frames; returns the index up to which bytes are consumed. */
    private int cutAll(MessageView view, int start, int to) {
        int from = start;
        view.searchUpTo(to);
        try {
            while (from < to && session.delivers() && reader.find(view.searchFrom(from), cut)) {
                requireWithin(from, to);
                from = cut.next();
                if (!cut.isSkipped()) {
                    deliver(view);
                }
            }
        } catch (FramingException e) {
            session.close(CloseReason.of(CloseReason.Kind.PROTOCOL_ERROR, String.valueOf(e.getMessage()), e));
            return to;
        } catch (Throwable e) {
            // A reader of the application's that fails otherwise.
            session.announcer().failed(e);
            return to;
        }
        return from;
    }

    private void deliver(MessageView view) {
        ByteBuffer message = view.show(cut.start(), cut.end());
        delivered++;
        delivery.message(message);
        view.hide();
        session.loop().tellAnnounced();
    }

    /** A reader of the application's that is wrong must neither show what other sessions have received nor go on for ever. */
    private void requireWithin(int from, int to) {
        if (cut.next() <= from || cut.next() > to || cut.start() < from || cut.start() > cut.end() || cut.end() > to) {
            throw new IllegalStateException("reader " + reader + " has found a message from " + cut.start() + " to "
                    + cut.end() + " and the next frame at " + cut.next() + ", with unread bytes from " + from + " to "
                    + to);
        }
    }

    /** Copies bytes behind those that are kept already. */
    private ByteBuf carry(ByteBuf chunk, int from, int to, int needed) {
        int size = to - from;
        ByteBuf kept = carry;
        int before = kept == null ? 0 : kept.readableBytes();
        if (kept == null || kept.writableBytes() < size) {
            kept = replace(kept, room(before, size, needed));
        }
        kept.writeBytes(chunk, from, size);
        return kept;
    }

    /**
     * At most twice what has arrived, so that an announcement alone takes no memory; and as much as that if a frame that has
     * no announced end goes on, so that it is not copied again with every read.
     */
    private static int room(int before, int size, int needed) {
        int arrived = before + size;
        long twice = Math.min(2L * arrived, Integer.MAX_VALUE);
        long unannounced = before == 0 ? arrived : twice;
        return (int) (needed >= arrived ? Math.min(needed, twice) : unannounced);
    }

    private ByteBuf replace(@Nullable ByteBuf old, int room) {
        ByteBuf larger = session.loop().segments().gatheringBuffer(Math.max(SMALLEST_CARRY, room));
        if (old != null) {
            larger.writeBytes(old);
            old.release();
        }
        carry = larger;
        return larger;
    }
}
