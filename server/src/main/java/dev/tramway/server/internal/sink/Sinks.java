package dev.tramway.server.internal.sink;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** Makes sinks out of configuration. */
public final class Sinks {
    private static final Map<String, BiFunction<String, SinkOptions, Sink>> KINDS = Map.of(
            "file", JsonLinesSink::new,
            "influxdb", InfluxSink::new,
            "mqtt", MqttSink::new,
            "nats", NatsSink::new,
            "postgresql", PostgresSink::new,
            "webhook", WebhookSink::new);

    private Sinks() {}

    /** Words for the kinds of sinks, in order. */
    public static List<String> kinds() {
        return List.copyOf(new TreeSet<>(KINDS.keySet()));
    }

    /**
     * Makes one. It connects to nothing before readings come, so that a receiver that is down keeps no server from starting.
     *
     * @param kind one of {@link #kinds}
     * @param name its name, by which its place in the spool is known
     * @param options what the configuration says
     * @throws BadOptionException if an option is missing, wrong or unknown
     */
    public static Sink create(String kind, String name, SinkOptions options) {
        BiFunction<String, SinkOptions, Sink> maker = KINDS.get(kind);
        if (maker == null) {
            throw new BadOptionException(
                    kind, "'" + kind + "' is no kind of sink", "one of " + String.join(", ", kinds()));
        }
        Sink sink = maker.apply(name, options);
        try {
            options.complete();
        } catch (BadOptionException e) {
            sink.close();
            throw e;
        }
        return sink;
    }
}
