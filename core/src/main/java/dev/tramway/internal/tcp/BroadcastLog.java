package dev.tramway.internal.tcp;

import dev.tramway.FrameWriter;
import dev.tramway.internal.loop.Loop;
import dev.tramway.internal.loop.Segment;
import dev.tramway.internal.loop.SegmentPool;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The broadcasts of one server on one event loop. Lives on that loop.
 *
 * <p>A broadcast is framed once and appended here, whoever is to get it. A {@link Lane} (the members of a group that share a
 * framing) notes which ranges are its own; a session holds one cursor: the position up to which it has taken what concerns
 * it. At the end of the turn, or when the segment is full, every member of the lanes concerned takes its ranges as slices
 * of the same bytes, and writes them. So the work for each message is one copy, and the work for each session is one write a
 * turn, however many messages there were.
 *
 * <p>The writes of thousands of sessions take milliseconds, which whoever asks for an answer meanwhile would have to wait.
 * Therefore a turn serves some members, and the next one goes on where it stopped, after it has read what has come. What is
 * appended between two turns of a round goes along to those who are not served yet, and in one more round to the others.
 *
 * <p>Before anything that changes what a session gets or in which order — a send to it alone, joining, leaving, a new framing,
 * closing — it takes its ranges up to now. That keeps the order of calls.
 *
 * <p>Positions count bytes for ever; all ranges that were not taken yet lie in the present segment.
 */
final class BroadcastLog implements Loop.Work {
    /**
     * Some tenths of a millisecond, at 5 to 10 µs for a write that wakes its reader. Tests set it lower, by
     * {@code -Ddev.tramway.membersATurn}.
     */
    private static final int MEMBERS_A_TURN = Integer.getInteger("dev.tramway.membersATurn", 64);

    private final Loop loop;
    private final ArrayList<Lane> toServe = new ArrayList<>();

    private boolean inRound;

    /** How many of the lanes have been served in this round. */
    private int lanesServed;

    /** Position at which the round began: who was served in it has at least what is before. */
    private long roundStart;

    private @Nullable Segment segment;

    /** Position of the segment's first byte. */
    private long base;
    /** Position after the last byte. */
    private long position;
    /** Positions after each message since the last fan-out. */
    private long[] ends = new long[16];

    private int endCount;
    private boolean scheduled;

    BroadcastLog(Loop loop) {
        this.loop = loop;
    }

    /** Position after the last byte. */
    long position() {
        return position;
    }

    /** Appends a message for the members of a lane. */
    void append(Lane lane, ByteBuffer message) {
        FrameWriter writer = lane.sharedWriter();
        int most = writer.frameSize(message.remaining());
        int size = WholeFrame.put(writer, message, segmentWithRoom(most));
        noteMessage(size);
        if (lane.addRange(position - size, position)) {
            toServe.add(lane);
        }
        schedule();
    }

    private void noteMessage(int size) {
        position += size;
        if (endCount == ends.length) {
            ends = Arrays.copyOf(ends, endCount * 2);
        }
        ends[endCount++] = position;
    }

    private void schedule() {
        if (!scheduled) {
            scheduled = true;
            loop.atTurnEnd(this);
        }
    }

    /** The end of a turn: some get what is theirs; once all have it, the segment goes back. */
    @Override
    public void perform() {
        scheduled = false;
        if (!serve(MEMBERS_A_TURN)) {
            scheduled = true;
            loop.goOnNextTurn(this);
            return;
        }
        forgetRanges();
        if (segment != null) {
            loop.segments().giveBack(segment);
            segment = null;
        }
    }

    private ByteBuffer segmentWithRoom(int size) {
        Segment present = segment;
        if (present != null && present.bytes().remaining() >= size) {
            return present.bytes();
        }
        fanOut();
        base = position;
        SegmentPool pool = loop.segments();
        if (present != null) {
            pool.giveBack(present);
        }
        Segment fresh = size > SegmentPool.SIZE ? pool.take(size) : pool.take();
        segment = fresh;
        return fresh.bytes();
    }

    /** Everybody gets what is theirs. */
    private void fanOut() {
        boolean complete = false;
        while (!complete) {
            complete = serve(Integer.MAX_VALUE);
        }
        forgetRanges();
    }

    /** Goes on with a round, or begins one; true if all have everything now. */
    private boolean serve(int most) {
        if (!inRound) {
            startRound();
        }
        int left = most;
        while (lanesServed < toServe.size()) {
            Lane lane = toServe.get(lanesServed);
            left -= lane.serve(left);
            if (!lane.isServed()) {
                return false;
            }
            lanesServed++;
        }
        inRound = false;
        return roundStart == position;
    }

    private void startRound() {
        inRound = true;
        roundStart = position;
        lanesServed = 0;
        for (int i = 0; i < toServe.size(); i++) {
            toServe.get(i).startRound();
        }
    }

    private void forgetRanges() {
        for (int i = 0; i < toServe.size(); i++) {
            toServe.get(i).clearRanges();
        }
        toServe.clear();
        endCount = 0;
    }

    /** A range of the segment, with a reference of its own. */
    ByteBuf slice(long from, int size) {
        return present().memory().retainedSlice((int) (from - base), size);
    }

    /** Copies a range. */
    void copy(long from, int size, ByteBuffer target) {
        target.put(target.position(), present().bytes(), (int) (from - base), size);
        target.position(target.position() + size);
    }

    private Segment present() {
        Segment present = segment;
        assert present != null;
        return present;
    }

    /** How many messages end in a range. */
    int countMessages(long from, long to) {
        return firstEndAfter(to) - firstEndAfter(from);
    }

    /** Adds the sizes of the messages in a range. */
    void addSizes(long from, long to, IntQueue sizes) {
        long start = from;
        for (int i = firstEndAfter(from); i < endCount && ends[i] <= to; i++) {
            sizes.add((int) (ends[i] - start));
            start = ends[i];
        }
    }

    /** Position after the message that starts at a position. */
    long endOfMessageAt(long start) {
        return ends[firstEndAfter(start)];
    }

    private int firstEndAfter(long at) {
        int low = 0;
        int high = endCount;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] <= at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
