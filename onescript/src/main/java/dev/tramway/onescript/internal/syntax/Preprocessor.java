package dev.tramway.onescript.internal.syntax;

import dev.tramway.onescript.internal.value.Names;
import dev.tramway.onescript.internal.value.ScriptError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Directives: which parts of the text are compiled, regions, and what is used. */
final class Preprocessor {
    private static final Pattern PARTS = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*|[()]|\\S");

    /** An open #Если. */
    private static final class Branch {
        private final Pos at;
        private final boolean enclosing;
        private boolean taken;
        private boolean active;
        private boolean otherwise;

        Branch(Pos at, boolean enclosing) {
            this.at = at;
            this.enclosing = enclosing;
        }

        void choose(boolean condition) {
            active = enclosing && !taken && condition;
            taken |= condition;
        }
    }

    private final Source source;
    private final Set<String> symbols;
    private final Deque<Branch> branches = new ArrayDeque<>();
    private final Deque<Pos> regions = new ArrayDeque<>();

    /** The symbols are those that are defined, in lower case. */
    Preprocessor(Source source, Set<String> symbols) {
        this.source = source;
        this.symbols = symbols;
    }

    boolean active() {
        return branches.isEmpty() || branches.peek().active;
    }

    /** Obeys a directive; returns what it uses, if that is its kind. */
    @Nullable
    String directive(String text, Pos at) {
        int comment = text.indexOf("//");
        String line = (comment >= 0 && text.indexOf('"') < 0 ? text.substring(0, comment) : text).strip();
        int end = 0;
        while (end < line.length() && Names.isPart(line.charAt(end))) {
            end++;
        }
        String rest = line.substring(end).strip();
        switch (Names.key(line.substring(0, end))) {
            case "если", "if" -> {
                Branch branch = new Branch(at, active());
                branch.choose(condition(rest, at));
                branches.push(branch);
            }
            case "иначеесли", "elsif" -> innermost(at).choose(condition(rest, at));
            case "иначе", "else" -> otherwise(at);
            case "конецесли", "endif" -> {
                innermost(at);
                branches.pop();
            }
            case "область", "region" -> openRegion(rest, at);
            case "конецобласти", "endregion" -> closeRegion(at);
            case "использовать", "use" -> {
                return active() ? used(rest, at) : null;
            }
            default -> other(line, end, at);
        }
        return null;
    }

    private void otherwise(Pos at) {
        Branch branch = innermost(at);
        if (branch.otherwise) {
            throw source.error(at, "Повторная директива #Иначе", "A second #Else");
        }
        branch.otherwise = true;
        branch.choose(true);
    }

    private Branch innermost(Pos at) {
        Branch branch = branches.peek();
        if (branch == null) {
            throw source.error(at, "Директива без начального #Если", "A directive without its #If");
        }
        return branch;
    }

    private void openRegion(String name, Pos at) {
        if (!active()) {
            return;
        }
        if (!Names.isIdentifier(name)) {
            throw source.error(at, "Ожидается имя области", "The name of a region is expected");
        }
        regions.push(at);
    }

    private void closeRegion(Pos at) {
        if (active() && regions.poll() == null) {
            throw source.error(at, "#КонецОбласти без начала области", "#EndRegion without its #Region");
        }
    }

    private String used(String rest, Pos at) {
        String name =
                rest.startsWith("\"") && rest.indexOf('"', 1) > 0 ? rest.substring(1, rest.indexOf('"', 1)) : rest;
        if (name.isEmpty()) {
            throw source.error(at, "Ожидается имя библиотеки", "The name of a library is expected");
        }
        return rest.startsWith("\"") ? "\"" + name : name;
    }

    /** Modes of other versions change nothing here. */
    private void other(String line, int end, Pos at) {
        String name = Names.key(line.substring(0, end));
        if (active() && !name.equals("native") && !name.equals("stack")) {
            throw source.error(at, "Неизвестная директива: #" + line, "Unknown directive: #" + line);
        }
    }

    void end(Pos at) {
        if (!branches.isEmpty()) {
            throw source.error(branches.peek().at, "Ожидается #КонецЕсли", "#EndIf is expected");
        }
        if (!regions.isEmpty()) {
            throw source.error(regions.peek(), "Ожидается #КонецОбласти", "#EndRegion is expected");
        }
    }

    private boolean condition(String text, Pos at) {
        List<String> parts = new ArrayList<>();
        Matcher matcher = PARTS.matcher(text);
        while (matcher.find()) {
            parts.add(Names.key(matcher.group()));
        }
        return new Condition(parts, at).read();
    }

    /** Reads the condition of an #Если, which ends with Тогда. */
    private final class Condition {
        private final List<String> parts;
        private final Pos at;
        private int index;

        Condition(List<String> parts, Pos at) {
            this.parts = parts;
            this.at = at;
        }

        boolean read() {
            boolean value = or();
            if (!take("тогда", "then") || index != parts.size()) {
                throw source.error(at, "Ожидается Тогда", "Then is expected");
            }
            return value;
        }

        private boolean take(String russian, String english) {
            boolean here = index < parts.size()
                    && (parts.get(index).equals(russian) || parts.get(index).equals(english));
            index += here ? 1 : 0;
            return here;
        }

        private boolean or() {
            boolean value = and();
            while (take("или", "or")) {
                value |= and();
            }
            return value;
        }

        private boolean and() {
            boolean value = not();
            while (take("и", "and")) {
                value &= not();
            }
            return value;
        }

        private boolean not() {
            if (take("не", "not")) {
                return !not();
            }
            if (take("(", "(")) {
                boolean value = or();
                if (!take(")", ")")) {
                    throw expected("Ожидается )", ") is expected");
                }
                return value;
            }
            if (index >= parts.size() || !Names.isIdentifier(parts.get(index))) {
                throw expected("Ожидается символ препроцессора", "A symbol is expected");
            }
            return symbols.contains(parts.get(index++));
        }

        private ScriptError expected(String russian, String english) {
            return source.error(at, russian, english);
        }
    }
}
