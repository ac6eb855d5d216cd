package dev.tramway.frames.internal.expr;

import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A compiled expression. A value, used by any thread.
 *
 * @param kind what it gives: INT, NUM, BOOL or TEXT
 * @param whole evaluates INT, and BOOL as 0 or 1
 * @param fraction evaluates NUM
 * @param words evaluates TEXT
 * @param usesRest true if it asks how much is left, which only decoding knows
 */
public record Expr(
        Kind kind,
        @Nullable ToLongFunction<Scope> whole,
        @Nullable ToDoubleFunction<Scope> fraction,
        @Nullable Words words,
        boolean usesRest) {
    /** Evaluates to a text. */
    @FunctionalInterface
    public interface Words {
        /** The text. */
        String of(Scope scope);
    }

    /** Always the same text. */
    public static Expr constant(String text) {
        return words(scope -> text, false);
    }

    /** One text behind another. */
    public static Expr join(Expr one, Expr other) {
        return words(scope -> one.text(scope) + other.text(scope), one.usesRest || other.usesRest);
    }

    static Expr whole(ToLongFunction<Scope> whole, boolean usesRest) {
        return new Expr(Kind.INT, whole, null, null, usesRest);
    }

    static Expr fraction(ToDoubleFunction<Scope> fraction, boolean usesRest) {
        return new Expr(Kind.NUM, null, fraction, null, usesRest);
    }

    static Expr truth(ToLongFunction<Scope> truth, boolean usesRest) {
        return new Expr(Kind.BOOL, truth, null, null, usesRest);
    }

    static Expr words(Words words, boolean usesRest) {
        return new Expr(Kind.TEXT, null, null, words, usesRest);
    }

    /** The value as a whole number; a fraction is cut off, a text is 0. */
    public long integer(Scope scope) {
        if (whole != null) {
            return whole.applyAsLong(scope);
        }
        return fraction == null ? 0 : (long) fraction.applyAsDouble(scope);
    }

    /** The value as a number with a fraction; a text is 0. */
    public double real(Scope scope) {
        return fraction != null ? fraction.applyAsDouble(scope) : integer(scope);
    }

    /** The value as true or false. */
    public boolean truth(Scope scope) {
        return integer(scope) != 0;
    }

    /** The value as a text. */
    public String text(Scope scope) {
        return words != null ? words.of(scope) : String.valueOf(value(scope));
    }

    /** The value as Long, Double, Boolean or String. */
    public Object value(Scope scope) {
        return switch (kind) {
            case INT -> integer(scope);
            case NUM -> real(scope);
            case BOOL -> truth(scope);
            default -> text(scope);
        };
    }
}
