package dev.tramway.server.internal.telemetry;

import dev.tramway.frames.LiveProtocol;
import dev.tramway.server.internal.config.ListenerConfig;
import dev.tramway.server.internal.config.ListenerConfig.TelemetryConfig;
import dev.tramway.server.internal.script.ReadingScript;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the connections of one telemetry listener have in common. Used by any thread. */
final class TelemetryPort {
    private final ListenerConfig listener;
    private final TelemetryConfig config;
    private final TelemetryService service;
    private final List<LiveProtocol> protocols;
    private final Counters counters = new Counters();
    private final Map<String, DeviceLink> links = new ConcurrentHashMap<>();
    private final Optional<ReadingScript> script;

    TelemetryPort(ListenerConfig listener, TelemetryService service, List<LiveProtocol> protocols) {
        this.listener = listener;
        this.service = service;
        this.protocols = List.copyOf(protocols);
        config = listener.telemetry().orElseThrow();
        script = listener.script().map(file -> new ReadingScript(listener.name(), file));
    }

    String name() {
        return listener.name();
    }

    ListenerConfig listener() {
        return listener;
    }

    TelemetryConfig config() {
        return config;
    }

    TelemetryService service() {
        return service;
    }

    List<LiveProtocol> protocols() {
        return protocols;
    }

    Counters counters() {
        return counters;
    }

    /** What is told of readings. */
    Optional<ReadingScript> script() {
        return script;
    }

    /** Its open connections by id. */
    Map<String, DeviceLink> links() {
        return links;
    }
}
