package dev.tramway.server.internal.telemetry;

import dev.tramway.frames.Message;
import dev.tramway.frames.Named;
import dev.tramway.server.internal.command.CommandRefusedException;
import dev.tramway.server.internal.config.DeviceConfig.AlarmConfig;
import dev.tramway.server.internal.config.DeviceConfig.PartConfig;
import dev.tramway.server.internal.config.DeviceConfig.PartsConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The slaves, sensors and channels of a device: names for the codes in its messages, and codes for names. */
final class Parts {
    private final PartsConfig config;
    private final List<String> fields;

    Parts(PartsConfig config) {
        this.config = config;
        fields = List.of(config.slaveField(), config.sensorField(), config.channelField());
    }

    /**
     * Where a message comes from.
     *
     * @param source path of names; empty for the device itself
     * @param name name of the channel, if it has one
     * @param alarm limits of what it measures
     */
    record Place(String source, Optional<String> name, Optional<AlarmConfig> alarm) {}

    /** Finds where a message comes from. A slave without a name is called by its code, so that slaves stay apart. */
    Place place(Message message) {
        OptionalLong code = code(message, config.slaveField());
        PartConfig slave = find(config.slaves(), code);
        if (slave == null) {
            boolean itself = code.isEmpty() || code.getAsLong() == 0;
            return new Place(itself ? "" : String.valueOf(code.getAsLong()), Optional.empty(), Optional.empty());
        }
        PartConfig sensor = find(slave.parts(), code(message, config.sensorField()));
        if (sensor == null) {
            return new Place(slave.name(), Optional.empty(), slave.alarm());
        }
        PartConfig channel = find(sensor.parts(), code(message, config.channelField()));
        String source = slave.name() + "/" + sensor.name();
        return channel == null
                ? new Place(source, Optional.empty(), sensor.alarm())
                : new Place(source, Optional.of(channel.name()), channel.alarm().or(sensor::alarm));
    }

    private static OptionalLong code(Message message, String field) {
        if (field.isEmpty()) {
            return OptionalLong.empty();
        }
        return message.get(field)
                .map(value -> switch (value) {
                    case Long number -> OptionalLong.of(number);
                    case Named named -> OptionalLong.of(named.number());
                    default -> OptionalLong.empty();
                })
                .orElse(OptionalLong.empty());
    }

    private static @Nullable PartConfig find(List<PartConfig> parts, OptionalLong code) {
        if (code.isEmpty()) {
            return null;
        }
        for (PartConfig part : parts) {
            if (part.code() == code.getAsLong()) {
                return part;
            }
        }
        return null;
    }

    /** Codes for the fields of a message to a part, by the names of the fields. */
    Map<String, Object> header(String device, String source) {
        Map<String, Object> header = new LinkedHashMap<>();
        List<PartConfig> parts = config.slaves();
        String[] steps = source.isEmpty() ? new String[0] : source.split("/", -1);
        for (int i = 0; i < steps.length; i++) {
            if (i == fields.size() || fields.get(i).isEmpty()) {
                throw unknown(device, source);
            }
            String step = steps[i];
            Optional<PartConfig> part =
                    parts.stream().filter(one -> one.name().equals(step)).findFirst();
            if (part.isEmpty() && !step.matches("\\d{1,9}")) {
                throw unknown(device, source);
            }
            header.put(fields.get(i), part.map(PartConfig::code).orElseGet(() -> Long.valueOf(step)));
            parts = part.map(PartConfig::parts).orElse(List.of());
        }
        return header;
    }

    private CommandRefusedException unknown(String device, String source) {
        return new CommandRefusedException(
                CommandRefusedException.Kind.UNKNOWN_DEVICE,
                "device " + device + ": no part '" + source + "' (expected: one of " + paths() + ", or codes)");
    }

    /** All paths. */
    List<String> paths() {
        List<String> paths = new ArrayList<>();
        add("", config.slaves(), paths);
        return paths;
    }

    private static void add(String before, List<PartConfig> parts, List<String> paths) {
        for (PartConfig part : parts) {
            String path = before + part.name();
            paths.add(path);
            add(path + "/", part.parts(), paths);
        }
    }
}
