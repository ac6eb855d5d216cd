package dev.tramway.server.internal.simulate;

import dev.tramway.IoService;
import dev.tramway.TcpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * What to simulate.
 *
 * @param model what the devices say
 * @param host where the server is
 * @param port its port
 * @param from addresses of this machine that devices connect from, in turns; empty for the system's choice
 * @param devices how many there are, 1 to 100,000
 * @param first how many devices of the definition's example come before the first one
 * @param interval time between two messages of one device, more than zero
 * @param heartbeat time between two signs of life, zero for none
 * @param repeat time after which a message is sent again that was not acknowledged, zero for never
 * @param ramp how many devices connect in a second, more than zero
 * @param keys keys of devices; empty for plain connections
 * @param faults what goes wrong
 * @param seed of what is random; the same seed gives the same devices
 * @param record where to write what is sent and received
 */
public record FleetSettings(
        DeviceModel model,
        String host,
        int port,
        List<String> from,
        int devices,
        int first,
        Duration interval,
        Duration heartbeat,
        Duration repeat,
        int ramp,
        Optional<KeyRing> keys,
        Faults faults,
        long seed,
        Optional<Path> record) {
    /** Checks the ranges. */
    public FleetSettings {
        from = List.copyOf(from);
        range("port", port, 1, 65_535);
        range("devices", devices, 1, 100_000);
        range("first", first, 0, 99_999_999);
        range("ramp", ramp, 1, 1_000_000);
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("interval: " + interval + " (expected: more than zero)");
        }
    }

    /** The connection of a device, to be completed. */
    TcpClient.Builder client(IoService io, int index) {
        TcpClient.Builder client = TcpClient.on(io).to(host, port);
        return from.isEmpty() ? client : client.from(from.get(index % from.size()), 0);
    }

    /** How many devices of the definition's example come before a device. */
    int serial(int index) {
        return first + index;
    }

    /** What is random about a device. */
    Random random(int index) {
        return new Random(seed * 31 + index);
    }

    private static void range(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }
}
