package dev.tramway;

/** Root of the exceptions that Tramway throws for trouble outside the program: network, files, peers. All unchecked. */
public abstract class TramwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Names the place and the remedy.
     *
     * @param message one or two sentences
     */
    protected TramwayException(String message) {
        super(message);
    }

    /**
     * Names the place and the remedy, and keeps the cause.
     *
     * @param message one or two sentences
     * @param cause what the platform reported
     */
    protected TramwayException(String message, Throwable cause) {
        super(message, cause);
    }
}
