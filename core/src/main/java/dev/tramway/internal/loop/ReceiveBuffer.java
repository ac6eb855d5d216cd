package dev.tramway.internal.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The one buffer that all sockets of an event loop read into. Lives on its loop.
 *
 * <p>Messages are cut in place and delivered before the next read, so the buffer is free again by then. Where somebody still
 * holds it, it is left to that holder and the loop takes a fresh one. An idle session therefore has no read buffer at all.
 */
public final class ReceiveBuffer implements RecvByteBufAllocator {
    /** Bytes one read may bring. */
    public static final int SIZE = 64 * 1024;

    /** Room before the bytes that are read, into which the incomplete frame of the last read is put back. */
    static final int HEADROOM = 16 * 1024;

    /** Bytes one socket may bring in one turn, so that a fast sender does not keep the others waiting. */
    private static final int MOST_PER_TURN = 256 * 1024;

    private final ByteBufAllocator allocator;
    private ByteBuf buffer;
    private MessageView view;

    ReceiveBuffer(ByteBufAllocator allocator) {
        this.allocator = allocator;
        buffer = allocator.directBuffer(HEADROOM + SIZE, HEADROOM + SIZE);
        view = MessageView.of(buffer);
    }

    /** The view of a buffer that was read: the loop's own if it is the loop's buffer. */
    public MessageView viewOf(ByteBuf read) {
        return read == buffer ? view : MessageView.of(read);
    }

    /**
     * Puts bytes in front of those that were read, if they were read into the loop's buffer and there is room.
     *
     * @return true if they now lie directly before the reader index
     */
    public boolean putInFront(ByteBuf read, ByteBuf bytes) {
        int size = bytes.readableBytes();
        if (read != buffer || size > read.readerIndex()) {
            return false;
        }
        read.setBytes(read.readerIndex() - size, bytes, bytes.readerIndex(), size);
        read.readerIndex(read.readerIndex() - size);
        return true;
    }

    /**
     * Holds the bytes of the message that is being shown, so that they can be sent without being copied.
     *
     * @return to be released; null if the message does not lie in the loop's buffer
     */
    public @Nullable ByteBuf hold(ByteBuffer message) {
        return view.isShowing(message) ? buffer.retainedSlice(message.position(), message.remaining()) : null;
    }

    private ByteBuf lend() {
        if (buffer.refCnt() > 1) {
            buffer.release();
            buffer = allocator.directBuffer(HEADROOM + SIZE, HEADROOM + SIZE);
            view = MessageView.of(buffer);
        }
        return buffer.setIndex(HEADROOM, HEADROOM).retain();
    }

    void free() {
        buffer.release();
    }

    @Override
    @SuppressWarnings("deprecation") // Netty's own interface still says so
    public Handle newHandle() {
        return new LentHandle();
    }

    /** Lends the buffer to one channel's read loop. */
    private final class LentHandle implements ExtendedHandle {
        private @Nullable ChannelConfig channel;
        private int attempted;
        private int last;
        private int total;

        @Override
        public ByteBuf allocate(ByteBufAllocator ignored) {
            return lend();
        }

        @Override
        public int guess() {
            return SIZE;
        }

        @Override
        public void reset(ChannelConfig config) {
            channel = config;
            total = 0;
            last = 0;
        }

        @Override
        public void incMessagesRead(int messages) {
            // what counts here is bytes
        }

        @Override
        public void lastBytesRead(int bytes) {
            last = bytes;
            if (bytes > 0) {
                total += bytes;
            }
        }

        @Override
        public int lastBytesRead() {
            return last;
        }

        @Override
        public void attemptedBytesRead(int bytes) {
            attempted = bytes;
        }

        @Override
        public int attemptedBytesRead() {
            return attempted;
        }

        @Override
        public boolean continueReading() {
            return last == attempted && mayContinue();
        }

        /** A session that has paused wants nothing more, now. */
        private boolean mayContinue() {
            return last > 0 && total < MOST_PER_TURN && channel != null && channel.isAutoRead();
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
            return mayContinue() && maybeMoreData.get();
        }

        @Override
        public void readComplete() {
            // nothing to learn for the next read
        }
    }
}
