package dev.tramway.cluster.internal;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.KeyValue;
import io.nats.client.KeyValueOptions;
import io.nats.client.api.KeyValueConfiguration;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bucket of JetStream, whose answers are waited for a second. May be used by any thread that may wait. */
final class Bucket {
    private static final Logger LOG = LoggerFactory.getLogger(Bucket.class);

    static final Duration ANSWER = Duration.ofSeconds(1);

    private static final KeyValueOptions OPTIONS = KeyValueOptions.builder()
            .jetStreamOptions(JetStreamOptions.builder().requestTimeout(ANSWER).build())
            .build();

    private final Connection connection;
    private final KeyValueConfiguration configuration;

    Bucket(Connection connection, KeyValueConfiguration configuration) {
        this.connection = connection;
        this.configuration = configuration;
    }

    /** What is in it. */
    KeyValue open() throws IOException {
        return connection.keyValue(configuration.getBucketName(), OPTIONS);
    }

    /** Makes it, if it is not there and NATS can. */
    void make() {
        try {
            connection.keyValueManagement(OPTIONS).create(configuration);
        } catch (JetStreamApiException | IOException | RuntimeException e) {
            LOG.debug("no bucket {}: {}", configuration.getBucketName(), e.toString());
        }
    }
}
