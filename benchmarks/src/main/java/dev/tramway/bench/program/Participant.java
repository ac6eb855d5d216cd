package dev.tramway.bench.program;

import java.util.concurrent.CompletableFuture;

/** One client of a scenario: a connection, or a socket of its own, that a {@link Flow} goes over. */
interface Participant {
    /** What goes over it. */
    Flow flow();

    /** Connects; completes when its flow may begin. */
    CompletableFuture<?> open();

    /** Sends what a flow at a fixed rate has due; for other flows nothing. Called by one thread. */
    void sendDue();

    /** True from connect until the end of the connection. */
    boolean isOpen();

    /** Disconnects. */
    void close();

    /** Takes what goes wrong; called on event loops. */
    @FunctionalInterface
    interface Trouble {
        /** One line. */
        void accept(String what);
    }
}
