package dev.tramway;

/** A blocking call met a connection that is closed; the message carries the close reason. */
public final class ClosedException extends TramwayException {
    private static final long serialVersionUID = 1L;

    /**
     * Names the place and the remedy.
     *
     * @param message one or two sentences
     */
    public ClosedException(String message) {
        super(message);
    }

    /**
     * Names the place and the remedy, and keeps the cause.
     *
     * @param message one or two sentences
     * @param cause what the platform reported
     */
    public ClosedException(String message, Throwable cause) {
        super(message, cause);
    }
}
