package dev.tramway.internal.tcp;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Objects of the application's that belong to a session, one for each type. May be used by any thread. */
final class Attachments {
    private volatile @Nullable Map<Class<?>, Object> all;

    <T> void put(Class<T> type, T value) {
        map().put(type, type.cast(value));
    }

    <T> Optional<T> get(Class<T> type) {
        Map<Class<?>, Object> present = all;
        return present == null ? Optional.empty() : Optional.ofNullable(type.cast(present.get(type)));
    }

    /** Made when first needed: most sessions of most servers attach nothing. */
    private synchronized Map<Class<?>, Object> map() {
        Map<Class<?>, Object> present = all;
        if (present == null) {
            present = new ConcurrentHashMap<>(4);
            all = present;
        }
        return present;
    }
}
