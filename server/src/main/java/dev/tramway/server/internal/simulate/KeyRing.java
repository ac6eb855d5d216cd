package dev.tramway.server.internal.simulate;

import java.util.Optional;

/** Keys of devices for encrypted connections. */
@FunctionalInterface
public interface KeyRing {
    /**
     * A key and its number.
     *
     * @param number 0 to 15
     * @param secret 16 bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Key(int number, byte[] secret) {}

    /**
     * Finds the key of a device.
     *
     * @param device its identity
     */
    Optional<Key> find(String device);
}
