package dev.tramway.bench.program;

import java.util.Locale;

/** What a scenario program speaks. */
enum Protocol {
    TCP(1111),
    TLS(2222),
    UDP(3333);

    private final int port;

    Protocol(int port) {
        this.port = port;
    }

    /** The port that the founding documents use. */
    int port() {
        return port;
    }

    /** The name of a program, such as {@code tcp-echo-server}. */
    String program(String kind) {
        return name().toLowerCase(Locale.ROOT) + '-' + kind;
    }
}
