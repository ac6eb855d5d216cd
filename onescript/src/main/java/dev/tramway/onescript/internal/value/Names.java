package dev.tramway.onescript.internal.value;

import java.util.Locale;

/** Names of the language, whose case does not matter. */
public final class Names {
    private Names() {}

    /** Returns the form under which a name is kept in tables. */
    public static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    public static boolean isIdentifier(String text) {
        return !text.isEmpty()
                && isStart(text.charAt(0))
                && text.chars().skip(1).allMatch(c -> isPart((char) c));
    }

    public static boolean isStart(char c) {
        return c == '_' || Character.isLetter(c);
    }

    public static boolean isPart(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }
}
