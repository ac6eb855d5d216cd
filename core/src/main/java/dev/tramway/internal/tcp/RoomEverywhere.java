package dev.tramway.internal.tcp;

import dev.tramway.Cluster;
import dev.tramway.SendResult;
import dev.tramway.Session;
import dev.tramway.SharedGroup;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A group together with those of its name on other nodes. */
final class RoomEverywhere implements SharedGroup {
    private final Room room;
    private final Optional<String> group;
    private final Cluster.Link others;

    RoomEverywhere(Room room, Optional<String> group, Cluster.Link others) {
        this.room = room;
        this.group = group;
        this.others = others;
    }

    @Override
    public String name() {
        return room.name();
    }

    @Override
    public SendResult broadcast(ByteBuffer message) {
        return broadcast(message, () -> room.broadcast(message));
    }

    @Override
    public SendResult broadcast(ByteBuffer message, Session except) {
        return broadcast(message, () -> room.broadcast(message, except));
    }

    /** Asks for room on the way out first, so that what is refused has reached nobody and can be tried again. */
    private SendResult broadcast(ByteBuffer message, Supplier<SendResult> here) {
        if (!others.isWritable()) {
            return SendResult.FULL;
        }
        SendResult result = here.get();
        if (result == SendResult.ACCEPTED) {
            others.broadcast(group, message);
        }
        return result;
    }

    @Override
    public CompletableFuture<Long> size() {
        return others.size(group).thenApply(elsewhere -> elsewhere + room.size());
    }

    @Override
    public String toString() {
        return room + " everywhere";
    }
}
