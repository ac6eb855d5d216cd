package dev.tramway.onescript.internal.library.json;

import java.util.Arrays;

/** The objects and arrays that have begun and not ended, in a text that is read or written. */
final class JsonNesting {
    private boolean[] objects = new boolean[16];
    private int depth;

    int depth() {
        return depth;
    }

    /** True in an object, false in an array or outside. */
    boolean inObject() {
        return depth > 0 && objects[depth - 1];
    }

    void begin(boolean object) {
        if (depth == objects.length) {
            objects = Arrays.copyOf(objects, 2 * depth);
        }
        objects[depth++] = object;
    }

    void end() {
        depth--;
    }
}
