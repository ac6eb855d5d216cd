package dev.tramway.server.internal.telemetry;

import dev.tramway.FramingException;
import dev.tramway.frames.Direction;
import dev.tramway.frames.Message;
import dev.tramway.frames.Protocol;
import dev.tramway.frames.Reading;
import dev.tramway.server.internal.Clocks.Moment;
import dev.tramway.server.internal.config.ListenerConfig.ClockConfig;
import dev.tramway.server.internal.reading.DeviceReading;
import dev.tramway.server.internal.telemetry.Device.Stored;
import dev.tramway.server.internal.telemetry.Views.QuarantineView;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The way of a frame: decoded, traced, given to its device, stored, and acknowledged when it is safe. Called on the threads of
 * the links; used by any number of them.
 */
final class Intake {
    private static final Instant EARLIEST = Instant.parse("2010-01-01T00:00:00Z");
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private final TelemetryService service;
    private final RecordId ids = new RecordId();

    Intake(TelemetryService service) {
        this.service = service;
    }

    // ---- a frame ----------------------------------------------------------------------------------------------------

    /** Takes what the link's reader has found. */
    void frame(DeviceLink link, byte[] bytes) {
        Moment now = service.moment();
        link.seen(now);
        switch (link.reader().kind()) {
            case REGISTRATION -> registered(link, new String(bytes, StandardCharsets.ISO_8859_1));
            case HEARTBEAT -> link.primary().ifPresent(device -> device.alive(now));
            case NOT_UNDERSTOOD -> {
                malformed(link, bytes, "no protocol of the listener understands it");
                link.close("protocol error: no protocol of the listener understands what it sends");
            }
            case FRAME -> message(link, link.protocol().orElseThrow().current(), bytes, now);
        }
    }

    private void message(DeviceLink link, Protocol protocol, byte[] bytes, Moment now) {
        long arrived = System.nanoTime();
        Message message;
        try {
            message = protocol.codec().decode(ByteBuffer.wrap(bytes));
        } catch (FramingException e) {
            malformed(link, bytes, String.valueOf(e.getMessage()));
            link.close("protocol error: " + e.getMessage());
            return;
        }
        if (message.isUnknown()) {
            keepAside(link, bytes, "unknown message"); // of a newer device, perhaps: nothing to end a connection for
            return;
        }
        if (message.problem().isPresent()) {
            malformed(link, bytes, message.problem().get());
            return;
        }
        if (service.isTraced()) {
            service.trace(link, name(link, message), Direction.UP, bytes, message.name(), "");
        }
        device(link, message, now).ifPresent(device -> received(link, device, message, bytes, now, arrived));
    }

    private static String name(DeviceLink link, Message message) {
        return message.device()
                .map(serial -> link.port()
                        .service()
                        .registry()
                        .bySerial(serial)
                        .map(Device::name)
                        .orElse(serial))
                .or(() -> link.primary().map(Device::name))
                .or(link::login)
                .orElse("");
    }

    /** A frame that cannot be decoded: nothing else is lost by it, but too many end the connection. */
    void malformed(DeviceLink link, byte[] bytes, String problem) {
        keepAside(link, bytes, problem);
        if (!link.forgives(service.moment())) {
            link.close("too many malformed frames");
        }
    }

    /** A frame that is not understood: counted, traced and kept for somebody to look at. */
    private void keepAside(DeviceLink link, byte[] bytes, String problem) {
        link.port().counters().malformed.increment();
        String device = link.primary().map(Device::name).or(link::login).orElse("");
        service.trace(link, device, Direction.UP, bytes, "", problem);
        service.deadLetters().add(link.listener(), link.peer(), bytes, problem);
    }

    // ---- whose it is ------------------------------------------------------------------------------------------------

    private void registered(DeviceLink link, String serial) {
        link.login(serial);
        service.registry()
                .bySerial(serial)
                .filter(device -> attach(link, device))
                .ifPresent(link::speaks);
    }

