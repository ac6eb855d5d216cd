package dev.tramway.frames.internal.codec;

/** What can be wrong with a frame. */
public enum Trouble {
    /** It ends inside a field. */
    SHORT("ends too early"),
    /** Bytes are left over. */
    TRAILING("is not the end: bytes are left over"),
    /** A constant has another value. */
    CONSTANT("is not the constant that it must be"),
    /** A field has no value of its type, or one that the definition forbids. */
    VALUE("has a value that is not allowed"),
    /** A check does not agree. */
    CHECK("does not agree with the bytes it checks"),
    /** More items or fields than the limits allow. */
    LIMIT("goes beyond the limits of the definition"),
    /** No message of the definition fits. */
    UNKNOWN("is of no message that the definition knows"),
    /** An expression could not be computed. */
    FAULT("could not be computed"),
    /** The bytes are not wrapped as the framing demands. */
    WRAPPING("is not escaped as the framing demands");

    private final String words;

    Trouble(String words) {
        this.words = words;
    }

    /** What it is, to be read after the name of a field. */
    public String words() {
        return words;
    }
}
