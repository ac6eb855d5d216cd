package dev.tramway.cluster;

import dev.tramway.cluster.internal.Stream;
import java.util.concurrent.CompletableFuture;

/**
 * A stream that NATS keeps on disk, for what must survive, got by {@link NatsCluster#stream}. All methods may be called from any thread.
 *
 * <p>At least once: what failed is appended again by the caller, and what had arrived all the same is left out by its id, if that was within ten
 * minutes.
 */
public final class DurableStream {
    private final Stream stream;

    DurableStream(Stream stream) {
        this.stream = stream;
    }

    /** Its subject in NATS, for those who read it. */
    public String subject() {
        return stream.subject();
    }

    /**
     * Appends a message.
     *
     * @param id another one for each message
     * @param message all of it
     * @return completes when the stream has it, on as many servers as {@link NatsOptions#replicas} says a majority of; fails if that is
     *     not known within five seconds
     */
    public CompletableFuture<Void> append(String id, byte[] message) {
        return stream.append(id, message);
    }
}
