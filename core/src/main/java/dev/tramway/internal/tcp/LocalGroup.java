package dev.tramway.internal.tcp;

import dev.tramway.Framing;
import dev.tramway.Group;
import dev.tramway.internal.loop.InboxTarget;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The members of one group on one event loop. Lives on that loop; as an inbox target it takes broadcasts of other threads. */
final class LocalGroup implements InboxTarget {
    private final Room room;
    private final BroadcastLog log;
    private final ArrayList<Lane> lanes = new ArrayList<>(1);

    LocalGroup(Room room, BroadcastLog log) {
        this.room = room;
        this.log = log;
    }

    /** The group as the application knows it. */
    Group handle() {
        return room;
    }

    Room room() {
        return room;
    }

    BroadcastLog log() {
        return log;
    }

    @Override
    public void receive(ByteBuffer message, @Nullable Object except) {
        broadcast(message, (TcpSession) except);
    }

    /** Sends a message to all members on this loop but one. */
    void broadcast(ByteBuffer message, @Nullable TcpSession except) {
        if (except == null || except.log() != log || !except.memberships().contains(this)) {
            for (int i = 0; i < lanes.size(); i++) {
                lanes.get(i).broadcast(message, null);
            }
            return;
        }
        except.memberships().take(log);
        for (int i = 0; i < lanes.size(); i++) {
            lanes.get(i).broadcast(message, except);
            // After each lane: the next one may find the segment full, or the message too long for its framing.
            except.memberships().skip(log);
        }
    }

    Lane laneFor(Framing framing) {
        for (int i = 0; i < lanes.size(); i++) {
            if (lanes.get(i).framing().equals(framing)) {
                return lanes.get(i);
            }
        }
        Lane added = new Lane(this, log, framing);
        lanes.add(added);
        return added;
    }

    /** Forgets a lane that has no member any more, once its ranges have been served. */
    void cleanUp(Lane lane) {
        if (lane.isEmpty()) {
            lanes.remove(lane);
        }
    }
}
