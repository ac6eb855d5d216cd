package dev.tramway.frames;

/**
 * A number with the name that the definition gives it: a value of an {@code enum}, or {@code flags} joined by {@code +}.
 *
 * @param number as it lies in the frame
 * @param name its name
 */
public record Named(long number, String name) {
    /** The name. */
    @Override
    public String toString() {
        return name;
    }
}
