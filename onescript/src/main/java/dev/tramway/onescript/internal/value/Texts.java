package dev.tramway.onescript.internal.value;

import java.text.Collator;
import java.util.Locale;

/** Order of strings as Russian dictionaries have it. */
public final class Texts {
    /** A collator is not safe for threads, and making one is slow. */
    private static final ThreadLocal<Collator> RUSSIAN = ThreadLocal.withInitial(Texts::collator);

    private Texts() {}

    private static Collator collator() {
        Collator collator = Collator.getInstance(Locale.of("ru", "RU"));
        collator.setStrength(Collator.TERTIARY);
        return collator;
    }

    public static int compare(String left, String right) {
        int order = RUSSIAN.get().compare(left, right);
        return order != 0 ? order : Integer.signum(left.compareTo(right));
    }
}
