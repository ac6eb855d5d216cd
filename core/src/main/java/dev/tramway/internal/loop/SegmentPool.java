package dev.tramway.internal.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.ArrayList;

/**
 * Memory for what is sent: 64 KiB segments that go round while peers keep up. Lives on an event loop.
 *
 * <p>A session takes a segment with the first message of a turn and gives it back after the write. Most turns need one segment
 * for all their sessions, which is then still in the cache.
 */
public final class SegmentPool {
    /** Bytes of a segment. */
    public static final int SIZE = 64 * 1024;

    private static final int MOST_KEPT = 16;

    /** The allocator takes memory of the system by 4 MiB, and gives each back with the last piece of it: larger ones find none kept. */
    private static final int MOST_POOLED = 1 << 20;

    private final ByteBufAllocator allocator;
    private final ArrayDeque<Segment> free = new ArrayDeque<>(MOST_KEPT);
    private final ArrayList<Segment> lent = new ArrayList<>();

    SegmentPool(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** An empty segment of 64 KiB, with one reference. */
    public Segment take() {
        Segment segment = free.poll();
        return segment != null ? segment : new Segment(allocator.directBuffer(SIZE, SIZE));
    }

    /** An empty segment of a size of its own, which is freed and not kept. */
    public Segment take(int size) {
        return new Segment(buffer(size));
    }

    /** Memory of a size of its own. */
    public ByteBuf buffer(int size) {
        return allocator.directBuffer(size, size);
    }

    /**
     * Memory for a message that arrives little by little. More than the allocator pools comes from the Java heap, which keeps what is
     * given back to it, whereas the system would have to be asked for each page anew with each message.
     */
    public ByteBuf gatheringBuffer(int size) {
        return size > MOST_POOLED ? Unpooled.buffer(size, size) : buffer(size);
    }

    /** Remembers a segment that is about to be written, so that it can be had back if the write takes it at once. */
    public void lend(Segment segment) {
        segment.memory().retain();
        lent.add(segment);
    }

    /** Takes back what was lent for the write that is over; what is not written yet is freed by its writer. */
    public void takeBackLent() {
        for (int i = 0; i < lent.size(); i++) {
            giveBack(lent.get(i));
        }
        lent.clear();
    }

    /** Gives back a segment; one that somebody else holds too is freed with the last holder. */
    public void giveBack(Segment segment) {
        if (segment.memory().refCnt() == 1 && segment.capacity() == SIZE && free.size() < MOST_KEPT) {
            free.push(segment.clear());
        } else {
            segment.memory().release();
        }
    }

    void free() {
        free.forEach(segment -> segment.memory().release());
        free.clear();
    }
}
