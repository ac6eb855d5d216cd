package dev.tramway.server.internal.simulate;

/**
 * What a flood has done so far.
 *
 * @param connected devices that are connected now
 * @param ended connections that have ended
 * @param sent reports sent
 * @param acknowledged reports that were acknowledged
 */
public record FloodStats(int connected, long ended, long sent, long acknowledged) {
    /** Reports that wait for their acknowledgement. */
    public long underWay() {
        return sent - acknowledged;
    }
}
