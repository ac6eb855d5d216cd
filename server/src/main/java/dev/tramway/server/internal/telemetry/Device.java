package dev.tramway.server.internal.telemetry;

import dev.tramway.frames.LiveProtocol;
import dev.tramway.frames.Message;
import dev.tramway.frames.Protocol;
import dev.tramway.server.internal.Clocks.Moment;
import dev.tramway.server.internal.command.CommandCenter;
import dev.tramway.server.internal.command.CommandQueue;
import dev.tramway.server.internal.command.CommandTarget;
import dev.tramway.server.internal.config.Builtins;
import dev.tramway.server.internal.config.DeviceConfig;
import dev.tramway.server.internal.reading.DeviceReading;
import dev.tramway.server.internal.telemetry.Views.AlarmView;
import dev.tramway.server.internal.telemetry.Views.DeviceState;
import dev.tramway.server.internal.telemetry.Views.DeviceView;
import dev.tramway.server.internal.telemetry.Views.ValueView;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A device that is known: what is configured, and what is going on with it. Used by any thread; guarded by itself. */
final class Device implements CommandTarget {
    private static final int MOST_VALUES = 1_000;
    private static final Duration CLOCK_SET_AT_MOST_EVERY = Duration.ofMinutes(10);

    private final String name;
    private final Origin origin;
    private final CommandQueue queue;
    private final AlarmBook alarms;
    private final Recent recent = new Recent();
    private final Map<String, ValueView> values = new LinkedHashMap<>();
    private volatile DeviceConfig config;
    private volatile Parts parts;
    private volatile @Nullable LiveProtocol live;
    private @Nullable DeviceLink link;
    private @Nullable Object identity;
    private String listener = "";
    private String peer = "";
    private final Moment known;
    private Moment offlineSince;
    private @Nullable Moment lastSeen;
    private @Nullable Moment clockSet;
    private long connects;
    private long messages;
    private long duplicates;

    /** How a device became known. */
    enum Origin {
        /** It is in the configuration. */
        CONFIGURED,
        /** Somebody has accepted it. */
        ACCEPTED,
        /** It was taken as it came. */
        TAKEN
    }

    Device(DeviceConfig config, Origin origin, Optional<LiveProtocol> live, CommandCenter commands, Moment now) {
        this.config = config;
        this.origin = origin;
        this.live = live.orElse(null);
        name = config.name();
        parts = named(config, live.map(LiveProtocol::current));
        alarms = new AlarmBook(name);
        known = now;
        offlineSince = now;
        queue = commands.queue(this);
    }

    @Override
    public String name() {
        return name;
    }

    String serial() {
        return config.serial();
    }

    Origin origin() {
        return origin;
    }

    DeviceConfig config() {
        return config;
    }

    /** Takes another configuration. */
    void configure(DeviceConfig next) {
        config = next;
        parts = named(next, protocol());
    }

    /** Its parts; which fields name them is known of the protocol, if the configuration does not say. */
    private static Parts named(DeviceConfig config, Optional<Protocol> protocol) {
        String name = protocol.map(Protocol::name).or(config::protocol).orElse("");
        return new Parts(config.parts().or(Builtins.parts(name)));
    }

    Parts parts() {
        return parts;
    }

    @Override
    public CommandQueue queue() {
        return queue;
    }

    @Override
    public Optional<Protocol> protocol() {
        return Optional.ofNullable(live).map(LiveProtocol::current);
    }

    @Override
    public Map<String, Object> header(String command, String source) {
        Map<String, Object> header = new LinkedHashMap<>(parts.header(name, source));
        protocol()
                .ifPresent(known -> known.identity().ifPresent(field -> {
                    if (hasField(known, known.command(command).message(), field)) {
                        header.put(field, identity());
                    }
                }));
        return header;
    }

