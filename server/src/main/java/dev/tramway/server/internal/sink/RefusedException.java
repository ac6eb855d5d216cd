package dev.tramway.server.internal.sink;

import java.io.IOException;

/** A receiver has said that it will never take what it was given. */
public final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * Makes one.
     *
     * @param message in the receiver's words
     */
    public RefusedException(String message) {
        super(message);
    }
}
