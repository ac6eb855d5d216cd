package dev.tramway;

/**
 * Counters of one UDP endpoint over all its sockets. They begin at zero with each start and are kept after a stop.
 *
 * @param datagramsReceived datagrams delivered
 * @param bytesReceived their bytes
 * @param datagramsSent datagrams that the kernel has taken
 * @param bytesSent their bytes
 * @param datagramsPending datagrams accepted and neither taken, dropped nor failed
 * @param bytesPending their bytes
 * @param datagramsDropped datagrams not sent because the queue was full ({@link SendResult#FULL} counts too), or because
 *     the endpoint stopped first
 * @param datagramsTooLong datagrams received that were longer than {@link UdpEndpoint.Builder#maxDatagram}
 * @param errors failed sends and receives, as told to {@code onError}; each failed send lost its datagram
 */
public record UdpStats(
        long datagramsReceived,
        long bytesReceived,
        long datagramsSent,
        long bytesSent,
        long datagramsPending,
        long bytesPending,
        long datagramsDropped,
        long datagramsTooLong,
        long errors) {}
