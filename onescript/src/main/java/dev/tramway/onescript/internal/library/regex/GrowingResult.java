package dev.tramway.onescript.internal.library.regex;

import dev.tramway.onescript.internal.bind.Context;

/** Text in the making, each piece of which is counted before it is added. */
final class GrowingResult {
    private final Context context;
    private final StringBuilder text = new StringBuilder();

    GrowingResult(Context context) {
        this.context = context;
    }

    void append(String source, int start, int end) {
        context.grow((long) Character.BYTES * (end - start));
        text.append(source, start, end);
    }

    void append(String piece) {
        append(piece, 0, piece.length());
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
