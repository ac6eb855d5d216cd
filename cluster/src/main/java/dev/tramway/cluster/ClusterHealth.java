package dev.tramway.cluster;

/** How well a node reaches the others. */
public enum ClusterHealth {
    /** NATS answers, and so does its JetStream. */
    UP,
    /** Messages pass, but presence is not kept up to date: JetStream does not answer, or is not switched on. */
    DEGRADED,
    /** NATS is not reached: local delivery goes on, messages for others wait in a buffer. */
    AWAY,
    /** Closed by the application. */
    CLOSED
}
