package dev.tramway.server.internal.telemetry;

import java.util.List;
import java.util.Optional;

/** The servers that share the devices, as the page and other programs see them. May be used by any thread. */
public interface Nodes {
    /** This server, and nobody else. */
    Nodes ALONE = new Nodes() {
        @Override
        public Status status() {
            return new Status("alone", List.of());
        }

        @Override
        public Optional<NodeView> of(String device) {
            return Optional.empty();
        }
    };

    /**
     * How they reach each other.
     *
     * @param health {@code up}, {@code degraded} (nobody knows who is there), {@code away} (NATS is not reached), {@code alone}
     * @param nodes all that are present, this one first; none without a cluster
     */
    record Status(String health, List<NodeView> nodes) {}

    /**
     * One server.
     *
     * @param id another one for each start
     * @param name for people
     * @param self whether it is the one that answers
     * @param figures what it says of itself; empty if it did not answer in time
     */
    record NodeView(String id, String name, boolean self, Optional<Figures> figures) {}

    /**
     * How a server is doing, since it was started.
     *
     * @param health how it reaches the others, as in {@link Status}
     * @param connections open now
     * @param messages received from its connections
     * @param sent messages for other servers
     * @param received messages of other servers
     * @param dropped messages for other servers that found no room, or were too long
     * @param missed messages of other servers that did not arrive
     * @param refused messages of other servers that found no room here
     */
    record Figures(
            String health,
            long connections,
            long messages,
            long sent,
            long received,
            long dropped,
            long missed,
            long refused) {}

    /** How they reach each other, and how each of them is doing. May wait for a second. */
    Status status();

    /** Where a device is connected, by its name; empty if nowhere, or if that is not known now. May wait for a second. */
    Optional<NodeView> of(String device);
}
