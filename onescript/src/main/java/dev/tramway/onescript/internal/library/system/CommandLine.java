package dev.tramway.onescript.internal.library.system;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command line, cut into words: at blanks that are not between quotes. No shell has a part in it. */
final class CommandLine {
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"?|'[^']*'?)+");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"?|'([^']*)'?");

    private CommandLine() {}

    static List<String> words(String line) {
        return WORD.matcher(line).results().map(word -> unquoted(word.group())).toList();
    }

    private static String unquoted(String word) {
        return QUOTED.matcher(word)
                .replaceAll(part -> Matcher.quoteReplacement(part.group(1) != null ? part.group(1) : part.group(2)));
    }
}
