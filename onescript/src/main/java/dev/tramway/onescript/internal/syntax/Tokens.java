package dev.tramway.onescript.internal.syntax;

import dev.tramway.onescript.internal.value.ScriptError;
import java.util.List;

/** The tokens of a module, one of which is the current one, and what is said when it is not the expected one. */
final class Tokens {
    private final Source source;
    private final List<Token> tokens;
    private int index;

    Tokens(Source source, List<Token> tokens) {
        this.source = source;
        this.tokens = tokens;
    }

    Token current() {
        return tokens.get(index);
    }

    Token next() {
        return tokens.get(Math.min(index + 1, tokens.size() - 1));
    }

    Token take() {
        Token token = tokens.get(index);
        index = Math.min(index + 1, tokens.size() - 1);
        return token;
    }

    boolean take(Word word) {
        boolean here = current().is(word);
        if (here) {
            take();
        }
        return here;
    }

    boolean takeSign(String sign) {
        boolean here = current().isSign(sign);
        if (here) {
            take();
        }
        return here;
    }

    void expect(Word word) {
        if (!take(word)) {
            throw expected(word.in(false), word.in(true));
        }
    }

    void expectSign(String sign) {
        if (!takeSign(sign)) {
            throw expected("символ " + sign, sign);
        }
    }

    /** The last statement of a block may do without. */
    void expectSemicolon() {
        if (!takeSign(";")) {
            throw expected("символ ; (точка с запятой)", "; (semicolon)");
        }
    }

    String expectName() {
        if (current().kind() != Token.Kind.NAME) {
            throw expected("идентификатор", "an identifier");
        }
        return take().text();
    }

    /** Any word may be the name of a member. */
    String expectMember() {
        if (current().kind() != Token.Kind.NAME && current().kind() != Token.Kind.WORD) {
            throw expected("идентификатор", "an identifier");
        }
        return take().text();
    }

    void expectEnd() {
        if (current().kind() != Token.Kind.END) {
            throw error(
                    "Неожиданный символ: " + current().text(),
                    "Unexpected: " + current().text());
        }
    }

    ScriptError expected(String russian, String english) {
        return error("Ожидается " + russian + found(" вместо "), "Expected: " + english + found(", found: "));
    }

    private String found(String between) {
        Token token = current();
        boolean shown = token.kind() != Token.Kind.END
                && !token.text().isEmpty()
                && token.text().length() <= 40;
        return shown ? between + token.text().lines().findFirst().orElse("") : "";
    }

    /** An error at the current token. */
    ScriptError error(String russian, String english) {
        return source.error(current().at(), russian, english);
    }

    ScriptError error(Pos at, String russian, String english) {
        return source.error(at, russian, english);
    }
}
