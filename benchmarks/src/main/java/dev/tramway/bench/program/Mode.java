package dev.tramway.bench.program;

import java.util.Locale;

/** How an echo client sends, and what {@code --messages} means then. */
enum Mode {
    /** A window: so many messages of each client in flight, for a time (CSharpServer's document and today's programs). */
    WINDOWED(1_000),
    /** A total over all clients, each written when the kernel has taken the one before (CppServer's document). */
    TOTAL(1_000_000),
    /** A total over all clients, one of each in flight; UDP of CppServer's document. */
    PING_PONG(1_000_000),
    /** So many per second over all clients, whatever comes back, for a time. */
    RATE(10_000);

    private final long messages;

    Mode(long messages) {
        this.messages = messages;
    }

    /** The default of {@code --messages}. */
    long messages() {
        return messages;
    }

    /** True if it ends after a number of messages and not after a time. */
    boolean isTotal() {
        return this == TOTAL || this == PING_PONG;
    }

    /** Its name on command lines. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
