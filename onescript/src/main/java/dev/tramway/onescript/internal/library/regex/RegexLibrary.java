package dev.tramway.onescript.internal.library.regex;

import dev.tramway.onescript.internal.bind.Library;

/** Regular expressions. */
public final class RegexLibrary {
    private RegexLibrary() {}

    /** Declares the types. */
    public static void declare(Library.Builder library) {
        library.type(Regex.TYPE)
                .type(RegexMatches.TYPE)
                .type(RegexMatch.TYPE)
                .type(RegexGroups.TYPE)
                .type(RegexGroup.TYPE);
    }
}
