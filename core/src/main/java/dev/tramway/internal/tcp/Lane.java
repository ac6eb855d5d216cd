package dev.tramway.internal.tcp;

import dev.tramway.FrameWriter;
import dev.tramway.Framing;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The members of one group on one event loop that share a framing, and the ranges of the log that are theirs. Lives on that
 * loop.
 */
final class Lane {
    private final LocalGroup group;
    private final BroadcastLog log;
    private final Framing framing;
    private final @Nullable FrameWriter writer;
    private final ArrayList<TcpSession> members = new ArrayList<>();

    /** Ranges that were not served yet: start and end in turn. */
    private long[] ranges = new long[8];

    private int rangeCount;

    /** Members in places before this one have been served in the present round. */
    private int served;

    Lane(LocalGroup group, BroadcastLog log, Framing framing) {
        this.group = group;
        this.log = log;
        this.framing = framing;
        this.writer = framing.sharesFrames() ? framing.newWriter() : null;
    }

    LocalGroup group() {
        return group;
    }

    Framing framing() {
        return framing;
    }

    FrameWriter sharedWriter() {
        FrameWriter shared = writer;
        assert shared != null;
        return shared;
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    /** Adds a member and returns its place. */
    int add(TcpSession session) {
        members.add(session);
        return members.size() - 1;
    }

    /** Takes out the member at a place; another one moves there, of those that were served if it was. */
    void remove(int place) {
        int free = place;
        if (place < served) {
            served--;
            move(served, place);
            free = served;
        }
        int last = members.size() - 1;
        move(last, free);
        members.remove(last);
    }

    private void move(int from, int to) {
        if (from != to) {
            TcpSession moving = members.get(from);
            members.set(to, moving);
            moving.memberships().moved(this, to);
        }
    }

    /** Sends a message to all members. */
    void broadcast(ByteBuffer message, @Nullable TcpSession except) {
        if (writer != null) {
            log.append(this, message);
            return;
        }
        // A framing with state of its own for each session cannot share bytes.
        for (int i = 0; i < members.size(); i++) {
            TcpSession member = members.get(i);
            if (member != except && !member.memberships().hasEnded()) {
                member.sendOrCountDropped(message);
            }
        }
    }

    /** Notes a range; true if it is the first since the last fan-out. */
    boolean addRange(long from, long to) {
        if (rangeCount > 0 && ranges[rangeCount - 1] == from) {
            ranges[rangeCount - 1] = to;
            return false;
        }
        if (rangeCount == ranges.length) {
            ranges = Arrays.copyOf(ranges, rangeCount * 2);
        }
        ranges[rangeCount++] = from;
        ranges[rangeCount++] = to;
        return rangeCount == 2;
    }

    /**
     * The next members, so many at most, take and write what is their own; returns how many they were. No callback into the
     * application happens here.
     */
    int serve(int most) {
        int count = Math.min(members.size() - served, most);
        for (int i = 0; i < count; i++) {
            members.get(served++).takeBroadcastsAndFlush();
        }
        return count;
    }

    boolean isServed() {
        return served == members.size();
    }

    /** Every member is to be served again. */
    void startRound() {
        served = 0;
    }

    void clearRanges() {
        rangeCount = 0;
        served = 0;
    }

    /** Index of the first range that ends after a position, -1 if there is none. */
    int firstRangeAfter(long position) {
        int low = 0;
        int high = rangeCount / 2;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranges[2 * middle + 1] <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return 2 * low < rangeCount ? 2 * low : -1;
    }

    long rangeStart(int range) {
        return ranges[range];
    }

    long rangeEnd(int range) {
        return ranges[range + 1];
    }
}
