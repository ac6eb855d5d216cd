package dev.tramway.bench.process;

/** A measurement that could not be made; the message says why. */
public final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With the reason. */
    public BenchException(String message) {
        super(message);
    }

    /** With the reason and what was met. */
    public BenchException(String message, Throwable cause) {
        super(message, cause);
    }
}
