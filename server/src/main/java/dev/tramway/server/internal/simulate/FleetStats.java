package dev.tramway.server.internal.simulate;

/**
 * What a fleet has done so far.
 *
 * @param connected devices that are connected now
 * @param connects connections made
 * @param reconnects connections made again by a device that had one before
 * @param connectsFailed attempts that failed
 * @param closedByServer connections that the server ended
 * @param sent messages sent, repeated and duplicated ones too
 * @param reported reports made, each once
 * @param acknowledged reports that the server acknowledged
 * @param repeated reports sent again since no acknowledgement came
 * @param waiting reports that wait for their acknowledgement now
 * @param lost reports given up: made when a device had too many that waited
 * @param corrupted messages damaged on purpose
 * @param commands commands received
 * @param answered commands answered
 * @param refused what the server sent that was no message of the definition or no genuine record
 */
public record FleetStats(
        int connected,
        long connects,
        long reconnects,
        long connectsFailed,
        long closedByServer,
        long sent,
        long reported,
        long acknowledged,
        long repeated,
        long waiting,
        long lost,
        long corrupted,
        long commands,
        long answered,
        long refused) {}
