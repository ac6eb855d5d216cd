package dev.tramway.internal.tcp;

import dev.tramway.Cluster;
import dev.tramway.internal.loop.Loop;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The groups of one run of a server, from its start to its stop. May be used by any thread.
 *
 * <p>A room is kept while it has members. A handle that the application holds on to stands for its name: it finds the room
 * of that name anew, so that a room which was empty for a while is the same room for all.
 */
final class Rooms {
    private final List<LoopShare> shares;
    private final BooleanSupplier running;
    private final Runnable writable;
    private final ConcurrentHashMap<String, Room> named = new ConcurrentHashMap<>();
    private final Cluster.Link others;
    private final Room everyone;
    private final AtomicBoolean writableAsked = new AtomicBoolean();

    /**
     * Makes the group of all.
     *
     * @param running whether the server serves; while it stops, nobody takes broadcasts
     * @param writable tells the server's listeners that a refused broadcast may be tried again
     * @param others hear which groups have members here
     */
    Rooms(List<Loop> loops, BooleanSupplier running, Runnable writable, Cluster.Link others) {
        this.shares = loops.stream().map(LoopShare::new).toList();
        this.running = running;
        this.writable = writable;
        this.others = others;
        this.everyone = new Room("everyone", this);
    }

    List<LoopShare> shares() {
        return shares;
    }

    boolean isRunning() {
        return running.getAsBoolean();
    }

    LoopShare share(Loop loop) {
        return shares.get(loop.index());
    }

    boolean lives(Loop loop) {
        return loop.index() < shares.size() && shares.get(loop.index()).loop() == loop;
    }

    boolean owns(TcpSession session) {
        return session.log() == shares.get(session.loop().index()).log();
    }

    Room everyone() {
        return everyone;
    }

    /** The group of a name, whether it has members or not. */
    Room named(String name) {
        Room present = named.get(name);
        return present == null ? new Room(name, this) : present;
    }

    /** The room that a handle stands for now; null if it has no members. */
    @Nullable
    Room current(Room handle) {
        return handle == everyone ? everyone : named.get(handle.name());
    }

    /**
     * Adds a member. It is counted at once, so that the room is there for what the caller broadcasts next, and becomes a
     * member on its loop.
     */
    void join(Room handle, TcpSession session) {
        Room room = counted(handle);
        LocalGroup group = room.on(session.loop());
        session.controlOnLoop(() -> {
            if (session.mayJoin(group)) {
                session.joinHere(group);
            } else {
                left(room);
            }
        });
    }

    /** Counts a member of the room that a handle stands for now, which may be another room than the handle. */
    private Room counted(Room handle) {
        if (handle == everyone) {
            handle.changeSize(1);
            return handle;
        }
        Room[] room = new Room[1];
        named.compute(handle.name(), (name, present) -> {
            room[0] = present == null ? handle : present;
            if (present == null) {
                others.groupOpened(name);
            }
            room[0].changeSize(1);
            return room[0];
        });
        return room[0];
    }

    /** Notes that a member has left, and forgets an empty room. */
    void left(Room room) {
        if (room == everyone) {
            room.changeSize(-1);
        } else {
            named.computeIfPresent(room.name(), (name, present) -> {
                if (room.changeSize(-1) > 0 || present != room) {
                    return present;
                }
                others.groupClosed(name);
                return null;
            });
        }
    }

    /** A group together with those of its name on other nodes. */
    RoomEverywhere everywhere(Room handle) {
        return new RoomEverywhere(handle, handle == everyone ? Optional.empty() : Optional.of(handle.name()), others);
    }

    /** Once all loops have handled what was in their inboxes when a broadcast was refused, listeners hear of it. */
    void tellWhenWritable() {
        if (writableAsked.compareAndSet(false, true)) {
            tellAfter(0);
        }
    }

    private void tellAfter(int loop) {
        if (loop == shares.size()) {
            writableAsked.set(false);
            writable.run();
            return;
        }
        shares.get(loop).loop().inbox().offerControl((message, detail) -> tellAfter(loop + 1), null);
    }
}
