package dev.tramway.onescript.internal.library.json;

import dev.tramway.onescript.internal.value.Names;
import org.jspecify.annotations.Nullable;

/** Names of properties that came not long ago: the same few come again and again, and are made and examined once. */
final class JsonNames {
    private static final int SIZE = 64;

    private final @Nullable Name[] recent = new Name[SIZE];

    /**
     * A name.
     *
     * @param text as it was written
     * @param key under which it is kept in a structure; absent where it is no identifier
     */
    record Name(String text, @Nullable String key) {
        static Name of(String text) {
            return new Name(text, Names.isIdentifier(text) ? Names.key(text) : null);
        }

        private boolean isIn(char[] characters, int from, int to) {
            if (text.length() != to - from) {
                return false;
            }
            for (int i = from; i < to; i++) {
                if (characters[i] != text.charAt(i - from)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Returns the name that the characters make. */
    Name of(char[] characters, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + characters[i];
        }
        int place = hash & (SIZE - 1);
        Name name = recent[place];
        if (name == null || !name.isIn(characters, from, to)) {
            name = Name.of(new String(characters, from, to - from));
            recent[place] = name;
        }
        return name;
    }
}
