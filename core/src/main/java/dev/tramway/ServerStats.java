package dev.tramway;

/**
 * Counters of one server over all its sessions, those that ended included. They begin at zero with each start.
 *
 * @param sessions sessions open now
 * @param accepted connections accepted
 * @param acceptsFailed attempts to accept one that the system refused, as it does while there are no descriptors left; each is
 *     followed by a pause of 100 ms
 * @param refused connections closed by a limit before they became sessions
 * @param handshakesFailed connections that ended before their TLS handshake was over
 * @param disconnected sessions that ended
 * @param bytesReceived bytes read
 * @param bytesSent bytes that the kernel has taken
 * @param bytesPending bytes accepted and not yet taken
 * @param messagesReceived messages delivered
 * @param messagesSent messages that the kernel has taken
 * @param messagesDropped messages dropped by outbound policies
 */
public record ServerStats(
        long sessions,
        long accepted,
        long acceptsFailed,
        long refused,
        long handshakesFailed,
        long disconnected,
        long bytesReceived,
        long bytesSent,
        long bytesPending,
        long messagesReceived,
        long messagesSent,
        long messagesDropped) {}
