package dev.tramway.server.internal.telemetry;

import dev.tramway.IoService;
import dev.tramway.Tls;
import dev.tramway.frames.Direction;
import dev.tramway.frames.LiveProtocol;
import dev.tramway.frames.Protocol;
import dev.tramway.server.internal.Clocks;
import dev.tramway.server.internal.Clocks.Moment;
import dev.tramway.server.internal.RareWarning;
import dev.tramway.server.internal.command.CommandCenter;
import dev.tramway.server.internal.command.CommandJournal;
import dev.tramway.server.internal.command.CommandRefusedException;
import dev.tramway.server.internal.command.CommandRequest;
import dev.tramway.server.internal.command.Commands;
import dev.tramway.server.internal.config.Builtins;
import dev.tramway.server.internal.config.DeviceConfig;
import dev.tramway.server.internal.config.ListenerConfig;
import dev.tramway.server.internal.config.ServerConfig;
import dev.tramway.server.internal.listener.RunningListener;
import dev.tramway.server.internal.reading.DeadLetters;
import dev.tramway.server.internal.reading.ReadingStore;
import dev.tramway.server.internal.telemetry.AcceptedDevices.Accepted;
import dev.tramway.server.internal.telemetry.Device.Origin;
import dev.tramway.server.internal.telemetry.Views.AlarmView;
import dev.tramway.server.internal.telemetry.Views.DeviceView;
import dev.tramway.server.internal.telemetry.Views.LatencyView;
import dev.tramway.server.internal.telemetry.Views.ListenerView;
import dev.tramway.server.internal.telemetry.Views.QuarantineView;
import dev.tramway.server.internal.telemetry.Views.ScriptView;
import dev.tramway.server.internal.telemetry.Views.SessionView;
import dev.tramway.server.internal.yaml.Position;
import dev.tramway.server.internal.yaml.Section;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Devices and all that has to do with them. Used by any thread. */
public final class TelemetryService implements Telemetry, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TelemetryService.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int MOST_TAKEN = 200_000;
    private static final long COMMANDS_EVERY_MILLIS = 100;
    private static final long DEVICES_EVERY_MILLIS = 1_000;

    private final IoService io;
    private final ReadingStore store;
    private final DeadLetters deadLetters;
    private final Clocks clocks;
    private final Supplier<? extends Collection<? extends RunningListener>> running;
    private final Events events = new Events();
    private final DeviceRegistry registry = new DeviceRegistry();
    private final Quarantine quarantine = new Quarantine();
    private final KeyRing keys = new KeyRing();
    private final ProtocolLibrary protocols = new ProtocolLibrary();
    private final AcceptedDevices accepted;
    private final CommandJournal journal;
    private final CommandCenter commands;
    private final Intake intake = new Intake(this);
    private volatile Whereabouts whereabouts = Whereabouts.ALONE;
    private volatile Nodes nodes = Nodes.ALONE;
    private final Map<String, TelemetryPort> ports = new ConcurrentHashMap<>();
    private final Map<String, UdpTelemetry> datagrams = new ConcurrentHashMap<>();
    private final RareWarning notStored = new RareWarning(LOG);
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("tramway-telemetry").factory());

    /**
     * What it works with.
     *
     * @param io event loops
     * @param store keeps readings
     * @param deadLetters keeps frames that nobody understands
     * @param journal keeps commands
     * @param clocks give the time
     * @param running all listeners that run, of whatever role, for {@link #listeners}
     */
    public record Surroundings(
            IoService io,
            ReadingStore store,
            DeadLetters deadLetters,
            CommandJournal journal,
            Clocks clocks,
            Supplier<? extends Collection<? extends RunningListener>> running) {}

    /** Knows the devices of a configuration; its listeners are started one by one. */
    public TelemetryService(ServerConfig config, Surroundings around) {
        io = around.io();
        store = around.store();
        deadLetters = around.deadLetters();
        clocks = around.clocks();
        running = around.running();
        journal = around.journal();
        accepted = new AcceptedDevices(config.state());
        commands = new CommandCenter(
                config.commands(),
                registry::find,
                command -> events.tell(new Event.CommandChanged(clocks.wall().instant(), command.device(), command)),
                journal,
                clocks);
        // Protocols first, so that devices find theirs by the names that the configuration gives them.
        config.listeners().stream()
                .flatMap(listener -> listener.telemetry().stream())
                .flatMap(telemetry -> telemetry.protocols().stream())
                .forEach(protocols::get);
        configureDevices(config.devices());
        accepted.all().forEach(this::restore);
        ticker.scheduleWithFixedDelay(
                this::tickCommands, COMMANDS_EVERY_MILLIS, COMMANDS_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        ticker.scheduleWithFixedDelay(
                this::tickDevices, DEVICES_EVERY_MILLIS, DEVICES_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void restore(Accepted device) {
        try {
            add(device.serial(), device.name(), device.protocol(), Origin.ACCEPTED);
        } catch (IllegalArgumentException taken) {
            LOG.warn("accepted device {}: its name is taken by another one in the configuration", device.name());
        }
    }

    /**
     * Starts a listener for devices.
     *
     * @throws dev.tramway.TramwayException if a port cannot be used
     */
    public RunningListener start(ListenerConfig listener, Optional<Tls> tls) {
        List<LiveProtocol> spoken = listener.telemetry().orElseThrow().protocols().stream()
                .map(protocols::get)
                .toList();
        TelemetryPort port = new TelemetryPort(listener, this, spoken);
        RunningListener started;
        if (listener.transport() == ListenerConfig.Transport.UDP) {
            UdpTelemetry udp = new UdpTelemetry(port, io);
            datagrams.put(listener.name(), udp);
            started = udp;
        } else {
            datagrams.remove(listener.name());
            started = new TcpTelemetry(port, io, tls);
        }
        ports.put(listener.name(), port);
        return started;
    }

    /** A listener was stopped and is not started again. */
    public void forget(String listener) {
        ports.remove(listener);
        datagrams.remove(listener);
    }

    /** Takes other devices, keys and settings; connections stay as they are. */
    public void configure(ServerConfig config) {
        commands.configure(config.commands());
        configureDevices(config.devices());
    }

    private void configureDevices(List<DeviceConfig> devices) {
        keys.configure(devices);
        registry.configure(
                        devices,
                        device -> new Device(
                                device,
                                Origin.CONFIGURED,
                                device.protocol().flatMap(protocols::find),
                                commands,
                                moment()))
                .forEach(gone -> gone.link().ifPresent(link -> link.close("the device is not configured any more")));
    }

    /** Reads definitions again whose files have changed; answers what became of them, in words. */
    public List<String> reloadProtocols() {
        return protocols.reload();
    }

    /** Reads scripts again whose files have changed; answers what became of them, in words. */
    public List<String> reloadScripts() {
        return ports.values().stream()
                .flatMap(port -> port.script().stream())
                .flatMap(script -> script.reload().stream())
                .toList();
    }

    // ---- for servers that are several -------------------------------------------------------------------------------

    /** Has somebody hear which devices are here, who knows where they are else; before the first listener starts. */
    public void join(Whereabouts listener, Nodes all) {
        whereabouts = listener;
        nodes = all;
    }

    /** Devices that commands wait for, and that are not here. */
    public List<String> awaited() {
        return registry.all().stream()
                .filter(device -> device.queue().pending() > 0 && device.link().isEmpty())
                .map(Device::name)
                .toList();
    }

    /** Hands commands to other servers. */
    public CommandCenter commandCenter() {
        return commands;
    }

    Whereabouts whereabouts() {
        return whereabouts;
    }

    // ---- for links and intake ---------------------------------------------------------------------------------------

    Clocks clocks() {
        return clocks;
    }

    Moment moment() {
        return clocks.now();
    }

    Instant now() {
        return clocks.wall().instant();
    }

    DeviceRegistry registry() {
        return registry;
    }

    Quarantine quarantined() {
        return quarantine;
    }

    KeyRing keys() {
        return keys;
    }

    Intake intake() {
        return intake;
    }

    ReadingStore store() {
        return store;
    }

    DeadLetters deadLetters() {
        return deadLetters;
    }

    /** True if a protocol of that name is called so in the configuration. */
    boolean isNamed(String configured, String name) {
        return protocols
                .find(configured)
                .map(live -> live.current().name())
                .filter(name::equals)
                .isPresent();
    }

    /** Takes an unknown device as it comes; empty if there are too many. */
    Optional<Device> take(String serial, DeviceLink link) {
        if (registry.size() >= MOST_TAKEN) {
            return Optional.empty();
        }
        String protocol = link.protocol().map(live -> live.current().name()).orElse("");
        String name = NAME.matcher(serial).matches() ? serial : nameOf(serial);
        try {
            return Optional.of(add(serial, name, protocol, Origin.TAKEN));
        } catch (IllegalArgumentException taken) {
            return Optional.of(add(serial, nameOf(serial), protocol, Origin.TAKEN));
        }
    }

    /** A name for a serial that may hold anything: it never becomes a part of a path or a topic as it is. */
    private static String nameOf(String serial) {
        byte[] bytes = serial.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try {
            byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(bytes);
            return "device-" + HexFormat.of().formatHex(digest, 0, 8);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private Device add(String serial, String name, String protocol, Origin origin) {
        DeviceConfig config = new DeviceConfig(
                name,
                serial,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Duration.ZERO,
                Duration.ZERO,
                Builtins.parts(protocol),
                Map.of(),
                new Position("", 1, 1));
        return registry.add(config, origin, protocols.find(protocol), commands, moment());
    }

    /** True if somebody wants to see frames of any device. */
    boolean isTraced() {
        return events.isWanted(Event.Traced.class);
    }

    void trace(DeviceLink link, String device, Direction direction, byte[] frame, String message, String problem) {
        if (!events.isWanted(Event.Traced.class, device)) {
            return;
        }
        String decoded = link.protocol()
                .map(live -> live.current().explain(direction, frame, false))
                .orElse("");
        events.tell(new Event.Traced(
                now(),
                device,
                link.listener(),
                link.id(),
                direction,
                HexFormat.of().formatHex(frame),
                message,
                decoded,
                problem));
    }

    void traceDown(DeviceLink link, byte[] frame) {
        if (!isTraced()) {
            return;
        }
        String device = link.primary().map(Device::name).or(link::login).orElse("");
        if (events.isWanted(Event.Traced.class, device)) {
            String message = link.protocol()
                    .map(live -> live.current().decode(Direction.DOWN, frame).name())
                    .orElse("");
            trace(link, device, Direction.DOWN, frame, message, "");
        }
    }

    void setClock(Device device, String command) {
        Thread.ofVirtual().name("tramway-clock").start(() -> {
            try {
                commands.submit(new CommandRequest(
                        device.name(), "", command, Map.of(), Optional.empty(), Optional.of(Duration.ofMinutes(1))));
            } catch (CommandRefusedException e) {
                LOG.debug("clock of {}: {}", device.name(), e.getMessage());
            }
        });
    }

    /** Readings could not be stored: said now and then, counted always. */
    void notStored(Throwable failure) {
        notStored.warn(() -> "readings are not stored, and not acknowledged: " + failure.getMessage());
    }

    // ---- time -------------------------------------------------------------------------------------------------------

    private void tickCommands() {
        try {
            commands.tick(registry.all());
        } catch (RuntimeException e) {
            LOG.error("commands could not be looked at", e);
        }
    }

    private void tickDevices() {
        try {
            Moment now = moment();
            datagrams.values().forEach(udp -> udp.look(now));
            for (Device device : registry.all()) {
                device.look(now)
                        .forEach(alarm -> events.tell(new Event.AlarmChanged(now.wall(), device.name(), alarm)));
            }
        } catch (RuntimeException e) {
            LOG.error("devices could not be looked at", e);
        }
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        journal.close();
    }

    // ---- what others see --------------------------------------------------------------------------------------------

    @Override
    public Events events() {
        return events;
    }

    @Override
    public Commands commands() {
        return commands;
    }

    @Override
    public Nodes nodes() {
        return nodes;
    }

    @Override
    public List<ListenerView> listeners() {
        return running.get().stream().map(this::view).toList();
    }

    private ListenerView view(RunningListener listener) {
        ListenerConfig config = listener.config();
        RunningListener.Traffic traffic = listener.traffic();
        Optional<TelemetryPort> port = Optional.ofNullable(ports.get(config.name()));
        Optional<Counters> counted = port.map(TelemetryPort::counters);
        return new ListenerView(
                config.name(),
                Section.word(config.role()),
                Section.word(config.transport()),
                listener.addresses().stream().map(TelemetryService::text).toList(),
                traffic.sessions(),
                traffic.accepted(),
                traffic.refused(),
                traffic.messagesIn(),
                traffic.messagesOut(),
                traffic.bytesIn(),
                traffic.bytesOut(),
                counted.map(one -> one.malformed.sum()).orElse(0L),
                counted.map(one -> one.duplicates.sum()).orElse(0L),
                counted.map(one -> one.unidentified.sum()).orElse(0L),
                counted.map(one -> one.keyFailures.sum()).orElse(0L),
                counted.map(one -> one.latency.view()).orElse(new LatencyView(0, 0, List.of())),
                port.flatMap(TelemetryPort::script)
                        .map(script -> new ScriptView(script.calls(), script.errors(), script.dropped())));
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    @Override
    public List<SessionView> sessions() {
        return links().map(DeviceLink::view).toList();
    }

    private Stream<DeviceLink> links() {
        return ports.values().stream().flatMap(port -> port.links().values().stream());
    }

    @Override
    public List<DeviceView> devices() {
        return registry.all().stream()
                .map(Device::view)
                .sorted(Comparator.comparing(DeviceView::name))
                .toList();
    }

    @Override
    public Optional<DeviceView> device(String nameSerialOrSession) {
        return registry.find(nameSerialOrSession)
                .or(() -> links().filter(link -> link.id().equals(nameSerialOrSession))
                        .flatMap(link -> link.devices().stream())
                        .findFirst())
                .map(Device::view);
    }

    @Override
    public Optional<Protocol> protocol(String device) {
        return registry.find(device).flatMap(Device::protocol);
    }

    @Override
    public List<String> parts(String device) {
        return registry.find(device).map(known -> known.parts().paths()).orElse(List.of());
    }

    @Override
    public List<AlarmView> alarms() {
        return registry.all().stream()
                .flatMap(device -> device.activeAlarms().stream())
                .sorted(Comparator.comparing(AlarmView::kind).thenComparing(AlarmView::device))
                .toList();
    }

    @Override
    public List<QuarantineView> quarantine() {
        return quarantine.all();
    }

    @Override
    public DeviceView accept(String serial, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name: not taken (expected: up to 64 letters, digits, points, hyphens and underscores)");
        }
        QuarantineView waiting = quarantine
                .find(serial)
                .orElseThrow(() -> new IllegalArgumentException("serial: unknown (expected: one that waits)"));
        Device device = add(serial, name, waiting.protocol(), Origin.ACCEPTED);
        accepted.add(new Accepted(name, waiting.protocol(), serial));
        quarantine.remove(serial);
        events.tell(new Event.QuarantineChanged(now(), name, waiting, false));
        return device.view();
    }

    @Override
    public void dismiss(String serial) {
        quarantine
                .remove(serial)
                .ifPresent(gone -> events.tell(new Event.QuarantineChanged(now(), serial, gone, false)));
    }
}
