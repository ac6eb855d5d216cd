package dev.tramway.frames.secure;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The secret keys of devices: one for each device and key number, so that an old and a new key are valid together while a
 * device changes over. Counts attempts that failed, and locks a key after too many. Used by any thread.
 */
public final class DeviceKeys {
    /** Failures after which a key is no longer used: 2^20. */
    public static final long MAX_FAILURES = 1 << 20;

    private static final int KEY_SIZE = 16;
    private static final int MAX_NUMBER = 15;

    private final Map<Name, Secret> secrets = new ConcurrentHashMap<>();

    private record Name(String device, int number) {}

    private record Secret(Bytes key, AtomicLong failures) {}

    /** Hides the bytes from records' {@code toString} and {@code equals}. */
    private static final class Bytes {
        private final byte[] value;

        Bytes(byte[] value) {
            this.value = value.clone();
        }
    }

    /** None yet. */
    public DeviceKeys() {}

    /**
     * Adds or replaces a key.
     *
     * @param device id of the device, 1 to 64 characters of ASCII
     * @param number number of the key, 0 to 15
     * @param key 16 random bytes
     * @return this
     */
    public DeviceKeys put(String device, int number, byte[] key) {
        if (key.length != KEY_SIZE || number < 0 || number > MAX_NUMBER || device.isEmpty() || device.length() > 64) {
            throw new IllegalArgumentException("key " + number + " of " + device + ": " + key.length
                    + " bytes (expected: 16 bytes, a number from 0 to 15, a device id of 1 to 64 characters)");
        }
        secrets.put(new Name(device, number), new Secret(new Bytes(key), new AtomicLong()));
        return this;
    }

    /**
     * Takes a key out of use.
     *
     * @param device id of the device
     * @param number number of the key
     */
    public void remove(String device, int number) {
        secrets.remove(new Name(device, number));
    }

    /**
     * How many attempts with a key have failed.
     *
     * @param device id of the device
     * @param number number of the key
     */
    public long failures(String device, int number) {
        Secret secret = secrets.get(new Name(device, number));
        return secret == null ? 0 : secret.failures.get();
    }

    Optional<byte[]> find(String device, int number) {
        return Optional.ofNullable(secrets.get(new Name(device, number)))
                .filter(secret -> secret.failures.get() < MAX_FAILURES)
                .map(secret -> secret.key.value.clone());
    }

    void failed(String device, int number) {
        Secret secret = secrets.get(new Name(device, number));
        if (secret != null) {
            secret.failures.incrementAndGet();
        }
    }
}
