package dev.tramway.onescript.internal.syntax;

import dev.tramway.onescript.internal.value.Names;
import dev.tramway.onescript.internal.value.Numbers;
import dev.tramway.onescript.internal.value.ScriptError;
import dev.tramway.onescript.internal.value.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cuts the text of a module into tokens, leaving out what the preprocessor excludes. */
final class Lexer {
    private static final Set<String> LONG_SIGNS = Set.of("<>", "<=", ">=");
    private static final String SIGNS = "+-*/%=<>()[],.;?:~";

    private final Source source;
    private final String text;
    private final Preprocessor preprocessor;
    private final List<Token> tokens = new ArrayList<>();
    private final Map<String, String> interned = new HashMap<>();
    private int index;
    private int line = 1;
    private int lineStart;
    private boolean languageKnown;

    Lexer(Source source, Set<String> symbols) {
        this.source = source;
        this.text = source.text();
        this.preprocessor = new Preprocessor(source, symbols);
    }

    List<Token> tokens() {
        if (text.startsWith("#!")) {
            skipLine();
        }
        while (true) {
            skipBlanks();
            if (index >= text.length()) {
                break;
            }
            next();
        }
        preprocessor.end(here());
        add(Token.Kind.END, "", null, null, here());
        return tokens;
    }

    private Pos here() {
        return new Pos(line, index - lineStart + 1);
    }

    private char current() {
        return index < text.length() ? text.charAt(index) : '\0';
    }

    private char after() {
        return index + 1 < text.length() ? text.charAt(index + 1) : '\0';
    }

    private void advance() {
        if (text.charAt(index) == '\n') {
            line++;
            lineStart = index + 1;
        }
        index++;
    }

    private void skipLine() {
        while (index < text.length() && current() != '\n') {
            index++;
        }
    }

    private void skipBlanks() {
        while (index < text.length()) {
            char c = current();
            if (c == '/' && after() == '/') {
                skipLine();
            } else if (Character.isWhitespace(c) || c == '\u00A0' || c == '\uFEFF') {
                advance();
            } else if (c != '#' && !preprocessor.active()) {
                skipLine();
            } else {
                return;
            }
        }
    }

    private void next() {
        char c = current();
        if (c == '#') {
            directive();
        } else if (Names.isStart(c)) {
            word();
        } else if (c >= '0' && c <= '9') {
            number();
        } else if (c == '"') {
            string();
        } else if (c == '\'') {
            date();
        } else if (c == '&') {
            annotation();
        } else if (SIGNS.indexOf(c) >= 0) {
            sign();
        } else {
            throw error(here(), "Неизвестный символ: " + c, "Unknown character: " + c);
        }
    }

    private void directive() {
        Pos at = here();
        if (!text.substring(lineStart, index).isBlank()) {
            throw error(
                    at,
                    "Директива препроцессора должна начинаться с новой строки",
                    "A directive must be the first in its line");
        }
        int start = index + 1;
        skipLine();
        String used = preprocessor.directive(text.substring(start, index), at);
        if (used != null) {
            add(Token.Kind.USE, used, null, null, at);
        }
    }

    private String name() {
        int start = index;
        while (index < text.length() && Names.isPart(current())) {
            index++;
        }
        return interned.computeIfAbsent(text.substring(start, index), name -> name);
    }

    private void word() {
        Pos at = here();
        String name = name();
        Word word = Word.of(Names.key(name));
        if (word == null) {
            add(Token.Kind.NAME, name, null, null, at);
            return;
        }
        if (!languageKnown && word != Word.NULL) {
            languageKnown = true;
            source.english(name.charAt(0) < 128);
        }
        add(Token.Kind.WORD, name, word, null, at);
    }

    private void annotation() {
        Pos at = here();
        index++;
        if (!Names.isStart(current())) {
            throw error(here(), "Ожидается имя аннотации", "The name of an annotation is expected");
        }
        add(Token.Kind.ANNOTATION, name(), null, null, at);
    }

    private void number() {
        Pos at = here();
        int start = index;
        while (Character.isDigit(current()) || (current() == '.' && Character.isDigit(after()))) {
            index++;
        }
        if (current() == '.' && !Names.isStart(after())) {
            index++;
        }
        String digits = text.substring(start, index);
        if (digits.indexOf('.') != digits.lastIndexOf('.') || Names.isStart(current())) {
            throw error(at, "Неверная запись числа: " + digits, "Invalid number: " + digits);
        }
        add(Token.Kind.NUMBER, digits, null, literal(at, () -> Numbers.parse(digits)), at);
    }

    private void date() {
        Pos at = here();
        int start = ++index;
        while (current() != '\'') {
            if (index >= text.length() || current() == '\n') {
                throw error(at, "Незавершенный литерал даты", "The literal of a date is not closed");
            }
            index++;
        }
        String digits = text.substring(start, index++).replaceAll("[^0-9]", "");
        add(Token.Kind.DATE, digits, null, literal(at, () -> Values.parseDate(digits)), at);
    }

    /** Errors of a literal get its place. */
    private Object literal(Pos at, java.util.function.Supplier<Object> value) {
        try {
            return value.get();
        } catch (ScriptError wrong) {
            throw error(at, "Неверный литерал", "Invalid literal");
        }
    }

    private void string() {
        Pos at = here();
        StringBuilder value = new StringBuilder();
        index++;
        while (true) {
            if (index >= text.length()) {
                throw error(at, "Незавершенная строка: нет закрывающей кавычки", "The string is not closed");
            }
            char c = current();
            if (c == '"' && after() == '"') {
                value.append('"');
                index += 2;
            } else if (c == '"') {
                index++;
                break;
            } else if (c == '\n') {
                continueString(at, value);
            } else {
                if (c != '\r' || after() != '\n') {
                    value.append(c);
                }
                index++;
            }
        }
        addString(value.toString(), at);
    }

    private void continueString(Pos at, StringBuilder value) {
        skipBlanks();
        if (current() != '|') {
            throw error(
                    at,
                    "Незавершенная строка: продолжение должно начинаться с |",
                    "The string is not closed: a continued line begins with |");
        }
        index++;
        value.append('\n');
    }

    /** Neighbouring literals are one, with a line break between. */
    private void addString(String value, Pos at) {
        Token last = tokens.isEmpty() ? null : tokens.getLast();
        if (last != null && last.kind() == Token.Kind.STRING) {
            tokens.removeLast();
            add(Token.Kind.STRING, last.text() + "\n" + value, null, last.text() + "\n" + value, last.at());
        } else {
            add(Token.Kind.STRING, value, null, value, at);
        }
    }

    private void sign() {
        Pos at = here();
        String pair = text.substring(index, Math.min(index + 2, text.length()));
        String sign = LONG_SIGNS.contains(pair) ? pair : pair.substring(0, 1);
        index += sign.length();
        add(Token.Kind.SIGN, interned.computeIfAbsent(sign, name -> name), null, null, at);
    }

    private void add(Token.Kind kind, String name, @Nullable Word word, @Nullable Object value, Pos at) {
        tokens.add(new Token(kind, name, word, value, at));
    }

    private ScriptError error(Pos at, String russian, String english) {
        return source.error(at, russian, english);
    }
}
