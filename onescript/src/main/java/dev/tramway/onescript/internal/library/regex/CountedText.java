package dev.tramway.onescript.internal.library.regex;

import dev.tramway.onescript.internal.bind.Context;

/**
 * Text that counts how often it is looked at, as steps of the script: some patterns look at each character more often than
 * anybody can wait for, and only this way the limit holds.
 */
final class CountedText implements CharSequence {
    /** That many looks take about as long as a loop turn of a script. */
    private static final int LOOKS_PER_STEP = 16;

    private static final int LOOKS_AT_ONCE = 1024;

    private final Context context;
    private final String text;
    private int looks;

    CountedText(Context context, String text) {
        this.context = context;
        this.text = text;
    }

    @Override
    public char charAt(int index) {
        if (++looks == LOOKS_AT_ONCE) {
            looks = 0;
            context.work(LOOKS_AT_ONCE / LOOKS_PER_STEP);
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
