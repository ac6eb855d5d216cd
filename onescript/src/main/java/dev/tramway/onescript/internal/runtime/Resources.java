package dev.tramway.onescript.internal.runtime;

import dev.tramway.onescript.internal.value.ScriptError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What an engine has one of and must give back when the script has ended. Safe for threads. */
final class Resources {
    private final Map<Class<?>, AutoCloseable> all = new LinkedHashMap<>();

    synchronized <T extends AutoCloseable> T get(Class<T> kind, Supplier<T> make) {
        return kind.cast(all.computeIfAbsent(kind, absent -> make.get()));
    }

    /** Closes everything; who asks again gets another one. */
    synchronized void close() {
        for (AutoCloseable resource : all.values()) {
            close(resource);
        }
        all.clear();
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception failed) {
            throw new ScriptError(String.valueOf(failed.getMessage()), failed);
        }
    }
}
