package dev.tramway.frames.internal.expr;

import dev.tramway.frames.internal.expr.Lexer.Token;

/** The functions of the language. There are no others, and none can be added. */
final class Functions {
    private final ExprParser parser;
    private final Token name;

    Functions(ExprParser parser, Token name) {
        this.parser = parser;
        this.name = name;
    }

    /** Compiles the call; the opening bracket was read. */
    Expr call() {
        Expr result = switch (name.text()) {
            case "size" -> size();
            case "count" -> count();
            case "has" -> has();
            case "rest" -> rest();
            case "now" -> Expr.whole(Scope::now, parser.usesRest());
            case "u8" -> peek(1, false);
            case "u16" -> peek(2, false);
            case "u24" -> peek(3, false);
            case "u32" -> peek(4, false);
            case "u16le" -> peek(2, true);
            case "u32le" -> peek(4, true);
            case "int" -> toInt();
            case "number" -> toNumber();
            case "text" -> toText();
            case "hex" -> hex();
            case "abs" -> abs();
            case "min" -> pick(true);
            case "max" -> pick(false);
            case "scale10" -> scale10();
            case "dm" -> degreesAndMinutes();
            case "part" -> part();
            case "before" -> around(true);
            case "after" -> around(false);
            default ->
                throw parser.flawAt(
                        name,
                        "unknown function '" + name.text() + "'",
                        "size, count, has, rest, now, u8, u16, u24, u32, u16le, u32le, int, number, text, hex, abs, "
                                + "min, max, scale10, dm, part, before or after",
                        "use one of these");
        };
        parser.expect(")");
        return result;
    }

    private Expr size() {
        Range range = parser.fields();
        return Expr.whole(range::size, parser.usesRest());
    }

    private Expr count() {
        Operand list = parser.operand(parser.expectName());
        return Expr.whole(list::count, parser.usesRest());
    }

    private Expr has() {
        Operand field = parser.operand(parser.expectName());
        return Expr.truth(scope -> field.present(scope) ? 1 : 0, parser.usesRest());
    }

    private Expr rest() {
        parser.noteRest();
        return Expr.whole(Scope::rest, true);
    }

    private Expr peek(int bytes, boolean littleEndian) {
        Expr at = integer();
        return Expr.whole(
                scope -> {
                    long start = at.integer(scope);
                    long value = 0;
                    for (int i = 0; i < bytes; i++) {
                        value = value << 8 | scope.byteAt(start + (littleEndian ? bytes - 1 - i : i));
                    }
                    return value;
                },
                parser.usesRest());
    }

    private Expr toInt() {
        Expr value = parser.argument();
        return switch (value.kind()) {
            case TEXT -> Expr.whole(scope -> (long) parsed(value.text(scope), scope), parser.usesRest());
            default -> Expr.whole(value::integer, parser.usesRest());
        };
    }

    private Expr toNumber() {
        Expr value = parser.argument();
        return value.kind() == Kind.TEXT
                ? Expr.fraction(scope -> parsed(value.text(scope), scope), parser.usesRest())
                : Expr.fraction(value::real, parser.usesRest());
    }

    /** An empty text is no value and gives 0; one that is no number is a fault of the frame. */
    private static double parsed(String text, Scope scope) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return 0;
        }
        for (int i = 0; i < stripped.length(); i++) {
            if ("0123456789.+-eE".indexOf(stripped.charAt(i)) < 0) {
                scope.fault("'" + text + "' is no number");
                return 0;
            }
        }
        try {
            return Double.parseDouble(stripped);
        } catch (NumberFormatException e) {
            scope.fault("'" + text + "' is no number");
            return 0;
        }
    }

    private Expr toText() {
        Expr value = parser.argument();
        return Expr.words(scope -> String.valueOf(value.value(scope)), parser.usesRest());
    }

    private Expr hex() {
        Expr value = integer();
        return Expr.words(scope -> Long.toHexString(value.integer(scope)), parser.usesRest());
    }

    private Expr abs() {
        Expr value = parser.number(parser.argument(), name);
        return value.kind() == Kind.INT
                ? Expr.whole(scope -> Math.abs(value.integer(scope)), parser.usesRest())
                : Expr.fraction(scope -> Math.abs(value.real(scope)), parser.usesRest());
    }

    private Expr pick(boolean smaller) {
        Expr one = parser.number(parser.argument(), name);
        parser.expect(",");
        Expr other = parser.number(parser.argument(), name);
        if (one.kind() == Kind.INT && other.kind() == Kind.INT) {
            return Expr.whole(
                    scope -> smaller
                            ? Math.min(one.integer(scope), other.integer(scope))
                            : Math.max(one.integer(scope), other.integer(scope)),
                    parser.usesRest());
        }
        return Expr.fraction(
                scope -> smaller
                        ? Math.min(one.real(scope), other.real(scope))
                        : Math.max(one.real(scope), other.real(scope)),
                parser.usesRest());
    }

    /** Moves the decimal point, and rounds once. */
    private Expr scale10() {
        Expr value = parser.number(parser.argument(), name);
        parser.expect(",");
        Expr power = integer();
        return Expr.fraction(
                scope -> {
                    long by = power.integer(scope);
                    double factor = Math.pow(10, (double) Math.abs(by));
                    return by < 0 ? value.real(scope) / factor : value.real(scope) * factor;
                },
                parser.usesRest());
    }

    /** Turns ddmm.mmmm, as receivers of satellite positions write it, into degrees. */
    private Expr degreesAndMinutes() {
        Expr value = parser.number(parser.argument(), name);
        return Expr.fraction(
                scope -> {
                    double all = value.real(scope);
                    double degrees = Math.floor(all / 100);
                    return degrees + (all - degrees * 100) / 60;
                },
                parser.usesRest());
    }

    private Expr part() {
        Expr text = parser.require(parser.argument(), Kind.TEXT, name);
        parser.expect(",");
        Expr from = integer();
        parser.expect(",");
        Expr length = integer();
        return Expr.words(
                scope -> {
                    String all = text.text(scope);
                    int start = Math.clamp(from.integer(scope), 0, all.length());
                    int end = Math.clamp(start + length.integer(scope), start, all.length());
                    return all.substring(start, end);
                },
                parser.usesRest());
    }

    /** What stands before or after the first occurrence of another text: all or nothing if there is none. */
    private Expr around(boolean before) {
        Expr text = parser.require(parser.argument(), Kind.TEXT, name);
        parser.expect(",");
        Expr mark = parser.require(parser.argument(), Kind.TEXT, name);
        return Expr.words(
                scope -> {
                    String all = text.text(scope);
                    String wanted = mark.text(scope);
                    int at = all.indexOf(wanted);
                    if (before) {
                        return at < 0 ? all : all.substring(0, at);
                    }
                    return at < 0 ? "" : all.substring(at + wanted.length());
                },
                parser.usesRest());
    }

    private Expr integer() {
        return parser.require(parser.argument(), Kind.INT, name);
    }
}
