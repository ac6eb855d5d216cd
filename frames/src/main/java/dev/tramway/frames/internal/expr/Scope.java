package dev.tramway.frames.internal.expr;

/** The frame that an expression is evaluated in. */
public interface Scope {
    /** An unsigned byte of the frame, 0 behind its end. */
    int byteAt(long index);

    /** Size of the whole frame in bytes. */
    int frameSize();

    /** Bytes that are left from the present place to the end of the group or frame. */
    int rest();

    /** Milliseconds since 1970. */
    long now();

    /** Notes that a value could not be computed, which makes the frame a decode error. */
    void fault(String what);
}
