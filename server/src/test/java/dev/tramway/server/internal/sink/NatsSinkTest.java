package dev.tramway.server.internal.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.server.internal.reading.DeviceReading;
import dev.tramway.server.internal.reading.Readings;
import io.nats.client.Connection;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Nats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readings in a stream of a real nats-server. */
class NatsSinkTest {
    @TempDir
    private Path directory;

    /** In the stream of the name {@code readings}, encoded as the documentation says. */
    private static final String SUBJECT = "plant.stream.ncmVhZGluZ3M";

    private static Sink sink(NatsServer nats) {
        return Sinks.create("nats", "stream", new SinkOptions(Map.of("url", nats.url(), "prefix", "plant")));
    }

    private static List<String> read(NatsServer nats) throws IOException, InterruptedException {
        List<String> read = new ArrayList<>();
        try (Connection connection = Nats.connect(nats.url())) {
            JetStreamSubscription all = connection.jetStream().subscribe(SUBJECT);
            for (Message next = all.nextMessage(Duration.ofSeconds(2));
                    next != null;
                    next = all.nextMessage(Duration.ofMillis(300))) {
                read.add(new String(next.getData(), StandardCharsets.UTF_8));
                next.ack();
            }
        } catch (io.nats.client.JetStreamApiException e) {
            throw new IOException(e);
        }
        return read;
    }

    @Test
    void readingsAreInTheStreamOnceAlsoIfTheyAreSentAgain() throws Exception {
        try (NatsServer nats = NatsServer.start(directory);
                Sink sink = sink(nats)) {
            sink.deliver(List.of(reading(1), reading(2)));
            sink.deliver(List.of(reading(2), reading(3)));
            assertThat(read(nats)).containsExactly(text(1), text(2), text(3));
        }
    }

    @Test
    void whileNatsIsAwayReadingsWaitInTheSpool() throws Exception {
        try (NatsServer nats = NatsServer.start(directory);
                Sink sink = sink(nats)) {
            sink.deliver(List.of(reading(1)));
            nats.kill();
            assertThatThrownBy(() -> sink.deliver(List.of(reading(2)))).isInstanceOf(IOException.class);
            nats.startAgain();
            Waits.asserted(() -> sink.deliver(List.of(reading(2))));
            assertThat(read(nats)).containsExactly(text(1), text(2));
        }
    }

    private static DeviceReading reading(int number) {
        return Readings.numbered("pump", number);
    }

    private static String text(int number) {
        return new String(ReadingJson.object(reading(number)), StandardCharsets.UTF_8);
    }
}
