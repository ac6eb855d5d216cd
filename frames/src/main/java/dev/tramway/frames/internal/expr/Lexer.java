package dev.tramway.frames.internal.expr;

import dev.tramway.frames.internal.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;

/** Cuts an expression into tokens. */
final class Lexer {
    private static final List<String> SIGNS = List.of(
            "..<", "..", "<<", ">>", "==", "!=", "<=", ">=", "&&", "||", "+", "-", "*", "/", "%", "&", "|", "^", "~",
            "!", "<", ">", "?", ":", "(", ")", "{", "}", ",", ";");

    enum Sort {
        NUMBER,
        TEXT,
        NAME,
        SIGN,
        END
    }

    record Token(Sort sort, String text, int at) {}

    private final Yaml.Scalar source;
    private final String text;
    private int at;

    private Lexer(Yaml.Scalar source) {
        this.source = source;
        text = source.text();
    }

    static List<Token> tokens(Yaml.Scalar source) {
        Lexer lexer = new Lexer(source);
        List<Token> tokens = new ArrayList<>();
        Token token;
        do {
            token = lexer.next();
            tokens.add(token);
        } while (token.sort() != Sort.END);
        return tokens;
    }

    private Token next() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        int start = at;
        if (at == text.length()) {
            return new Token(Sort.END, "the end", start);
        }
        char c = text.charAt(at);
        if (Character.isDigit(c)) {
            return number(start);
        }
        if (isNameStart(c)) {
            return name(start);
        }
        if (c == '\'' || c == '"') {
            return quoted(c, start);
        }
        return sign(start);
    }

    private Token number(int start) {
        boolean hex = text.startsWith("0x", at);
        at += hex ? 2 : 0;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || isPoint(hex))) {
            at++;
        }
        return new Token(Sort.NUMBER, text.substring(start, at), start);
    }

    /** A point belongs to the number unless it begins a range. */
    private boolean isPoint(boolean hex) {
        return !hex
                && text.charAt(at) == '.'
                && at + 1 < text.length()
                && Character.isDigit(text.charAt(at + 1))
                && text.charAt(at - 1) != '.';
    }

    private Token name(int start) {
        while (at < text.length() && isNamePart()) {
            at++;
        }
        return new Token(Sort.NAME, text.substring(start, at), start);
    }

    /** Points join the parts of a path, two points are a range; a hyphen between letters is part of a name. */
    private boolean isNamePart() {
        char c = text.charAt(at);
        boolean letterFollows = at + 1 < text.length() && isNameStart(text.charAt(at + 1));
        return isNameStart(c) || Character.isDigit(c) || ((c == '.' || c == '-') && letterFollows);
    }

    private static boolean isNameStart(char c) {
        return Character.isLetter(c) || c == '_';
    }

    private Token quoted(char quote, int start) {
        int end = text.indexOf(quote, start + 1);
        if (end < 0) {
            throw source.at(start).flaw("a text without end", "a closing " + quote, "close the text");
        }
        at = end + 1;
        return new Token(Sort.TEXT, text.substring(start + 1, end), start);
    }

    private Token sign(int start) {
        for (String sign : SIGNS) {
            if (text.startsWith(sign, start)) {
                at += sign.length();
                return new Token(Sort.SIGN, sign, start);
            }
        }
        throw source.at(start).flaw("'" + text.charAt(start) + "'", "an operator, a name or a number", "remove it");
    }
}
