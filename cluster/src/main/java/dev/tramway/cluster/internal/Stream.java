package dev.tramway.cluster.internal;

import dev.tramway.cluster.NatsOptions;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.PublishOptions;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A stream of JetStream, made when it is first needed. */
public final class Stream implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /** How long ids are remembered, so that what is sent again is left out. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private static final int NOT_FOUND = 404;

    private final Connection connection;
    private final StreamConfiguration configuration;
    private final String subject;
    private final boolean ownsConnection;

    private Stream(Connection connection, boolean ownsConnection, NatsOptions options, String name) {
        Subjects subjects = new Subjects(options.prefix());
        this.connection = connection;
        this.ownsConnection = ownsConnection;
        this.subject = subjects.stream(name);
        this.configuration = StreamConfiguration.builder()
                .name(subjects.streamName(name))
                .subjects(subject)
                .storageType(StorageType.File)
                .replicas(options.replicas())
                .duplicateWindow(REMEMBERED)
                .build();
    }

    /**
     * A stream over the connection of a node.
     *
     * @throws IOException if JetStream does not answer, or cannot make it
     */
    static Stream over(Connection connection, NatsOptions options, String name) throws IOException {
        return new Stream(connection, false, options, name).make();
    }

    /**
     * A stream with a connection of its own.
     *
     * @throws IOException if JetStream does not answer, or cannot make it
     */
    public static Stream connect(NatsOptions options, String name) throws IOException {
        Stream stream = new Stream(Uplink.connect(options, () -> {}), true, options, name);
        try {
            return stream.make();
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    /** Makes it, unless it is there; then it is left as it is. */
    private Stream make() throws IOException {
        try {
            JetStreamManagement management = connection.jetStreamManagement();
            try {
                management.getStreamInfo(configuration.getName());
            } catch (JetStreamApiException e) {
                if (e.getErrorCode() != NOT_FOUND) {
                    throw e;
                }
                management.addStream(configuration);
            }
            return this;
        } catch (JetStreamApiException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Where it is written to. */
    public String subject() {
        return subject;
    }

    /** Appends a message; completes when the stream has it. */
    public CompletableFuture<Void> append(String id, byte[] message) {
        PublishOptions options = PublishOptions.builder()
                .messageId(id)
                .expectedStream(configuration.getName())
                .build();
        try {
            return connection
                    .jetStream()
                    .publishAsync(subject, message, options)
                    .orTimeout(ANSWER.toNanos(), TimeUnit.NANOSECONDS)
                    .thenApply(ack -> null);
        } catch (IOException | IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void close() {
        if (ownsConnection) {
            try {
                connection.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
