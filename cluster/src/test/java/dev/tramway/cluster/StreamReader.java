package dev.tramway.cluster;

import dev.tramway.cluster.testing.Await;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Reads a stream with nothing but the client of NATS. */
final class StreamReader {
    private StreamReader() {}

    /** All that is in it, once there is so much. */
    static List<String> read(String url, String other, String subject, int messages) throws Exception {
        Options options =
                new Options.Builder().servers(new String[] {url, other}).build();
        try (Connection connection = Nats.connect(options)) {
            List<String> read = new ArrayList<>();
            JetStreamSubscription subscription = subscribe(connection, subject);
            Duration wait = Await.LIMIT;
            for (Message next = subscription.nextMessage(wait); next != null; next = subscription.nextMessage(wait)) {
                read.add(new String(next.getData(), StandardCharsets.UTF_8));
                next.ack();
                // When all are there, one that should not be would be here already.
                wait = read.size() < messages ? Await.LIMIT : Duration.ofMillis(200);
            }
            return read;
        }
    }

    /** A cluster that has lost a server chooses a new leader first. */
    private static JetStreamSubscription subscribe(Connection connection, String subject) {
        AtomicReference<JetStreamSubscription> subscription = new AtomicReference<>();
        Await.until("the stream is there", () -> {
            try {
                subscription.set(connection.jetStream().subscribe(subject));
                return true;
            } catch (IOException | JetStreamApiException | IllegalStateException notYet) {
                return false;
            }
        });
        return subscription.get();
    }
}
