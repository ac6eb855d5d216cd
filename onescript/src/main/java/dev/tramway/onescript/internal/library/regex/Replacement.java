package dev.tramway.onescript.internal.library.regex;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a match is replaced by, as .NET has it: $1, ${name}, $$, $&amp; (the match), $` and $' (what is before and behind it), $+
 * (the last group), $_ (the whole text). A $ that means none of these, or no group, is itself.
 */
final class Replacement {
    private static final Pattern SUBSTITUTION = Pattern.compile("\\$(?:([0-9]+)|\\{([^}]+)\\}|([$&`'+_]))");

    private final String template;
    private final List<GroupNumbers.Group> groups;
    private final GroupNumbers numbers;

    Replacement(String template, GroupNumbers numbers) {
        this.template = template;
        this.numbers = numbers;
        this.groups = numbers.groups();
    }

    /** Appends what replaces a match. */
    void append(Found found, GrowingResult to) {
        Matcher substitution = SUBSTITUTION.matcher(template);
        int done = 0;
        while (substitution.find()) {
            to.append(template, done, substitution.start());
            done = substitution.end();
            if (substitution.group(3) != null) {
                special(substitution.group(3).charAt(0), found, to);
            } else {
                String name = substitution.group(1) == null ? substitution.group(2) : substitution.group(1);
                int group = index(name);
                to.append(group < 0 ? substitution.group() : found.value(group));
            }
        }
        to.append(template, done, template.length());
    }

    /** Returns the place of a group among all, by its name or number; -1 where there is none. */
    private int index(String name) {
        if (name.matches("0{1,4}")) {
            return 0;
        }
        List<Integer> java = numbers.find(name);
        for (int i = 1; i < groups.size(); i++) {
            if (groups.get(i).java().equals(java)) {
                return i;
            }
        }
        return -1;
    }

    private void special(char sign, Found found, GrowingResult to) {
        String text = found.text();
        switch (sign) {
            case '$' -> to.append("$");
            case '&' -> to.append(text, found.start(), found.end());
            case '`' -> to.append(text, 0, found.start());
            case '\'' -> to.append(text, found.end(), text.length());
            case '+' -> to.append(found.value(groups.size() - 1));
            default -> to.append(text);
        }
    }
}
