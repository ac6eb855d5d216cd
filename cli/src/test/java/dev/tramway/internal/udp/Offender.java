package dev.tramway.internal.udp;

import dev.tramway.internal.tcp.ServerBuilder;

/** Breaks the layering inside core, for {@code LayeringTest} to find. */
public class Offender {
    /** Uses a neighbour. */
    public Class<?> above() {
        return ServerBuilder.class;
    }
}
