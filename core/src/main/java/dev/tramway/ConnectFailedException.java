package dev.tramway;

/** A client could not connect: the message names the host, every address that was tried, and the cause. */
public final class ConnectFailedException extends TramwayException {
    private static final long serialVersionUID = 1L;

    /**
     * Names the place and the remedy.
     *
     * @param message one or two sentences
     */
    public ConnectFailedException(String message) {
        super(message);
    }

    /**
     * Names the place and the remedy, and keeps the cause.
     *
     * @param message one or two sentences
     * @param cause what the platform reported
     */
    public ConnectFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