    /** The device that a message is from; empty if it may not come in. */
    private Optional<Device> device(DeviceLink link, Message message, Moment now) {
        Optional<String> serial =
                message.device().or(() -> link.primary().isPresent() ? Optional.empty() : link.login());
        if (serial.isEmpty()) {
            Optional<Device> device = link.primary();
            if (device.isEmpty()) {
                unidentified(link, message);
            }
            return device.filter(known -> attach(link, known));
        }
        if (link.proven()
                .filter(proven -> !proven.serial().equals(serial.get()))
                .isPresent()) {
            keyFailed(link); // it says that it is another than the one whose key or certificate it has
            return Optional.empty();
        }
        if (message.device().isPresent()) {
            link.login(serial.get());
        }
        Optional<Device> device = service.registry().bySerial(serial.get());
        Optional<Device> admitted = device.isPresent()
                ? device.filter(known -> attach(link, known))
                : stranger(link, serial.get(), message, now.wall());
        admitted.ifPresent(link::speaks);
        return admitted;
    }

    private void unidentified(DeviceLink link, Message message) {
        link.port().counters().unidentified.increment();
        service.deadLetters().add(link.listener(), link.peer(), message.bytes(), "nobody has said who sends it");
    }

    /** Makes a link that of a device; false if the device must not come this way. */
    private boolean attach(DeviceLink link, Device device) {
        if (device.isAt(link)) {
            return true;
        }
        boolean needsProof = !device.config().keys().isEmpty()
                || device.config().certificate().isPresent();
        if (needsProof && link.proven().filter(device::equals).isEmpty()) {
            keyFailed(link);
            return false;
        }
        if (!speaks(link, device)) {
            link.port().counters().unidentified.increment();
            return false;
        }
        link.add(device);
        Optional<DeviceLink> before = device.connect(link);
        before.ifPresent(old -> leave(old, device, "the device has come by a newer connection"));
        tellWhereabouts(device);
        service.events()
                .tell(new Event.DeviceUp(service.now(), device.name(), link.listener(), link.id(), link.peer()));
        return true;
    }

    private static boolean speaks(DeviceLink link, Device device) {
        Optional<String> wanted = device.config().protocol();
        return wanted.isEmpty()
                || link.protocol()
                        .map(live -> live.current().name())
                        .filter(name -> name.equals(wanted.get())
                                || link.port().service().isNamed(wanted.get(), name))
                        .isPresent()
                || link.protocol().isEmpty();
    }

    /** Under the device's lock, so that what is told last is what holds. */
    private void tellWhereabouts(Device device) {
        synchronized (device) {
            if (device.link().isPresent()) {
                service.whereabouts().arrived(device.name(), () -> moved(device));
            } else {
                service.whereabouts().left(device.name());
            }
        }
    }

    private void moved(Device device) {
        String why = "the device has come to another node";
        device.link().ifPresent(old -> {
            leave(old, device, why);
            ended(old, device, why);
        });
    }

    /** The old connection ends, unless other devices still come by it. */
    private static void leave(DeviceLink old, Device device, String why) {
        old.devices().remove(device);
        if (old.devices().isEmpty()) {
            old.close(why);
        }
    }

    private Optional<Device> stranger(DeviceLink link, String serial, Message message, Instant now) {
        return switch (link.port().config().unknown()) {
            case ACCEPT -> service.take(serial, link).filter(device -> attach(link, device));
            case REFUSE -> {
                link.port().counters().unidentified.increment();
                link.close("unknown device");
                yield Optional.empty();
            }
            case QUARANTINE -> {
                link.addStranger(serial);
                link.port().counters().unidentified.increment();
                QuarantineView view = service.quarantined().seen(serial, link, message, now);
                service.events().tell(new Event.QuarantineChanged(now, serial, view, true));
                yield Optional.empty();
            }
        };
    }

    // ---- proof ------------------------------------------------------------------------------------------------------

    /** A key has shown who is there; false if that device is not known any more. */
    boolean proven(DeviceLink link, Optional<String> serial) {
        if (serial.isEmpty() || link.proven().isPresent()) {
            return true;
        }
        Optional<Device> device = service.registry().bySerial(serial.get());
        device.ifPresent(known -> provenBy(link, known));
        if (device.isEmpty()) {
            keyFailed(link);
        }
        return device.isPresent();
    }

    /** A key or certificate has shown which device is there. */
    void provenBy(DeviceLink link, Device device) {
        link.prove(device);
        attach(link, device);
    }

    /** Somebody has no key, or a wrong one. */
    void keyFailed(DeviceLink link) {
        link.port().counters().keyFailures.increment();
        link.close("not who it says it is");
    }

    /** A link has ended. */
    void ended(DeviceLink link, String reason) {
        link.devices().forEach(device -> ended(link, device, reason));
    }

