package dev.tramway.server.internal.reading;

/** There is no room for a reading: the disk is full, or the limit of the spool is reached. */
public final class StoreFullException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Makes one.
     *
     * @param message which limit, and what to do
     */
    public StoreFullException(String message) {
        super(message);
    }
}
