package dev.tramway;

/** A server or endpoint could not be bound: the message names the address, the cause and a remedy. */
public final class BindFailedException extends TramwayException {
    private static final long serialVersionUID = 1L;

    /**
     * Names the place and the remedy.
     *
     * @param message one or two sentences
     */
    public BindFailedException(String message) {
        super(message);
    }

    /**
     * Names the place and the remedy, and keeps the cause.
     *
     * @param message one or two sentences
     * @param cause what the platform reported
     */
    public BindFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
