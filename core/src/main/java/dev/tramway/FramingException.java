package dev.tramway;

/** Bytes received do not fit the framing, or a message to send does not; closes that session as a protocol error. */
public final class FramingException extends TramwayException {
    private static final long serialVersionUID = 1L;

    /**
     * Names the place and the remedy.
     *
     * @param message one or two sentences
     */
    public FramingException(String message) {
        super(message);
    }

    /**
     * Names the place and the remedy, and keeps the cause.
     *
     * @param message one or two sentences
     * @param cause what the platform reported
     */
    public FramingException(String message, Throwable cause) {
        super(message, cause);
    }
}
