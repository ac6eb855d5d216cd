package dev.tramway;

/**
 * Counters of one session. Bytes are those of frames, before TLS adds its own.
 *
 * @param bytesReceived bytes read
 * @param bytesSent bytes that the kernel has taken
 * @param bytesPending bytes accepted and not yet taken
 * @param messagesReceived messages delivered
 * @param messagesSent messages that the kernel has taken
 * @param messagesDropped messages dropped by the outbound policy
 */
public record SessionStats(
        long bytesReceived,
        long bytesSent,
        long bytesPending,
        long messagesReceived,
        long messagesSent,
        long messagesDropped) {}
