package dev.tramway.server.internal.telemetry;

import dev.tramway.frames.secure.DeviceKeys;
import dev.tramway.frames.secure.PlainAes;
import dev.tramway.server.internal.config.DeviceConfig;
import dev.tramway.server.internal.config.KeySizes;
import dev.tramway.server.internal.config.ListenerConfig.Secure;
import dev.tramway.server.internal.config.ServerConfig.Secret;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of all devices. A key that is taken out serves links that are open to their end, so that a device changes over
 * without a new connection. Used by any thread.
 */
final class KeyRing {
    private static final int AES_KEY = 16;
    private static final int TAG = 16;

    private final DeviceKeys compact = new DeviceKeys();
    private volatile Map<Name, Secret> all = Map.of();

    private record Name(String serial, int number) {}

    /** Takes the keys of a configuration in place of those before. */
    synchronized void configure(List<DeviceConfig> devices) {
        Map<Name, Secret> next = new HashMap<>();
        for (DeviceConfig device : devices) {
            device.keys().forEach((number, key) -> next.put(new Name(device.serial(), number), key));
        }
        all.forEach((name, key) -> {
            if (!key.equals(next.get(name))) {
                compact.remove(name.serial, name.number);
            }
        });
        next.forEach((name, key) -> {
            // One that has not changed keeps its count of failures.
            if (!key.equals(all.get(name)) && KeySizes.fits(Secure.COMPACT_CCM, key) && name.serial.length() <= 64) {
                compact.put(name.serial, name.number, KeySizes.bytes(key));
            }
        });
        all = Map.copyOf(next);
    }

    /** For compact links. */
    DeviceKeys compact() {
        return compact;
    }

    /** A cipher with the key of a device. */
    Optional<PlainAes> plain(Secure secure, String serial, int number) {
        return Optional.ofNullable(all.get(new Name(serial, number)))
                .filter(key -> KeySizes.fits(secure, key))
                .map(key -> cipher(secure, KeySizes.bytes(key)));
    }

    private static PlainAes cipher(Secure secure, byte[] key) {
        return secure == Secure.GCM
                ? PlainAes.gcm(key)
                : PlainAes.cbcHmac(Arrays.copyOf(key, AES_KEY), Arrays.copyOfRange(key, AES_KEY, key.length), TAG);
    }
}
