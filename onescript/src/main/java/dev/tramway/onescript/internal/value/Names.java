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
        if (text.isEmpty() || !isStart(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (!isPart(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    public static boolean isStart(char c) {
        return c == '_' || Character.isLetter(c);
    }

    public static boolean isPart(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }
}
