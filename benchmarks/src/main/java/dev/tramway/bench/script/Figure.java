package dev.tramway.bench.script;

import java.util.Optional;

/**
 * One thing that was measured.
 *
 * @param text what it is, with its unit
 * @param value in that unit
 * @param bound what it is to be, where something is promised
 */
record Figure(String text, double value, Optional<Bound> bound) {
    /** One that is only reported. */
    static Figure of(String text, double value) {
        return new Figure(text, value, Optional.empty());
    }

    static Figure of(String text, double value, Bound bound) {
        return new Figure(text, value, Optional.of(bound));
    }
}
