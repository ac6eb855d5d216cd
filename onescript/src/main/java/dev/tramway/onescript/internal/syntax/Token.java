package dev.tramway.onescript.internal.syntax;

import org.jspecify.annotations.Nullable;

/**
 * A token.
 *
 * @param kind what it is
 * @param text as written; for a directive #Использовать, what is used
 * @param word the reserved word, if it is one
 * @param value of a literal
 * @param at where it begins
 */
record Token(
        Kind kind,
        String text,
        @Nullable Word word,
        @Nullable Object value,
        Pos at) {
    enum Kind {
        NAME,
        WORD,
        NUMBER,
        STRING,
        DATE,
        /** One of the signs; the text says which. */
        SIGN,
        ANNOTATION,
        USE,
        END
    }

    boolean is(Word wanted) {
        return word == wanted;
    }

    boolean isSign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }
}
