package dev.tramway.bench.peer;

import java.util.Locale;

/** What a server under test does. A frame is a 4-byte big-endian length and a payload. */
public enum Work {
    /** Sends back what it receives; there are no messages. */
    ECHO,
    /** Sends back each frame: one handler call and one send per message. */
    FRAMED,
    /** Sends a paced stream of numbered frames to all connections and loses none. */
    BROADCAST,
    /** The same, but a connection that owes a megabyte gets nothing until it has read; nobody waits for it. */
    LOSSY,
    /** Sends each frame that it receives to all connections but the sender's. */
    CHAT,
    /** Sends each datagram back to its sender. */
    UDP,
    /** Sends a paced stream of datagrams to {@link #GROUP_ADDRESS} on loopback. */
    GROUP;

    /** The group of the founding documents. */
    public static final String GROUP_ADDRESS = "239.255.0.1";

    /** True if messages are made by the server itself. */
    public boolean isProduced() {
        return this == BROADCAST || this == LOSSY || this == GROUP;
    }

    /** Its name on command lines. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
