package dev.tramway.server.internal.reading;

/** Where frames go that no definition understands, so that somebody can look at them later. Any thread; never waits for the disk. */
public interface DeadLetters {
    /**
     * Keeps one, as far as there is room.
     *
     * @param listener name of the listener
     * @param from address of the peer
     * @param frame its bytes; may be changed by the caller afterwards
     * @param why what is wrong with it
     */
    void add(String listener, String from, byte[] frame, String why);
}
