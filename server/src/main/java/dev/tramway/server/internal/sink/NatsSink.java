package dev.tramway.server.internal.sink;

import dev.tramway.TramwayException;
import dev.tramway.cluster.DurableStream;
import dev.tramway.cluster.NatsOptions;
import dev.tramway.server.internal.reading.DeviceReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Appends each reading as a JSON object to a stream of NATS, which keeps it on disk. What is sent again has the same id, by which the stream leaves it out.
 */
final class NatsSink implements Sink {
    private static final long PATIENCE_SECONDS = 30;

    private final String name;
    private final NatsOptions target;
    private final String streamName;
    private @Nullable DurableStream stream;

    /**
     * Options: {@code url} (nats or tls), {@code stream}, {@code prefix}, {@code replicas}, {@code credentials}, {@code user}, {@code password},
     * {@code ca}.
     */
    NatsSink(String name, SinkOptions options) {
        this.name = name;
        this.streamName = options.text("stream", "readings");
        NatsOptions to = NatsOptions.to(options.uri("url", "nats", "tls").toString())
                .name("tramway sink " + name)
                .replicas(options.number("replicas", 1, 1, 5));
        String prefix = options.text("prefix", to.prefix());
        try {
            to = to.prefix(prefix);
        } catch (IllegalArgumentException e) {
            throw SinkOptions.wrong("prefix", prefix, "up to 64 letters, digits, _ and -");
        }
        var credentials = options.optionalPath("credentials");
        if (credentials.isPresent()) {
            to = to.credentials(credentials.get());
        }
        String password = options.text("password", "");
        var user = options.optionalText("user");
        if (user.isPresent()) {
            to = to.user(user.get(), password);
        }
        var authorities = options.optionalPath("ca");
        if (authorities.isPresent()) {
            to = to.trust(authorities.get());
        }
        target = to;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void deliver(List<DeviceReading> readings) throws IOException, InterruptedException {
        DurableStream to = connected();
        CompletableFuture<?>[] appended = readings.stream()
                .map(reading -> to.append(reading.id(), ReadingJson.object(reading)))
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(appended).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the stream has not taken it: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IOException("the stream has not answered for " + PATIENCE_SECONDS + " seconds", e);
        }
    }

    private DurableStream connected() throws IOException {
        DurableStream present = stream;
        if (present == null) {
            try {
                present = DurableStream.connect(target, streamName);
            } catch (TramwayException | UncheckedIOException e) {
                throw new IOException(e.getMessage(), e);
            }
            stream = present;
        }
        return present;
    }

    @Override
    public void close() {
        DurableStream open = stream;
        if (open != null) {
            open.close();
        }
    }
}
