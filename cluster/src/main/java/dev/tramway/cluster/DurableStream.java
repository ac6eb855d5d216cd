package dev.tramway.cluster;

import dev.tramway.cluster.internal.Stream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;

/**
 * A stream that NATS keeps on disk, for what must survive, got by {@link NatsCluster#stream} or with a connection of its own. All methods may be called from any thread.
 *
 * <p>At least once: what failed is appended again by the caller, and what had arrived all the same is left out by its id, if that was within ten
 * minutes.
 */
public final class DurableStream implements AutoCloseable {
    private final Stream stream;

    DurableStream(Stream stream) {
        this.stream = stream;
    }

    /**
     * Connects for a stream alone, without being a node; waits some seconds at most.
     *
     * @param options where and how
     * @param name any text
     * @throws dev.tramway.ConnectFailedException if NATS is not reached, or refuses
     * @throws UncheckedIOException if JetStream does not answer, or cannot make the stream
     */
    public static DurableStream connect(NatsOptions options, String name) {
        try {
            return new DurableStream(Stream.connect(options, name));
        } catch (IOException e) {
            throw new UncheckedIOException("stream " + name + ": " + e.getMessage(), e);
        }
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

    /** Ends the connection, if it is the stream's own; that of a node goes on. */
    @Override
    public void close() {
        stream.close();
    }
}
