package dev.tramway;

/** The system refused to send a datagram, or to join or leave a group: the message names the address and the cause. */
public final class SendFailedException extends TramwayException {
    private static final long serialVersionUID = 1L;

    /**
     * Names the place and the remedy.
     *
     * @param message one or two sentences
     */
    public SendFailedException(String message) {
        super(message);
    }

    /**
     * Names the place and the remedy, and keeps the cause.
     *
     * @param message one or two sentences
     * @param cause what the platform reported
     */
    public SendFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
