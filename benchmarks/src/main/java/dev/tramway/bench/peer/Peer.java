package dev.tramway.bench.peer;

import java.util.OptionalLong;

/** A server library under test: starts a server on 127.0.0.1 that does some {@link Work}. */
@FunctionalInterface
public interface Peer {
    /**
     * Starts a server.
     *
     * @return the server, bound and ready
     */
    Running start(ServerSettings settings) throws Exception;

    /** A server that runs. Counters are read by another thread than those that count, at any time. */
    interface Running extends AutoCloseable {
        /** The port it listens on. */
        int port();

        /** Messages that its handler was called for. */
        long messages();

        /** Messages that it broadcast on its own. */
        long broadcasts();

        /** Turns of its event loops, where the library tells. */
        default OptionalLong turns() {
            return OptionalLong.empty();
        }

        @Override
        void close();
    }
}
