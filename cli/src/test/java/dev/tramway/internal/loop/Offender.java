package dev.tramway.internal.loop;

import dev.tramway.internal.tcp.ServerBuilder;

/** Breaks the layering inside core, for {@code LayeringTest} to find. */
public class Offender {
    /** Uses the layer above. */
    public Class<?> above() {
        return ServerBuilder.class;
    }
}
