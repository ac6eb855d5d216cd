package dev.tramway.server.internal.config;

import dev.tramway.server.internal.config.DeviceConfig.PartsConfig;
import dev.tramway.server.internal.config.ListenerConfig.ClockConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the server knows of the built-in protocols, so that it need not be written into every configuration. */
public final class Builtins {
    static final Duration DRIFT = Duration.ofSeconds(60);

    private Builtins() {}

    /** How clocks are set; old readings show old times, so only messages about the present count. */
    static Optional<ClockConfig> clock(String protocol) {
        return protocol.equals("aqua-plc")
                ? Optional.of(new ClockConfig(List.of("keep-alive"), "ts", "set-clock", DRIFT))
                : Optional.empty();
    }

    /** Fields that name slave, sensor and channel. */
    public static PartsConfig parts(String protocol) {
        return switch (protocol) {
            case "aqua-plc" -> new PartsConfig("rf", "sc", "ch", List.of());
            case "modbus-rtu", "modbus-ascii" -> new PartsConfig("addr", "", "", List.of());
            case "modbus-tcp" -> new PartsConfig("unit", "", "", List.of());
            default -> PartsConfig.NONE;
        };
    }
}
