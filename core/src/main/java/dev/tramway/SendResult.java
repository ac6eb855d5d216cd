package dev.tramway;

/** Answer of every non-blocking send and broadcast. */
public enum SendResult {
    /** The whole message was taken; it goes out in order, or is counted as dropped by the session's policy. */
    ACCEPTED,
    /** Nothing was taken, because a queue is at its limit; {@code onWritable} tells when to try again. */
    FULL,
    /** Nothing was taken, because the session or server is closing or closed. */
    CLOSED
}
