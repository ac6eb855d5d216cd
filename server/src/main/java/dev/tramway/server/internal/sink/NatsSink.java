package dev.tramway.server.internal.sink;

import dev.tramway.TramwayException;
import dev.tramway.cluster.DurableStream;
import dev.tramway.cluster.NatsOptions;
import dev.tramway.server.internal.reading.DeviceReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
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
        this.target = withPrefix(withUser(withTls(options), options), options)
                .name("tramway sink " + name)
                .replicas(options.number("replicas", 1, 1, 5));
    }

    private static NatsOptions withTls(SinkOptions options) {
        URI uri = options.uri("url", "nats", "tls");
        Trust trust = Trust.of(options);
        NatsOptions to = NatsOptions.to(uri.toString());
        return uri.getScheme().equals("tls") ? to.tls(trust.context()) : to;
    }

    private static NatsOptions withUser(NatsOptions to, SinkOptions options) {
        NatsOptions trusted =
                options.optionalPath("credentials").map(to::credentials).orElse(to);
        String password = options.text("password", "");
        return options.optionalText("user")
                .map(user -> trusted.user(user, password))
                .orElse(trusted);
    }

    private static NatsOptions withPrefix(NatsOptions to, SinkOptions options) {
        String prefix = options.text("prefix", to.prefix());
        try {
            return to.prefix(prefix);
        } catch (IllegalArgumentException e) {
            throw SinkOptions.wrong("prefix", prefix, "up to 64 letters, digits, _ and -");
        }
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
