package dev.tramway.internal.tls;

import java.util.function.Supplier;

/**
 * Something that was read, and how to read it again.
 *
 * @param value what was read last
 * @param source reads it anew; throws {@link dev.tramway.TlsException}
 */
record Loaded<T>(T value, Supplier<T> source) {
    static <T> Loaded<T> from(Supplier<T> source) {
        return new Loaded<>(source.get(), source);
    }

    static <T> Loaded<T> fixed(T value) {
        return new Loaded<>(value, () -> value);
    }

    Loaded<T> again() {
        return from(source);
    }
}
