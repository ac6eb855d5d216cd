package dev.tramway.internal.tcp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lanes that a session is in, and its cursor in the log of broadcasts. Lives on the session's loop.
 *
 * <p>Most sessions are in one lane, that of the group of all; therefore arrays that grow by one.
 */
final class Memberships {
    private static final Lane[] NONE = {};

    private final TcpSession session;
    private Lane[] lanes = NONE;
    private int[] places = {};
    private long cursor;

    /** What is appended from here on is not for this session. */
    private long end = Long.MAX_VALUE;

    Memberships(TcpSession session) {
        this.session = session;
    }

    boolean contains(LocalGroup group) {
        return laneOf(group) >= 0;
    }

    /** Joins a group: gets what is appended from now on. */
    void join(LocalGroup group, BroadcastLog log) {
        take(log);
        Lane lane = group.laneFor(session.writeFramingNow());
        lanes = Arrays.copyOf(lanes, lanes.length + 1);
        places = Arrays.copyOf(places, lanes.length);
        lanes[lanes.length - 1] = lane;
        places[lanes.length - 1] = lane.add(session);
    }

    /** Leaves a group, after taking what was appended before. */
    void leave(LocalGroup group, BroadcastLog log) {
        take(log);
        int at = laneOf(group);
        Lane left = lanes[at];
        left.remove(places[at]);
        int last = lanes.length - 1;
        lanes[at] = lanes[last];
        places[at] = places[last];
        lanes = last == 0 ? NONE : Arrays.copyOf(lanes, last);
        places = Arrays.copyOf(places, last);
        group.cleanUp(left);
    }

    /** Moves to the lanes of the session's new framing. */
    void changeLanes(BroadcastLog log) {
        take(log);
        for (int i = 0; i < lanes.length; i++) {
            Lane old = lanes[i];
            LocalGroup group = old.group();
            old.remove(places[i]);
            lanes[i] = group.laneFor(session.writeFramingNow());
            places[i] = lanes[i].add(session);
            group.cleanUp(old);
        }
    }

    /** The session's place in a lane has changed. */
    void moved(Lane lane, int place) {
        for (int i = 0; i < lanes.length; i++) {
            if (lanes[i] == lane) {
                places[i] = place;
            }
        }
    }

    @Nullable
    LocalGroup anyGroup() {
        return lanes.length == 0 ? null : lanes[lanes.length - 1].group();
    }

    /** True if what is broadcast from now on is not for this session. */
    boolean hasEnded() {
        return end != Long.MAX_VALUE;
    }

    /** Takes all ranges after the cursor, in the order of the log; a session that is closing passes over them. */
    void take(BroadcastLog log) {
        if (cursor == log.position()) {
            return;
        }
        if (!session.takesBroadcasts()) {
            skip(log);
            return;
        }
        long until = Math.min(log.position(), end);
        while (cursor < until) {
            Lane next = null;
            int nextRange = -1;
            for (Lane lane : lanes) {
                int range = lane.firstRangeAfter(cursor);
                if (range >= 0 && (next == null || lane.rangeStart(range) < next.rangeStart(nextRange))) {
                    next = lane;
                    nextRange = range;
                }
            }
            if (next == null || next.rangeStart(nextRange) >= until) {
                break;
            }
            long from = Math.max(cursor, next.rangeStart(nextRange));
            cursor = Math.min(until, next.rangeEnd(nextRange));
            session.outbound().append(log, from, cursor);
        }
        skip(log);
    }

    /** The session is to close: it gets what was appended up to now, and nothing more. */
    void endAt(BroadcastLog log) {
        end = Math.min(end, log.position());
    }

    /** Passes over what was appended since the last take. */
    void skip(BroadcastLog log) {
        cursor = log.position();
    }

    private int laneOf(LocalGroup group) {
        for (int i = 0; i < lanes.length; i++) {
            if (lanes[i].group() == group) {
                return i;
            }
        }
        return -1;
    }
}
