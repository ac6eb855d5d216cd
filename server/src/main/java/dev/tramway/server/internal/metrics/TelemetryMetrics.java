package dev.tramway.server.internal.metrics;

import dev.tramway.server.internal.telemetry.Telemetry;
import dev.tramway.server.internal.telemetry.Views.AlarmKind;
import dev.tramway.server.internal.telemetry.Views.AlarmView;
import dev.tramway.server.internal.telemetry.Views.DeviceState;
import dev.tramway.server.internal.telemetry.Views.DeviceView;
import dev.tramway.server.internal.telemetry.Views.LatencyView;
import dev.tramway.server.internal.telemetry.Views.ListenerView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures of listeners and devices. None is labelled by device: ten thousand of them would be ten thousand series. */
public final class TelemetryMetrics implements MetricSource {
    private static final double MICROS = 1e6;

    private final Telemetry telemetry;

    /**
     * Prepares them.
     *
     * @param telemetry where they come from
     */
    public TelemetryMetrics(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    @Override
    public void collect(MetricOutput out) {
        telemetry.listeners().forEach(listener -> collect(listener, out));
        List<DeviceView> devices = telemetry.devices();
        for (DeviceState state : DeviceState.values()) {
            long count =
                    devices.stream().filter(device -> device.state() == state).count();
            out.gauge("tramway_devices", "Devices that are known", count, "state", lower(state));
        }
        out.gauge(
                "tramway_commands_waiting",
                "Commands that wait or are under way",
                devices.stream().mapToLong(DeviceView::commands).sum());
        out.gauge(
                "tramway_quarantine",
                "Unknown devices that wait",
                telemetry.quarantine().size());
        List<AlarmView> alarms = telemetry.alarms();
        for (AlarmKind kind : AlarmKind.values()) {
            long count = alarms.stream()
                    .filter(alarm -> alarm.active() && alarm.kind() == kind)
                    .count();
            out.gauge("tramway_alarms", "What is wrong now", count, "kind", lower(kind));
        }
    }

    private static void collect(ListenerView listener, MetricOutput out) {
        String name = listener.name();
        out.gauge("tramway_sessions", "Connections open", listener.sessions(), "listener", name);
        out.counter("tramway_accepted", "Connections so far", listener.accepted(), "listener", name);
        out.counter("tramway_refused", "Connections that a limit refused", listener.refused(), "listener", name);
        both("tramway_messages", "Messages", listener.messagesIn(), listener.messagesOut(), name, out);
        both("tramway_bytes", "Bytes", listener.bytesIn(), listener.bytesOut(), name, out);
        out.counter("tramway_malformed", "Frames not understood", listener.malformed(), "listener", name);
        out.counter("tramway_duplicates", "Frames that had come before", listener.duplicates(), "listener", name);
        out.counter("tramway_unidentified", "Frames of nobody known", listener.unidentified(), "listener", name);
        out.counter("tramway_key_failures", "Uses of a wrong key", listener.keyFailures(), "listener", name);
        listener.script().ifPresent(script -> {
            out.counter("tramway_script_calls", "Calls of the listener's script", script.calls(), "listener", name);
            out.counter("tramway_script_errors", "Calls that failed", script.errors(), "listener", name);
            out.counter("tramway_script_dropped", "Messages it had no time for", script.dropped(), "listener", name);
        });
        latency(listener.latency(), name, out);
    }

    private static void both(String name, String what, long in, long received, String listener, MetricOutput out) {
        out.counter(name, what, in, "listener", listener, "direction", "in");
        out.counter(name, what, received, "listener", listener, "direction", "out");
    }

    private static void latency(LatencyView latency, String listener, MetricOutput out) {
        List<Double> bounds = new ArrayList<>();
        for (int i = 0; i < latency.buckets().size(); i++) {
            boolean last = i == latency.buckets().size() - 1;
            bounds.add(last ? Double.POSITIVE_INFINITY : (1L << i) / MICROS);
        }
        if (!bounds.isEmpty()) {
            out.histogram(
                    "tramway_store_seconds",
                    "Time from a frame's arrival until its readings were stored",
                    bounds,
                    latency.buckets(),
                    latency.totalMicros() / MICROS,
                    "listener",
                    listener);
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
