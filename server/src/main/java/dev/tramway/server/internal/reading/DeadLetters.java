package dev.tramway.server.internal.reading;

import java.time.Instant;

/** Where frames go that no definition understands, for somebody to look at. May be used by any thread: it never waits. */
@FunctionalInterface
public interface DeadLetters {
    /**
     * Keeps a frame, if there is room.
     *
     * @param listener name of the listener
     * @param device name of the device, empty if it is not known
     * @param protocol name of the protocol that was tried, empty if there were several
     * @param frame all of it
     * @param problem what is wrong with it
     * @param time when it came
     */
    void keep(String listener, String device, String protocol, byte[] frame, String problem, Instant time);
}
