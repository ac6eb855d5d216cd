package dev.tramway.onescript.internal.library.regex;

import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.ScriptError;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Translates a regular expression of .NET to one of Java. They differ in the names and numbers of groups, in what ^ and $ mean,
 * in brackets (nested ones, subtraction), in some escapes, and in options. What Java cannot do is an error: conditions,
 * balancing groups, what looks back without a limit.
 */
final class DotNetPattern {
    private static final Pattern GROUP = Pattern.compile("\\(\\?(?:<([^=!>][^>]*)>|'([^']+)')");
    private static final Pattern GROUP_NAME = Pattern.compile("[\\p{L}\\p{N}_]+");
    private static final Pattern OPTIONS = Pattern.compile("\\(\\?([imnsx]*)(?:-([imnsx]*))?([:)])");
    private static final Pattern QUANTIFIER = Pattern.compile("\\{[0-9]+(?:,[0-9]*)?\\}");
    private static final Pattern REFERENCE = Pattern.compile("\\\\(?:k(?:<([^>]+)>|'([^']+)')|([1-9][0-9]{0,3}))");
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{1,3})");
    private static final Pattern CODE = Pattern.compile("\\\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|c[A-Za-z@\\[\\]^_])");
    private static final Pattern CATEGORY = Pattern.compile("\\\\([pP])\\{(Is)?([^}]+)\\}");

    private final String pattern;
    private final StringBuilder java = new StringBuilder();
    private final GroupNumbers groups = new GroupNumbers();
    private final Deque<Options> outer = new ArrayDeque<>();
    private Options options;
    private int at;

    /** What can be changed within a pattern, besides what Java has too. */
    private record Options(boolean multiline, boolean explicit, boolean blanks) {
        Options with(String letters, boolean on) {
            return new Options(
                    letters.indexOf('m') < 0 ? multiline : on,
                    letters.indexOf('n') < 0 ? explicit : on,
                    letters.indexOf('x') < 0 ? blanks : on);
        }
    }

    /** A pattern for Java, to be compiled with {@code UNIX_LINES}, and the groups of the .NET pattern. */
    record Translated(String java, GroupNumbers groups) {}

    private DotNetPattern(String pattern, boolean multiline) {
        this.pattern = pattern;
        this.options = new Options(multiline, false, false);
    }

    static Translated translate(String pattern, boolean multiline) {
        // References may point forward, and to names: the groups have to be known first.
        DotNetPattern counting = new DotNetPattern(pattern, multiline);
        counting.run(null);
        DotNetPattern writing = new DotNetPattern(pattern, multiline);
        writing.run(counting.groups);
        return new Translated(writing.java.toString(), counting.groups);
    }

    private void run(@Nullable GroupNumbers known) {
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            switch (c) {
                case '\\' -> escape(known);
                case '[' -> java.append(brackets());
                case '(' -> open();
                case ')' -> close();
                case '^' -> replace(options.multiline ? "(?<![^\\n])" : "\\A");
                case '$' -> replace(options.multiline ? "(?![^\\n])" : "\\Z");
                case '{' -> brace();
                case '#' -> sharp();
                default -> plain(c);
            }
        }
        if (!outer.isEmpty()) {
            throw error("не хватает )", ") is missing");
        }
    }

    private void replace(String with) {
        java.append(with);
        at++;
    }

    private void plain(char c) {
        if (!options.blanks || !Character.isWhitespace(c)) {
            java.append(c);
        }
        at++;
    }

    private void sharp() {
        if (options.blanks) {
            int end = pattern.indexOf('\n', at);
            at = end < 0 ? pattern.length() : end + 1;
        } else {
            replace("#");
        }
    }

    /** A brace that begins no quantifier is a brace. */
    private void brace() {
        Matcher quantifier = matcher(QUANTIFIER);
        if (quantifier.lookingAt()) {
            java.append(quantifier.group());
            at = quantifier.end();
        } else {
            replace("\\{");
        }
    }

    private Matcher matcher(Pattern of) {
        return of.matcher(pattern).region(at, pattern.length());
    }

    private void open() {
        if (pattern.startsWith("(?#", at)) {
            int end = pattern.indexOf(')', at);
            if (end < 0) {
                throw error("комментарий не закончен", "the comment does not end");
            }
            at = end + 1;
            return;
        }
        Matcher group = matcher(GROUP);
        if (group.lookingAt()) {
            outer.push(options);
            named(group);
            return;
        }
        Matcher changed = matcher(OPTIONS);
        if (changed.lookingAt()) {
            options(changed);
            return;
        }
        outer.push(options);
        if (!pattern.startsWith("(?", at)) {
            unnamed();
            return;
        }
        if (pattern.startsWith("(?(", at)) {
            throw error("условие (?( не поддерживается", "the condition (?( is not supported");
        }
        java.append("(?");
        at += 2;
        // What looks around, or keeps what it found, is the same in Java; its sign is no quantifier.
        while (at < pattern.length() && "<=!>".indexOf(pattern.charAt(at)) >= 0) {
            replace(String.valueOf(pattern.charAt(at)));
        }
    }

    private void unnamed() {
        if (options.explicit) {
            replace("(?:");
        } else {
            groups.add(null);
            replace("(");
        }
    }

    private void named(Matcher group) {
        String name = group.group(1) == null ? group.group(2) : group.group(1);
        if (!GROUP_NAME.matcher(name).matches() || (Character.isDigit(name.charAt(0)) && !name.matches("[0-9]{1,4}"))) {
            throw error(
                    "группа с именем " + name + " не поддерживается", "a group named " + name + " is not supported");
        }
        groups.add(name);
        java.append('(');
        at = group.end();
    }

    /** (?i) counts up to the end of the group it is in, (?i:…) within itself. */
    private void options(Matcher changed) {
        String on = changed.group(1);
        String off = changed.group(2) == null ? "" : changed.group(2);
        boolean own = changed.group(3).equals(":");
        if (own) {
            outer.push(options);
        }
        options = options.with(on, true).with(off, false);
        String rest = on.replaceAll("[mnx]", "");
        String without = off.replaceAll("[mnx]", "");
        String letters = rest + (without.isEmpty() ? "" : "-" + without);
        if (own || !letters.isEmpty()) {
            java.append("(?").append(letters).append(changed.group(3));
        }
        at = changed.end();
    }

    private void close() {
        if (outer.isEmpty()) {
            throw error("лишняя )", "there is no ( for this )");
        }
        options = outer.pop();
        replace(")");
    }

    private void escape(@Nullable GroupNumbers known) {
        Matcher reference = matcher(REFERENCE);
        if (reference.lookingAt() && reference(reference, known)) {
            at = reference.end();
        } else {
            java.append(character(false));
        }
    }

    /** Writes a reference to a group; false where the digits mean a character. */
    private boolean reference(Matcher reference, @Nullable GroupNumbers known) {
        String number = reference.group(3);
        String name = number != null ? number : reference.group(1) == null ? reference.group(2) : reference.group(1);
        if (known == null) {
            return true;
        }
        List<Integer> referred = known.find(name);
        if (referred == null && number != null && number.length() > 1) {
            return false;
        }
        if (referred == null) {
            throw error("ссылка на несуществующую группу " + name, "there is no group " + name);
        }
        java.append("(?:");
        for (int i = 0; i < referred.size(); i++) {
            java.append(i == 0 ? "\\" : "|\\").append(referred.get(i));
        }
        java.append(')');
        return true;
    }

    /** Returns what stands for an escaped character, or for a class of them. */
    private String character(boolean inBrackets) {
        Matcher category = matcher(CATEGORY);
        if (category.lookingAt()) {
            at = category.end();
            return "\\" + category.group(1) + "{" + (category.group(2) == null ? "" : "In") + category.group(3) + "}";
        }
        Matcher code = matcher(CODE);
        if (code.lookingAt()) {
            at = code.end();
            return code.group();
        }
        Matcher octal = matcher(OCTAL);
        if (octal.lookingAt()) {
            at = octal.end();
            return String.format("\\x%02x", Integer.parseInt(octal.group(1), 8) & 0xFF);
        }
        if (at + 1 == pattern.length()) {
            throw error("\\ в конце выражения", "\\ at the end");
        }
        char c = pattern.charAt(at + 1);
        String java = simple(c, inBrackets);
        at += 2;
        return java;
    }

    private String simple(char c, boolean inBrackets) {
        if (c == 'v') {
            return "\\x0b";
        }
        if (c == 'b' && inBrackets) {
            return "\\x08";
        }
        boolean known = (inBrackets ? "aefnrtdDsSwW" : "aefnrtdDsSwWbBAzZG").indexOf(c) >= 0;
        if (!known && (c == '_' || (c < 128 && Character.isLetterOrDigit(c)))) {
            throw error("неизвестная последовательность \\" + c, "unknown escape \\" + c);
        }
        // A letter that is none of ASCII needs no backslash, and Java does not allow it one.
        return Character.isLetterOrDigit(c) && c >= 128 ? String.valueOf(c) : "\\" + c;
    }

    /** Returns a set of characters; […-[…]] is what is in the first and not in the second. */
    private String brackets() {
        int begin = at++;
        StringBuilder set = new StringBuilder("[");
        if (at < pattern.length() && pattern.charAt(at) == '^') {
            set.append('^');
            at++;
        }
        String without = "";
        for (boolean first = true; ; first = false) {
            if (at == pattern.length()) {
                at = begin;
                throw error("не хватает ]", "] is missing");
            }
            char c = pattern.charAt(at);
            if (c == ']' && !first) {
                at++;
                break;
            }
            if (c == '-' && !first && pattern.startsWith("-[", at)) {
                at++;
                without = brackets();
            } else if (c == '\\') {
                set.append(character(true));
            } else {
                set.append(literal(c));
                at++;
            }
        }
        set.append(']');
        return without.isEmpty() ? set.toString() : "(?:(?!" + without + ")" + set + ")";
    }

    /** Brackets, ampersands and blanks mean something to Java between brackets. */
    private static String literal(char c) {
        return "[]&^".indexOf(c) >= 0 ? "\\" + c : String.valueOf(c);
    }

    private ScriptError error(String russian, String english) {
        return Errors.of(
                "Ошибка в регулярном выражении, позиция " + (at + 1) + ": " + russian,
                "Error in regular expression, position " + (at + 1) + ": " + english);
    }
}