    private void ended(DeviceLink link, Device device, String reason) {
        if (device.disconnect(link, service.moment())) {
            tellWhereabouts(device);
            service.events()
                    .tell(new Event.DeviceDown(service.now(), device.name(), link.listener(), link.id(), reason));
        }
    }

    // ---- what it brings ---------------------------------------------------------------------------------------------

    private void received(DeviceLink link, Device device, Message message, byte[] bytes, Moment now, long arrived) {
        device.seen(message, now);
        device.queue().received(message);
        setClock(link, device, message, now);
        Parts.Place place = device.parts().place(message);
        Instant before = Instant.now();
        List<Reading> readings = message.readings();
        if (readings.isEmpty()) {
            link.owe(message, CompletableFuture.completedFuture(null));
            return;
        }
        // Only a record that says when it was made is known again.
        Instant after = Instant.now();
        boolean timed = readings.stream()
                .anyMatch(reading ->
                        reading.time().isBefore(before) || reading.time().isAfter(after));
        Optional<String> record = timed ? Optional.of(ids.of(device.serial(), bytes)) : Optional.empty();
        List<DeviceReading> all = readings(link, device, place, readings, record.orElseGet(ids::next), now.wall());
        Stored stored = device.store(record, () -> service.store().store(all));
        if (stored.again()) {
            link.port().counters().duplicates.increment();
        } else {
            stored.done().whenComplete((done, failure) -> {
                if (failure == null) {
                    link.port().counters().latency.add(System.nanoTime() - arrived);
                    device.values(all, place, now)
                            .forEach(alarm ->
                                    service.events().tell(new Event.AlarmChanged(now.wall(), device.name(), alarm)));
                    service.events().tell(new Event.Readings(now.wall(), device.name(), all));
                    link.port().script().ifPresent(script -> script.offer(device.name(), all));
                } else {
                    record.ifPresent(device::notStored);
                    link.port().counters().notStored.increment();
                    service.notStored(failure);
                }
            });
        }
        link.owe(message, stored.done());
    }

    private static List<DeviceReading> readings(
            DeviceLink link, Device device, Parts.Place place, List<Reading> readings, String record, Instant now) {
        List<DeviceReading> all = new ArrayList<>(readings.size());
        for (Reading reading : readings) {
            boolean wrong = reading.time().isBefore(EARLIEST) || reading.time().isAfter(now.plus(AHEAD));
            all.add(new DeviceReading(
                    record + "." + all.size(),
                    link.listener(),
                    device.name(),
                    place.source(),
                    place.name().orElse(reading.name()),
                    reading.value(),
                    reading.unit(),
                    reading.time(),
                    now,
                    wrong && reading.quality().equals("good") ? "wrong-clock" : reading.quality()));
        }
        return List.copyOf(all);
    }

    private void setClock(DeviceLink link, Device device, Message message, Moment now) {
        Optional<ClockConfig> clock = link.port().config().clock();
        clock.filter(rule -> rule.messages().contains(message.name()))
                .filter(rule -> message.get(rule.field())
                        .filter(Instant.class::isInstance)
                        .map(Instant.class::cast)
                        .filter(shown ->
                                Duration.between(shown, now.wall()).abs().compareTo(rule.drift()) > 0)
                        .isPresent())
                .filter(rule -> device.claimClock(now))
                .ifPresent(rule -> service.setClock(device, rule.command()));
    }

    /** Ids of records. */
    private static final class RecordId {
        private static final HexFormat HEX = HexFormat.of();
        private static final int SIZE = 16;

        /** Each thread has one, since finding out who makes them costs more than to use them. */
        private static final ThreadLocal<java.security.MessageDigest> DIGESTS =
                ThreadLocal.withInitial(RecordId::sha256);

        private final String prefix = java.util.UUID.randomUUID().toString();
        private final AtomicLong count = new AtomicLong();

        /** The same for the same frame of the same device, over restarts too. */
        String of(String serial, byte[] frame) {
            java.security.MessageDigest digest = DIGESTS.get();
            digest.update(serial.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return HEX.formatHex(digest.digest(frame), 0, SIZE);
        }

        /** One that was never there. */
        String next() {
            return prefix + "-" + count.incrementAndGet();
        }

        private static java.security.MessageDigest sha256() {
            try {
                return java.security.MessageDigest.getInstance("SHA-256");
            } catch (java.security.NoSuchAlgorithmException e) {
                throw new IllegalStateException(e); // every Java has it
            }
        }
    }
}
