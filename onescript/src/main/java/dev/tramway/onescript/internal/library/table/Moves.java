package dev.tramway.onescript.internal.library.table;

import dev.tramway.onescript.internal.value.Errors;
import java.util.List;

/** Сдвинуть of all collections that have it. */
final class Moves {
    private Moves() {}

    /** Moves an element by that many places, towards the end if positive. */
    static <T> void move(List<T> elements, int from, int by) {
        long to = (long) from + by;
        if (from < 0 || to < 0 || to >= elements.size()) {
            throw Errors.indexOutOfRange();
        }
        elements.add((int) to, elements.remove(from));
    }
}
