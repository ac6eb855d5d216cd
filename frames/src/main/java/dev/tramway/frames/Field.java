package dev.tramway.frames;

/**
 * A field of a message, found once by {@link Protocol#field} and read from any number of frames. Keep it in a static final
 * variable: the compiler then sees through it. A value, used by any thread.
 */
public interface Field {
    /** Its path, such as {@code levels.period}. */
    String path();

    /**
     * Tells whether a frame has it.
     *
     * @param frame what was read
     */
    boolean isPresent(Frame frame);

    /**
     * Its value as a whole number: of a scaled field without its fraction, of a time in milliseconds since 1970.
     *
     * @param frame what was read
     * @return 0 if the frame does not have it, or if it is no number
     */
    long integer(Frame frame);

    /**
     * Its value with its fraction.
     *
     * @param frame what was read
     * @return 0 if the frame does not have it, or if it is no number
     */
    double real(Frame frame);

    /**
     * Its value as a text.
     *
     * @param frame what was read
     * @return empty if the frame does not have it
     */
    String text(Frame frame);
}
