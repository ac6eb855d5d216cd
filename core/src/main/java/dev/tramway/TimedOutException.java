package dev.tramway;

/** A blocking call with a time limit did not finish in time; the connection is left as it was. */
public final class TimedOutException extends TramwayException {
    private static final long serialVersionUID = 1L;

    /**
     * Names the place and the remedy.
     *
     * @param message one or two sentences
     */
    public TimedOutException(String message) {
        super(message);
    }

    /**
     * Names the place and the remedy, and keeps the cause.
     *
     * @param message one or two sentences
     * @param cause what the platform reported
     */
    public TimedOutException(String message, Throwable cause) {
        super(message, cause);
    }
}
