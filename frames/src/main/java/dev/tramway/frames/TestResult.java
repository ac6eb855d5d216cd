package dev.tramway.frames;

import java.util.Optional;

/**
 * Outcome of one of the tests in a definition.
 *
 * @param name what it is called
 * @param place file and line
 * @param failure what differs; empty if it passed
 */
public record TestResult(String name, String place, Optional<String> failure) {
    /** True if it passed. */
    public boolean passed() {
        return failure.isEmpty();
    }
}
