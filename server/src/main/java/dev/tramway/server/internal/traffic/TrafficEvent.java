package dev.tramway.server.internal.traffic;

import java.time.Instant;
import java.util.HexFormat;

/**
 * One line of a file of traffic.
 *
 * @param time when it happened
 * @param session which connection it belongs to
 * @param kind what happened
 * @param hex the bytes, two hexadecimal digits each; empty if none were moved
 */
record TrafficEvent(Instant time, String session, Kind kind, String hex) {
    /** What happened. */
    enum Kind {
        /** A device connected. */
        OPEN,
        /** Bytes from the device. */
        UP,
        /** Bytes to the device. */
        DOWN,
        /** The connection ended. */
        CLOSE
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }
}
