package dev.tramway.cluster;

/**
 * Counters of a node since it connected. Messages are those of the application, however many share a packet.
 *
 * @param sent broadcasts handed to NATS
 * @param received broadcasts of other nodes given to this node's server
 * @param dropped messages for other nodes that found no room in the buffer, or were longer than NATS takes
 * @param missed broadcasts to all sessions that other nodes have sent and that did not arrive, known from gaps in their numbers once
 *     one has arrived
 * @param refusedHere broadcasts of other nodes that this node's server did not take, because it was full for a second or has
 *     stopped, and packets that waited too long to be kept
 * @param duplicates packets that came again, and were not delivered again
 * @param returned packets of this node that came back to it, and were not delivered
 * @param foreign packets of another version or installation, or damaged, which were refused
 * @param waitingBytes in the buffer for other nodes now
 */
public record ClusterStats(
        long sent,
        long received,
        long dropped,
        long missed,
        long refusedHere,
        long duplicates,
        long returned,
        long foreign,
        long waitingBytes) {}
