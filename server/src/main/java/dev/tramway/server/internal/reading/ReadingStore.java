package dev.tramway.server.internal.reading;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where readings go before anybody is told that they have arrived. May be used by any thread, event loops too: it never waits. */
public interface ReadingStore {
    /**
     * Keeps readings until every sink has them.
     *
     * @param readings of one device, in their order
     * @return completes, on a thread of the store, when they outlive a crash; fails with a {@link StoreFullException} if there
     *     is no room, which is the moment not to acknowledge them, or with an {@link java.io.UncheckedIOException}
     */
    CompletableFuture<Void> store(List<DeviceReading> readings);
}
