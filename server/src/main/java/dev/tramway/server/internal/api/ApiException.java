package dev.tramway.server.internal.api;

/** A request that is not granted. */
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    ApiException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** HTTP status. */
    int status() {
        return status;
    }
}
