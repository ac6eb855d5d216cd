package dev.tramway.internal.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * The buffer that datagrams are received into: a row of slots, each of which holds any datagram that UDP can carry, so that
 * none is ever cut. Lives on an event loop, whose UDP sockets share it; where the kernel holds a buffer while it waits
 * (io_uring), each socket has one of its own.
 *
 * <p>A transport that receives several datagrams with one call fills one slot after the other. One that receives them one by
 * one gets what is left behind those that have not been delivered yet, so that small ones lie close together.
 */
public final class DatagramBuffer implements RecvByteBufAllocator {
    /**
     * Bytes of a slot: the 65,527 that the length field of UDP can tell, or a run of datagrams that the kernel has joined. Not
     * a power of two, so that the first bytes of all slots do not fall into the same line of the processor's caches.
     */
    public static final int SLOT = 65_536 + 64;

    /** Slots of the buffer that the sockets of a loop share; all of a system call. */
    static final int SHARED_SLOTS = 32;

    /** Slots where every socket has a buffer of its own. */
    public static final int OWN_SLOTS = 8;

    /** Datagrams that one socket may bring in one turn, so that a fast sender does not keep the others waiting. */
    private static final int MOST_PER_TURN = 256;

    private static final int MOST_BYTES_PER_TURN = 1 << 20;

    private static final int CACHE_LINE = 64;

    private final int capacity;
    private ByteBuf buffer;
    private MessageView view;

    /** Bytes from the start that hold datagrams not delivered yet. */
    private int used;

    /** Makes a buffer of some slots. */
    public DatagramBuffer(int slots) {
        capacity = slots * SLOT;
        buffer = PooledByteBufAllocator.DEFAULT.directBuffer(capacity, capacity);
        view = MessageView.of(buffer);
    }

    /** The view of a datagram that was received: the buffer's own, where it lies in the buffer. */
    public MessageView viewOf(ByteBuf datagram) {
        return liesHere(datagram) ? view : MessageView.of(datagram);
    }

    /** Where in its view a datagram begins. */
    public int startOf(ByteBuf datagram) {
        return liesHere(datagram)
                ? (int) (datagram.memoryAddress() - buffer.memoryAddress()) + datagram.readerIndex()
                : datagram.readerIndex();
    }

    private boolean liesHere(ByteBuf datagram) {
        if (!datagram.hasMemoryAddress() || !buffer.hasMemoryAddress()) {
            return false;
        }
        long distance = datagram.memoryAddress() - buffer.memoryAddress();
        return distance >= 0 && distance < capacity;
    }

    private ByteBuf lend() {
        if (buffer.refCnt() == 1) {
            used = 0;
            return buffer.setIndex(0, 0).retain();
        }
        if (capacity - used < SLOT) {
            // Somebody holds datagrams longer than a read lasts.
            buffer.release();
            buffer = PooledByteBufAllocator.DEFAULT.directBuffer(capacity, capacity);
            view = MessageView.of(buffer);
            used = 0;
            return buffer.retain();
        }
        return buffer.retainedSlice(used, capacity - used).setIndex(0, 0);
    }

    /** Gives the memory back. */
    public void free() {
        buffer.release();
    }

    @Override
    @SuppressWarnings("deprecation") // Netty's own interface still says so
    public Handle newHandle() {
        return new SlotsHandle(false);
    }

    /** The same room, for sockets that receive one datagram, or one run of them, with each call. */
    RecvByteBufAllocator oneByOne() {
        return () -> new SlotsHandle(true);
    }

    /** Lends room to one socket's read loop. */
    private final class SlotsHandle implements ExtendedHandle {
        private final boolean oneByOne;
        private @org.jspecify.annotations.Nullable ChannelConfig config;
        private int attempted;
        private int last;
        private int datagrams;
        private int total;

        SlotsHandle(boolean oneByOne) {
            this.oneByOne = oneByOne;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator ignored) {
            return lend();
        }

        @Override
        public int guess() {
            return capacity;
        }

        @Override
        public void reset(ChannelConfig channelConfig) {
            config = channelConfig;
            datagrams = 0;
            total = 0;
            last = 0;
        }

        @Override
        public void incMessagesRead(int messages) {
            datagrams += messages;
        }

        @Override
        public void lastBytesRead(int bytes) {
            last = bytes;
            if (bytes > 0) {
                total += bytes;
                used += (bytes + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
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

        /** For transports that receive one by one: they stop by themselves when there is nothing more. */
        @Override
        public boolean continueReading() {
            return mayContinue() && capacity - used >= SLOT;
        }

        /** For transports that receive several at once: fewer than there was room for means that there are no more. */
        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
            return oneByOne ? continueReading() : mayContinue() && last == attempted && maybeMoreData.get();
        }

        private boolean mayContinue() {
            ChannelConfig current = config;
            return datagrams < MOST_PER_TURN
                    && total < MOST_BYTES_PER_TURN
                    && (current == null || current.isAutoRead());
        }

        @Override
        public void readComplete() {
            // nothing to learn for the next read
        }
    }
}
