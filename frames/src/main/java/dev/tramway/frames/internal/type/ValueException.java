package dev.tramway.frames.internal.type;

/** A value cannot be written; says what would fit. */
public final class ValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what was found and what would fit. */
    public ValueException(Object found, String expected) {
        super("'" + found + "' (expected: " + expected + ")", null, false, false);
    }

    /** Says what is wrong. */
    public ValueException(String message) {
        super(message, null, false, false);
    }
}
