package dev.tramway.server.internal.api;

import dev.tramway.frames.Protocol;
import dev.tramway.server.internal.command.CommandRefusedException;
import dev.tramway.server.internal.command.CommandRequest;
import dev.tramway.server.internal.command.CommandState;
import dev.tramway.server.internal.command.CommandView;
import dev.tramway.server.internal.command.Commands;
import dev.tramway.server.internal.telemetry.Event;
import dev.tramway.server.internal.telemetry.Events;
import dev.tramway.server.internal.telemetry.Nodes;
import dev.tramway.server.internal.telemetry.Telemetry;
import dev.tramway.server.internal.telemetry.Views.AlarmKind;
import dev.tramway.server.internal.telemetry.Views.AlarmView;
import dev.tramway.server.internal.telemetry.Views.DeviceState;
import dev.tramway.server.internal.telemetry.Views.DeviceView;
import dev.tramway.server.internal.telemetry.Views.LatencyView;
import dev.tramway.server.internal.telemetry.Views.ListenerView;
import dev.tramway.server.internal.telemetry.Views.QuarantineView;
import dev.tramway.server.internal.telemetry.Views.SessionView;
import dev.tramway.server.internal.telemetry.Views.ValueView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small plant that stands still: what the interface shows of it is known. By any thread. */
final class SampleTelemetry implements Telemetry, Commands {
    static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    private final Events events = new Events();
    private final List<DeviceView> devices = Collections.synchronizedList(new ArrayList<>());
    private final List<QuarantineView> quarantine = Collections.synchronizedList(new ArrayList<>());
    private final List<CommandView> commands = Collections.synchronizedList(new ArrayList<>());

    private volatile Nodes nodes = Nodes.ALONE;

    SampleTelemetry() {
        devices.add(device("pump-house", "00200110", DeviceState.ONLINE, 12.5));
        devices.add(device("well", "00200111", DeviceState.OFFLINE, 3.25));
        quarantine.add(new QuarantineView(
                "00200999", "plant", "aqua-plc", "127.0.0.1:40001", NOON, NOON, 4, "measurement {value=1.5}"));
    }

    static DeviceView device(String name, String serial, DeviceState state, Object value) {
        return new DeviceView(
                name,
                serial,
                "aqua-plc",
                state,
                "configured",
                state == DeviceState.ONLINE ? Optional.of("session-1") : Optional.empty(),
                "plant",
                "127.0.0.1:40000",
                "none",
                Optional.of(NOON),
                1,
                7,
                0,
                0,
                List.of(new ValueView("pump-2/level", "surface", value, "m", NOON, NOON, "good")),
                List.of());
    }

    void add(DeviceView device) {
        devices.add(device);
    }

    void add(QuarantineView device) {
        quarantine.add(device);
    }

    /** There are several servers. */
    void join(Nodes all) {
        nodes = all;
    }

    @Override
    public Nodes nodes() {
        return nodes;
    }

    @Override
    public Events events() {
        return events;
    }

    @Override
    public Commands commands() {
        return this;
    }

    @Override
    public List<ListenerView> listeners() {
        LatencyView latency = new LatencyView(3, 700, List.of(0L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 2L, 0L, 0L));
        return List.of(new ListenerView(
                "plant",
                "telemetry",
                "tcp",
                List.of("127.0.0.1:12986"),
                1,
                2,
                0,
                7,
                7,
                224,
                189,
                1,
                0,
                4,
                0,
                latency,
                Optional.empty()));
    }

    @Override
    public List<SessionView> sessions() {
        return List.of(new SessionView(
                "session-1", "plant", "127.0.0.1:40000", "aqua-plc", List.of("pump-house"), "none", NOON, NOON, 7, 7));
    }

    @Override
    public List<DeviceView> devices() {
        return List.copyOf(devices);
    }

    @Override
    public Optional<DeviceView> device(String id) {
        return devices().stream()
                .filter(device -> device.name().equals(id)
                        || device.serial().equals(id)
                        || device.session().equals(Optional.of(id)))
                .findFirst();
    }

    @Override
    public Optional<Protocol> protocol(String device) {
        return Optional.of(Protocol.builtin("aqua-plc"));
    }

    @Override
    public List<String> parts(String device) {
        return List.of("pump-2", "pump-2/level", "pump-2/level/surface");
    }

    @Override
    public List<AlarmView> alarms() {
        return List.of(
                new AlarmView("well", "", "", AlarmKind.CONNECTION_LOSS, true, "no connection since 12:00", NOON));
    }

    @Override
    public List<QuarantineView> quarantine() {
        return List.copyOf(quarantine);
    }

    @Override
    public DeviceView accept(String serial, String name) {
        QuarantineView found = quarantine().stream()
                .filter(waiting -> waiting.serial().equals(serial))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("serial " + serial + ": nobody waits"));
        quarantine.remove(found);
        DeviceView device = device(name, serial, DeviceState.ONLINE, 1.5);
        devices.add(device);
        events.tell(new Event.QuarantineChanged(NOON, serial, found, false));
        return device;
    }

    @Override
    public void dismiss(String serial) {
        quarantine.removeIf(waiting -> waiting.serial().equals(serial));
    }

    // ---- commands ---------------------------------------------------------------------------------------------------

    @Override
    public CommandView submit(CommandRequest request) {
        if (device(request.device()).isEmpty()) {
            throw new CommandRefusedException(CommandRefusedException.Kind.UNKNOWN_DEVICE, "device: unknown");
        }
        if (!Protocol.builtin("aqua-plc").commands().contains(request.command())) {
            throw new CommandRefusedException(CommandRefusedException.Kind.UNKNOWN_COMMAND, "command: unknown");
        }
        Optional<CommandView> same = commands.stream()
                .filter(command -> request.key().isPresent() && command.key().equals(request.key()))
                .findFirst();
        if (same.isPresent()) {
            return same.get();
        }
        CommandView command = view(request, "c" + (commands.size() + 1), CommandState.QUEUED);
        commands.add(command);
        return command;
    }

    private static CommandView view(CommandRequest request, String id, CommandState state) {
        return new CommandView(
                id,
                request.device(),
                request.source(),
                request.command(),
                request.arguments(),
                state,
                "",
                true,
                NOON,
                NOON,
                NOON.plusSeconds(60),
                0,
                Map.of(),
                request.key());
    }

    @Override
    public Optional<CommandView> find(String id) {
        return commands.stream().filter(command -> command.id().equals(id)).findFirst();
    }

    @Override
    public List<CommandView> of(String device) {
        return List.copyOf(commands).reversed();
    }

    @Override
    public List<CommandView> newest(int most) {
        return List.copyOf(commands).reversed().stream().limit(most).toList();
    }

    @Override
    public CommandView cancel(String id) {
        CommandView command = find(id).orElseThrow(() -> new CommandRefusedException(
                CommandRefusedException.Kind.NOT_CANCELLABLE, "command " + id + ": unknown"));
        commands.remove(command);
        CommandRequest request = new CommandRequest(
                command.device(),
                command.source(),
                command.command(),
                command.arguments(),
                command.key(),
                Optional.empty());
        CommandView cancelled = view(request, id, CommandState.CANCELLED);
        commands.add(cancelled);
        return cancelled;
    }
}
