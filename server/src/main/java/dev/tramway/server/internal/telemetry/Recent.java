package dev.tramway.server.internal.telemetry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The last records of a device, each with the storing of it, so that one that comes again is not stored again but acknowledged
 * when the first is safe. Guarded by the device.
 */
final class Recent {
    private static final int MOST = 256;

    private final Map<String, CompletableFuture<Void>> records = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CompletableFuture<Void>> eldest) {
            return size() > MOST;
        }
    };

    /** The storing of a record that came before. */
    Optional<CompletableFuture<Void>> find(String record) {
        return Optional.ofNullable(records.get(record));
    }

    void add(String record, CompletableFuture<Void> storing) {
        records.put(record, storing);
    }

    /** Forgets a record that could not be stored: when it comes again, it is a new one. */
    void forget(String record) {
        records.remove(record);
    }
}
