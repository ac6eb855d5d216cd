package dev.tramway.server.internal.telemetry;

import dev.tramway.frames.LiveProtocol;
import dev.tramway.server.internal.Clocks.Moment;
import dev.tramway.server.internal.command.CommandCenter;
import dev.tramway.server.internal.config.DeviceConfig;
import dev.tramway.server.internal.telemetry.Device.Origin;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The devices that are known. Used by any thread. */
final class DeviceRegistry {
    private final Map<String, Device> bySerial = new ConcurrentHashMap<>();
    private final Map<String, Device> byName = new ConcurrentHashMap<>();

    Optional<Device> bySerial(String serial) {
        return Optional.ofNullable(bySerial.get(serial));
    }

    Optional<Device> find(String nameOrSerial) {
        return Optional.ofNullable(byName.get(nameOrSerial)).or(() -> bySerial(nameOrSerial));
    }

    Collection<Device> all() {
        return bySerial.values();
    }

    int size() {
        return bySerial.size();
    }

    Optional<Device> byCertificate(String commonName) {
        return bySerial.values().stream()
                .filter(device ->
                        device.config().certificate().filter(commonName::equals).isPresent())
                .findFirst();
    }

    /**
     * Adds a device.
     *
     * @return it, or the one of the same serial that is there already
     * @throws IllegalArgumentException if its name is taken
     */
    synchronized Device add(
            DeviceConfig config, Origin origin, Optional<LiveProtocol> protocol, CommandCenter commands, Moment now) {
        Device known = bySerial.get(config.serial());
        if (known != null) {
            return known;
        }
        if (byName.containsKey(config.name())) {
            throw new IllegalArgumentException("name " + config.name() + ": taken (expected: another one)");
        }
        Device device = new Device(config, origin, protocol, commands, now);
        byName.put(config.name(), device);
        bySerial.put(config.serial(), device);
        return device;
    }

    /**
     * Takes another configuration: devices that are in it are added or changed, those that were and are no longer are forgotten.
     *
     * @return the forgotten ones
     */
    synchronized List<Device> configure(List<DeviceConfig> configs, Function<DeviceConfig, Device> maker) {
        Map<String, DeviceConfig> wanted = new HashMap<>();
        configs.forEach(config -> wanted.put(config.serial(), config));
        List<Device> gone = bySerial.values().stream()
                .filter(device -> device.origin() == Origin.CONFIGURED)
                .filter(device -> {
                    DeviceConfig next = wanted.get(device.serial());
                    return next == null || !next.name().equals(device.name());
                })
                .toList();
        gone.forEach(this::remove);
        for (DeviceConfig config : configs) {
            Device known = bySerial.get(config.serial());
            if (known != null && known.name().equals(config.name())) {
                known.configure(config);
                continue;
            }
            if (known != null) {
                remove(known); // it was taken or accepted under another name
            }
            Device device = maker.apply(config);
            byName.put(device.name(), device);
            bySerial.put(device.serial(), device);
        }
        return gone;
    }

    private void remove(Device device) {
        bySerial.remove(device.serial(), device);
        byName.remove(device.name(), device);
    }
}
