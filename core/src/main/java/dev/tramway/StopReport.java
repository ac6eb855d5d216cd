package dev.tramway;

/**
 * What a stop did to the sessions that were there.
 *
 * @param drained sessions whose queues were sent before they were closed
 * @param cut sessions that were closed at the deadline with something still owed to them
 * @param bytesLost bytes that were owed to the sessions that were cut
 */
public record StopReport(int drained, int cut, long bytesLost) {
    /**
     * Both in one, for several that were stopped.
     *
     * @param other what another stop did
     */
    public StopReport plus(StopReport other) {
        return new StopReport(drained + other.drained, cut + other.cut, bytesLost + other.bytesLost);
    }
}
