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
    /** Sends each frame that it receives to all connections but the sender's. */
    CHAT;

    /** Its name on command lines. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
