package dev.tramway.bench.peer;

import java.util.OptionalLong;
import java.util.Set;

/** A server library under test: starts a server on 127.0.0.1 that does some {@link Work}. */
public interface Peer {
    /** What it is, for readers of a report: library, version, and what differs from its defaults. */
    String description();

    /** What it can do. */
    Set<Work> works();

    /** True if it can do its stream work over TLS, too. */
    boolean speaksTls();

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
        default long messages() {
            return 0;
        }

        /** Messages that it broadcast on its own. */
        default long broadcasts() {
            return 0;
        }

        /**
         * Changes how many messages it broadcasts on its own.
         *
         * @param perSecond 0 to rest
         */
        default void rate(double perSecond) {}

        /** Turns of its event loops, where the library tells. */
        default OptionalLong turns() {
            return OptionalLong.empty();
        }

        @Override
        void close();
    }
}
