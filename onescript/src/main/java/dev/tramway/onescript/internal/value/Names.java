package dev.tramway.onescript.internal.value;

import java.util.Locale;

/** Names of the language, whose case does not matter. */
public final class Names {
    /** The table of all characters is asked beyond it only, since most names need no more and are told sooner without. */
    private static final char LAST_ASCII = 127;

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
        return c == '_' || isLatin(c) || (c > LAST_ASCII && Character.isLetter(c));
    }

    public static boolean isPart(char c) {
        return isStart(c) || (c >= '0' && c <= '9') || (c > LAST_ASCII && Character.isDigit(c));
    }

    private static boolean isLatin(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
