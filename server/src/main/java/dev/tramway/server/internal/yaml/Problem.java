package dev.tramway.server.internal.yaml;

/**
 * One thing that is wrong with a file.
 *
 * @param at where it stands
 * @param found what stands there
 * @param expected what should stand there
 * @param hint what to do
 */
public record Problem(Position at, String found, String expected, String hint) {
    /** The problem in one line, as compilers print it. */
    @Override
    public String toString() {
        return at + ": " + found + " (expected: " + expected + "); " + hint;
    }
}
