package dev.tramway.internal.tcp;

import dev.tramway.Group;
import dev.tramway.SendResult;
import dev.tramway.Session;
import dev.tramway.SharedGroup;
import dev.tramway.internal.loop.Inbox;
import dev.tramway.internal.loop.Loop;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A group of a server's sessions: one {@link LocalGroup} on each loop. May be used by any thread.
 *
 * <p>A broadcast from a loop is done there and put into the inboxes of the others; from another thread it is put into all
 * inboxes, or into none if one is full.
 */
final class Room implements Group {
    private final String name;
    private final Rooms rooms;
    private final List<LocalGroup> locals = new ArrayList<>();
    private final List<Inbox> inboxes = new ArrayList<>();

    /** Members; guarded by the map of rooms, so that a room that becomes empty is forgotten and never joined again. */
    private final AtomicInteger size = new AtomicInteger();

    Room(String name, Rooms rooms) {
        this.name = name;
        this.rooms = rooms;
        for (LoopShare share : rooms.shares()) {
            locals.add(new LocalGroup(this, share.log()));
            inboxes.add(share.loop().inbox());
        }
    }

    LocalGroup on(Loop loop) {
        return locals.get(loop.index());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        Room room = rooms.current(this);
        return room == null ? 0 : room.size.get();
    }

    void left() {
        rooms.left(this);
    }

    int changeSize(int by) {
        return size.addAndGet(by);
    }

    @Override
    public void add(Session session) {
        rooms.join(this, member(session));
    }

    @Override
    public void remove(Session session) {
        TcpSession member = member(session);
        member.controlOnLoop(() -> {
            Room room = rooms.current(this);
            if (room != null) {
                member.leaveHere(room.on(member.loop()));
            }
        });
    }

    private TcpSession member(Session session) {
        if (session instanceof TcpSession member && rooms.owns(member)) {
            return member;
        }
        throw new IllegalArgumentException("session: " + session + " (expected: a session of the group's own server)");
    }

    @Override
    public SharedGroup everywhere() {
        return rooms.everywhere(this);
    }

    @Override
    public SendResult broadcast(ByteBuffer message) {
        return broadcast(message, (TcpSession) null);
    }

    @Override
    public SendResult broadcast(ByteBuffer message, Session except) {
        return broadcast(message, member(except));
    }

    private SendResult broadcast(ByteBuffer message, @Nullable TcpSession except) {
        if (!rooms.isRunning()) {
            return SendResult.CLOSED;
        }
        Room room = rooms.current(this);
        if (room == null) {
            return SendResult.ACCEPTED;
        }
        return room.broadcastNow(message, except);
    }

    private SendResult broadcastNow(ByteBuffer message, @Nullable TcpSession except) {
        Loop current = Loop.current();
        Loop here = current != null && rooms.lives(current) ? current : null;
        if (here == null || inboxes.size() > 1) {
            Inbox own = here == null ? null : here.inbox();
            switch (Inbox.offerToAll(inboxes, locals, own, except, message)) {
                case TAKEN -> {}
                case CLOSED -> {
                    return SendResult.CLOSED;
                }
                case FULL -> {
                    rooms.tellWhenWritable();
                    return SendResult.FULL;
                }
            }
        }
        if (here != null) {
            on(here).broadcast(message, except);
        }
        return SendResult.ACCEPTED;
    }

    @Override
    public String toString() {
        return "group " + name;
    }
}