    private static boolean hasField(Protocol protocol, String message, String field) {
        try {
            protocol.field(message + "." + field);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** What it calls itself, as it stood in its last message; a number stays one. */
    private synchronized Object identity() {
        return identity == null ? serial() : identity;
    }

    // ---- connections ------------------------------------------------------------------------------------------------

    /**
     * It has come by a connection; the newest wins.
     *
     * @return the connection that it had before; empty if it had none, or the same
     */
    Optional<DeviceLink> connect(DeviceLink next) {
        Optional<DeviceLink> before;
        synchronized (this) {
            before = Optional.ofNullable(link);
            link = next;
            if (next.protocol().isPresent()) {
                live = next.protocol().get();
                parts = named(config, protocol());
            }
            listener = next.listener();
            peer = next.peer();
            connects++;
        }
        queue.connected(next);
        return before;
    }

    synchronized boolean isAt(DeviceLink connection) {
        return connection.equals(link);
    }

    /** A connection has ended; false if the device has another one by now. */
    boolean disconnect(DeviceLink ended, Moment now) {
        queue.disconnected(ended);
        synchronized (this) {
            if (!isAt(ended)) {
                return false;
            }
            link = null;
            offlineSince = now;
            return true;
        }
    }

    synchronized Optional<DeviceLink> link() {
        return Optional.ofNullable(link);
    }

    // ---- messages ---------------------------------------------------------------------------------------------------

    /** A message has come. */
    synchronized void seen(Message message, Moment now) {
        lastSeen = now;
        messages++;
        protocol().flatMap(Protocol::identity).flatMap(message::get).ifPresent(value -> identity = value);
    }

    /** Its modem has given a sign of life. */
    synchronized void alive(Moment now) {
        lastSeen = now;
    }

    /**
     * Stores a record, unless it was stored or is being stored already.
     *
     * @param record what tells it from others; empty if nothing does
     * @param storing begins to store it
     */
    Stored store(Optional<String> record, Supplier<CompletableFuture<Void>> storing) {
        synchronized (this) {
            Optional<CompletableFuture<Void>> before = record.flatMap(recent::find);
            if (before.isPresent()) {
                duplicates++;
                return new Stored(before.get(), true);
            }
            CompletableFuture<Void> begun = storing.get();
            record.ifPresent(key -> recent.add(key, begun));
            return new Stored(begun, false);
        }
    }

    /**
     * The storing of a record.
     *
     * @param done completes when it is safe
     * @param again true if it had come before
     */
    record Stored(CompletableFuture<Void> done, boolean again) {}

    /** A record could not be stored. */
    synchronized void notStored(String record) {
        recent.forget(record);
    }

    /** Readings are stored: takes them as last values, and answers which alarms have changed. */
    synchronized List<AlarmView> values(List<DeviceReading> readings, Parts.Place place, Moment now) {
        List<AlarmView> changes = new java.util.ArrayList<>();
        for (DeviceReading reading : readings) {
            String key = reading.source() + '\0' + reading.name();
            if (values.size() < MOST_VALUES || values.containsKey(key)) {
                values.put(
                        key,
                        new ValueView(
                                reading.source(),
                                reading.name(),
                                reading.value(),
                                reading.unit(),
                                reading.deviceTime(),
                                reading.serverTime(),
                                reading.quality()));
            }
            place.alarm()
                    .or(() -> Optional.ofNullable(config.alarms().get(reading.name())))
                    .ifPresent(limits -> changes.addAll(
                            alarms.value(reading.source(), reading.name(), limits, reading.value(), now)));
        }
        return changes;
    }

    /** True if its clock may be set now; then it counts as set. */
    synchronized boolean claimClock(Moment now) {
        if (clockSet != null && !clockSet.isLongerAgo(CLOCK_SET_AT_MOST_EVERY, now)) {
            return false;
        }
        clockSet = now;
        return true;
    }

    /** Looks at the time; answers which alarms have changed. */
    synchronized List<AlarmView> look(Moment now) {
        Optional<Moment> away = link == null ? Optional.of(offlineSince) : Optional.empty();
        return alarms.look(
                now, Optional.ofNullable(lastSeen).orElse(known), config.missingAfter(), away, config.lostAfter());
    }

    // ---- looked at --------------------------------------------------------------------------------------------------

    synchronized List<AlarmView> activeAlarms() {
        return alarms.active();
    }

    DeviceView view() {
        // Before the lock: the queue, under its own, asks for the identity.
        return view(queue.pending());
    }

    private synchronized DeviceView view(int pending) {
        Optional<DeviceLink> here = Optional.ofNullable(link);
        boolean missing = alarms.active().stream()
                .anyMatch(alarm -> alarm.kind() == Views.AlarmKind.MISSING_DATA
                        && alarm.name().isEmpty());
        DeviceState state = missing ? DeviceState.MISSING : here.isPresent() ? DeviceState.ONLINE : DeviceState.OFFLINE;
        return new DeviceView(
                name,
                serial(),
                protocol().map(Protocol::name).orElse(config.protocol().orElse("")),
                state,
                origin.name().toLowerCase(java.util.Locale.ROOT),
                here.map(DeviceLink::id),
                listener,
                peer,
                here.map(DeviceLink::secure).orElse("none"),
                Optional.ofNullable(lastSeen).map(Moment::wall),
                connects,
                messages,
                duplicates,
                pending,
                List.copyOf(values.values()),
                alarms.active());
    }
}
