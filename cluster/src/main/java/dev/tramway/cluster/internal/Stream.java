package dev.tramway.cluster.internal;

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
public final class Stream {
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /** How long ids are remembered, so that what is sent again is left out. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private static final int NOT_FOUND = 404;

    private final Connection connection;
    private final StreamConfiguration configuration;
    private final String subject;

    /** Names it. */
    Stream(Connection connection, Subjects subjects, String name, int replicas) {
        this.connection = connection;
        this.subject = subjects.stream(name);
        this.configuration = StreamConfiguration.builder()
                .name(subjects.streamName(name))
                .subjects(subject)
                .storageType(StorageType.File)
                .replicas(replicas)
                .duplicateWindow(REMEMBERED)
                .build();
    }

    /**
     * Makes it, unless it is there; then it is left as it is.
     *
     * @throws IOException if JetStream does not answer, or cannot make it
     */
    Stream make() throws IOException {
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
}
