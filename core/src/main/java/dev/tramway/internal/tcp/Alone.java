package dev.tramway.internal.tcp;

import dev.tramway.Cluster;
import dev.tramway.SendResult;
import dev.tramway.SessionAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Stands for the other nodes where there are none. */
final class Alone implements Cluster.Link {
    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void broadcast(Optional<String> group, ByteBuffer message) {}

    @Override
    public void groupOpened(String group) {}

    @Override
    public void groupClosed(String group) {}

    @Override
    public CompletableFuture<Long> size(Optional<String> group) {
        return CompletableFuture.completedFuture(0L);
    }

    @Override
    public CompletableFuture<SendResult> send(SessionAddress session, ByteBuffer message) {
        return CompletableFuture.completedFuture(SendResult.CLOSED);
    }

    @Override
    public CompletableFuture<Boolean> disconnect(SessionAddress session) {
        return CompletableFuture.completedFuture(false);
    }
}
