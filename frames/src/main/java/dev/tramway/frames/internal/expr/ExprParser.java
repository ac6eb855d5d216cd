package dev.tramway.frames.internal.expr;

import dev.tramway.frames.internal.expr.Lexer.Sort;
import dev.tramway.frames.internal.expr.Lexer.Token;
import dev.tramway.frames.internal.yaml.Numbers;
import dev.tramway.frames.internal.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Compiles expressions by recursive descent. Types are checked here, so that nothing can fail in evaluation but what is a
 * value of the frame, such as a divisor of zero.
 *
 * <pre>
 * choice   = or [ "?" choice ":" choice ]
 * or       = and { "||" and }                and  = bits { "&amp;&amp;" bits }
 * bits     = equal { ("|" | "^" | "&amp;") equal }
 * equal    = order { ("==" | "!=") order }   order = shift [ ("&lt;" | "&lt;=" | "&gt;" | "&gt;=") shift | "in" ranges ]
 * shift    = sum { ("&lt;&lt;" | "&gt;&gt;") sum }     sum  = product { ("+" | "-") product }
 * product  = unary { ("*" | "/" | "%") unary }
 * unary    = ("!" | "-" | "~") unary | number | 'text' | true | false | path | function | switch | "(" choice ")"
 * switch   = "switch" "(" choice ")" "{" { ranges ":" choice ";" } "else" ":" choice [ ";" ] "}"
 * ranges   = range { "," range }             range = sum [ ".." sum ]
 * </pre>
 */
public final class ExprParser {
    private static final int MAX_DEPTH = 40;
    private static final int MAX_LENGTH = 2_000;

    private final Yaml.Scalar source;
    private final Names names;
    private final List<Token> tokens;
    private int next;
    private int depth;
    private boolean usesRest;

    private ExprParser(Yaml.Scalar source, Names names) {
        this.source = source;
        this.names = names;
        if (source.text().length() > MAX_LENGTH) {
            throw source.at().flaw("a very long expression", MAX_LENGTH + " characters at most", "split it");
        }
        tokens = Lexer.tokens(source);
    }

    /**
     * Compiles.
     *
     * @param names what it may refer to
     * @param allowed kinds that fit the place
     * @param wanted what the place needs, for messages
     */
    public static Expr parse(Yaml.Scalar source, Names names, Predicate<Kind> allowed, String wanted) {
        ExprParser parser = new ExprParser(source, names);
        Expr expr = parser.choice();
        parser.expectEnd();
        if (!allowed.test(expr.kind())) {
            throw source.at().flaw("an expression that gives " + expr.kind().words(), wanted, "compare or convert it");
        }
        return expr;
    }

    /** Compiles what is true or false. */
    public static Expr condition(Yaml.Scalar source, Names names) {
        return parse(source, names, kind -> kind == Kind.BOOL, "true or false");
    }

    /** Compiles what is a whole number. */
    public static Expr integer(Yaml.Scalar source, Names names) {
        return parse(source, names, kind -> kind == Kind.INT, "a whole number");
    }

    /** Compiles a range of fields such as {@code len ..< crc}. */
    public static Range range(Yaml.Scalar source, Names names) {
        ExprParser parser = new ExprParser(source, names);
        Range range = parser.fields();
        parser.expectEnd();
        return range;
    }

    private Expr choice() {
        if (++depth > MAX_DEPTH) {
            throw flaw("nesting deeper than " + MAX_DEPTH, "less", "split the expression");
        }
        Expr condition = or();
        if (take("?")) {
            Token at = previous();
            require(condition, Kind.BOOL, at);
            Expr yes = choice();
            expect(":");
            Expr no = choice();
            depth--;
            return either(condition, yes, no, at);
        }
        depth--;
        return condition;
    }

    private Expr either(Expr condition, Expr yes, Expr no, Token at) {
        Kind kind = common(yes.kind(), no.kind(), at);
        return switch (kind) {
            case NUM -> Expr.fraction(scope -> condition.truth(scope) ? yes.real(scope) : no.real(scope), usesRest);
            case TEXT -> Expr.words(scope -> condition.truth(scope) ? yes.text(scope) : no.text(scope), usesRest);
            case BOOL -> Expr.truth(scope -> condition.truth(scope) ? yes.integer(scope) : no.integer(scope), usesRest);
            default -> Expr.whole(scope -> condition.truth(scope) ? yes.integer(scope) : no.integer(scope), usesRest);
        };
    }

    private Kind common(Kind one, Kind other, Token at) {
        if (one == other) {
            return one;
        }
        if (one.isNumber() && other.isNumber()) {
            return Kind.NUM;
        }
        throw flawAt(at, one.words() + " and " + other.words(), "two of a kind", "convert one of them");
    }

    private Expr or() {
        Expr left = and();
        while (take("||")) {
            Token at = previous();
            Expr one = require(left, Kind.BOOL, at);
            Expr other = require(and(), Kind.BOOL, at);
            left = Expr.truth(scope -> one.truth(scope) || other.truth(scope) ? 1 : 0, usesRest);
        }
        return left;
    }

    private Expr and() {
        Expr left = bits();
        while (take("&&")) {
            Token at = previous();
            Expr one = require(left, Kind.BOOL, at);
            Expr other = require(bits(), Kind.BOOL, at);
            left = Expr.truth(scope -> one.truth(scope) && other.truth(scope) ? 1 : 0, usesRest);
        }
        return left;
    }

    private Expr bits() {
        Expr left = equal();
        while (take("|") || take("^") || take("&")) {
            Token at = previous();
            Expr one = require(left, Kind.INT, at);
            Expr other = require(equal(), Kind.INT, at);
            left = switch (at.text()) {
                case "|" -> Expr.whole(scope -> one.integer(scope) | other.integer(scope), usesRest);
                case "^" -> Expr.whole(scope -> one.integer(scope) ^ other.integer(scope), usesRest);
                default -> Expr.whole(scope -> one.integer(scope) & other.integer(scope), usesRest);
            };
        }
        return left;
    }

    private Expr equal() {
        Expr left = order();
        while (take("==") || take("!=")) {
            Token at = previous();
            long ifEqual = at.text().equals("==") ? 1 : 0;
            Expr one = left;
            Expr other = order();
            left = switch (common(one.kind(), other.kind(), at)) {
                case TEXT ->
                    Expr.truth(scope -> one.text(scope).equals(other.text(scope)) ? ifEqual : 1 - ifEqual, usesRest);
                case NUM -> Expr.truth(scope -> one.real(scope) == other.real(scope) ? ifEqual : 1 - ifEqual, usesRest);
                default ->
                    Expr.truth(scope -> one.integer(scope) == other.integer(scope) ? ifEqual : 1 - ifEqual, usesRest);
            };
        }
        return left;
    }

    private Expr order() {
        Expr left = shift();
        if (takeName("in")) {
            return Expr.truth(in(left, ranges(left)), usesRest);
        }
        if (take("<=") || take(">=") || take("<") || take(">")) {
            Token at = previous();
            Expr right = shift();
            number(left, at);
            number(right, at);
            return compare(at.text(), left, right);
        }
        return left;
    }

    private Expr compare(String sign, Expr one, Expr other) {
        boolean whole = one.kind() == Kind.INT && other.kind() == Kind.INT;
        return Expr.truth(
                scope -> {
                    int order = whole
                            ? Long.compare(one.integer(scope), other.integer(scope))
                            : Double.compare(one.real(scope), other.real(scope));
                    boolean holds = switch (sign) {
                        case "<" -> order < 0;
                        case "<=" -> order <= 0;
                        case ">" -> order > 0;
                        default -> order >= 0;
                    };
                    return holds ? 1 : 0;
                },
                usesRest);
    }

    /** From and to, both included. */
    private record Span(Expr from, Expr to) {}

    private List<Span> ranges(Expr subject) {
        List<Span> spans = new ArrayList<>();
        do {
            Token at = peek();
            Expr from = shift();
            Expr to = take("..") ? shift() : from;
            common(subject.kind(), from.kind(), at);
            common(subject.kind(), to.kind(), at);
            spans.add(new Span(from, to));
        } while (take(","));
        return spans;
    }

    private static java.util.function.ToLongFunction<Scope> in(Expr subject, List<Span> spans) {
        return scope -> {
            for (Span span : spans) {
                if (holds(subject, span, scope)) {
                    return 1;
                }
            }
            return 0;
        };
    }

    private static boolean holds(Expr subject, Span span, Scope scope) {
        return switch (subject.kind()) {
            case TEXT -> {
                String text = subject.text(scope);
                yield text.compareTo(span.from.text(scope)) >= 0 && text.compareTo(span.to.text(scope)) <= 0;
            }
            case NUM -> {
                double value = subject.real(scope);
                yield value >= span.from.real(scope) && value <= span.to.real(scope);
            }
            default -> {
                long value = subject.integer(scope);
                yield value >= span.from.integer(scope) && value <= span.to.integer(scope);
            }
        };
    }

    private Expr shift() {
        Expr left = sum();
        while (take("<<") || take(">>")) {
            Token at = previous();
            Expr one = require(left, Kind.INT, at);
            Expr by = require(sum(), Kind.INT, at);
            boolean up = at.text().equals("<<");
            left = Expr.whole(scope -> shifted(one.integer(scope), by.integer(scope), up), usesRest);
        }
        return left;
    }

    /** Bits that are shifted out are gone, also with 64 and more. */
    private static long shifted(long value, long by, boolean up) {
        if (by < 0 || by > 63) {
            return 0;
        }
        return up ? value << by : value >>> by;
    }

    private Expr sum() {
        Expr left = product();
        while (take("+") || take("-")) {
            Token at = previous();
            Expr one = left;
            Expr other = product();
            boolean plus = at.text().equals("+");
            if (plus && one.kind() == Kind.TEXT && other.kind() == Kind.TEXT) {
                left = Expr.words(scope -> one.text(scope) + other.text(scope), usesRest);
                continue;
            }
            number(one, at);
            number(other, at);
            if (common(one.kind(), other.kind(), at) == Kind.NUM) {
                left = Expr.fraction(
                        scope -> plus ? one.real(scope) + other.real(scope) : one.real(scope) - other.real(scope),
                        usesRest);
            } else {
                left = Expr.whole(
                        scope -> plus
                                ? one.integer(scope) + other.integer(scope)
                                : one.integer(scope) - other.integer(scope),
                        usesRest);
            }
        }
        return left;
    }

    private Expr product() {
        Expr left = unary();
        while (take("*") || take("/") || take("%")) {
            Token at = previous();
            Expr one = number(left, at);
            Expr other = number(unary(), at);
            boolean whole = one.kind() == Kind.INT && other.kind() == Kind.INT;
            left = switch (at.text()) {
                case "*" ->
                    whole
                            ? Expr.whole(scope -> one.integer(scope) * other.integer(scope), usesRest)
                            : Expr.fraction(scope -> one.real(scope) * other.real(scope), usesRest);
                // A quotient may have a fraction, so it is one always: 7 / 2 is 3.5, and int(7 / 2) is 3.
                case "/" -> Expr.fraction(scope -> quotient(one.real(scope), other.real(scope), scope), usesRest);
                default -> {
                    require(one, Kind.INT, at);
                    require(other, Kind.INT, at);
                    yield Expr.whole(scope -> remainder(one.integer(scope), other.integer(scope), scope), usesRest);
                }
            };
        }
        return left;
    }

    private static double quotient(double one, double other, Scope scope) {
        if (other == 0) {
            scope.fault("division by zero");
            return 0;
        }
        return one / other;
    }

    private static long remainder(long one, long other, Scope scope) {
        if (other == 0) {
            scope.fault("division by zero");
            return 0;
        }
        return Math.floorMod(one, other);
    }

    private Expr unary() {
        if (++depth > MAX_DEPTH) {
            throw flaw("nesting deeper than " + MAX_DEPTH, "less", "split the expression");
        }
        Expr value = unaryOf();
        depth--;
        return value;
    }

    private Expr unaryOf() {
        if (take("!")) {
            Expr inner = require(unary(), Kind.BOOL, previous());
            return Expr.truth(scope -> inner.truth(scope) ? 0 : 1, usesRest);
        }
        if (take("-")) {
            Expr inner = number(unary(), previous());
            return inner.kind() == Kind.INT
                    ? Expr.whole(scope -> -inner.integer(scope), usesRest)
                    : Expr.fraction(scope -> -inner.real(scope), usesRest);
        }
        if (take("~")) {
            Expr inner = require(unary(), Kind.INT, previous());
            return Expr.whole(scope -> ~inner.integer(scope), usesRest);
        }
        if (take("(")) {
            Expr inner = choice();
            expect(")");
            return inner;
        }
        return primary();
    }

    private Expr primary() {
        Token token = tokens.get(next++);
        return switch (token.sort()) {
            case NUMBER -> literal(token);
            case TEXT -> Expr.words(scope -> token.text(), usesRest);
            case NAME -> named(token);
            default -> {
                next--;
                throw flawAt(token, "'" + token.text() + "'", "a value", "write a number, a name or a 'text'");
            }
        };
    }

    private Expr literal(Token token) {
        try {
            if (token.text().contains(".")) {
                double value = Double.parseDouble(token.text());
                return Expr.fraction(scope -> value, usesRest);
            }
            long value = Numbers.parse(token.text());
            return Expr.whole(scope -> value, usesRest);
        } catch (NumberFormatException e) {
            throw flawAt(token, "'" + token.text() + "'", "a number", "write for example 12, 0x1f or 0.5");
        }
    }

    private Expr named(Token token) {
        return switch (token.text()) {
            case "true" -> Expr.truth(scope -> 1, usesRest);
            case "false" -> Expr.truth(scope -> 0, usesRest);
            case "switch" -> choose(token);
            default -> take("(") ? new Functions(this, token).call() : value(operand(token), token);
        };
    }

    private Expr value(Operand operand, Token token) {
        return switch (operand.kind()) {
            case INT -> Expr.whole(operand::integer, usesRest);
            case NUM -> Expr.fraction(operand::real, usesRest);
            case BOOL -> Expr.truth(operand::integer, usesRest);
            case TEXT -> Expr.words(operand::text, usesRest);
            case GROUP ->
                throw flawAt(token, "'" + token.text() + "' is a group or list", "one field", "name a field in it");
        };
    }

    private Expr choose(Token at) {
        expect("(");
        Expr subject = choice();
        expect(")");
        expect("{");
        List<List<Span>> labels = new ArrayList<>();
        List<Expr> results = new ArrayList<>();
        while (!takeName("else")) {
            labels.add(ranges(subject));
            expect(":");
            results.add(choice());
            expect(";");
        }
        expect(":");
        Expr result = choice();
        take(";");
        expect("}");
        for (int i = results.size() - 1; i >= 0; i--) {
            result = either(Expr.truth(in(subject, labels.get(i)), usesRest), results.get(i), result, at);
        }
        return result;
    }

    /** A field, or two with what lies between them. */
    Range fields() {
        Operand first = operand(expectName());
        if (take("..<")) {
            return new Range(first, operand(expectName()), false);
        }
        return new Range(first, take("..") ? operand(expectName()) : first, true);
    }

    Operand operand(Token token) {
        return names.find(token.text())
                .orElseThrow(() -> flawAt(
                        token,
                        "unknown name '" + token.text() + "'",
                        "a field that stands before",
                        "check the spelling and the order of the fields"));
    }

    Expr argument() {
        return choice();
    }

    void noteRest() {
        usesRest = true;
    }

    boolean usesRest() {
        return usesRest;
    }

    boolean take(String sign) {
        Token token = peek();
        boolean there = token.sort() == Sort.SIGN && token.text().equals(sign);
        next += there ? 1 : 0;
        return there;
    }

    private boolean takeName(String name) {
        Token token = peek();
        boolean there = token.sort() == Sort.NAME && token.text().equals(name);
        next += there ? 1 : 0;
        return there;
    }

    void expect(String sign) {
        if (!take(sign)) {
            throw flaw("'" + peek().text() + "'", "'" + sign + "'", "add it");
        }
    }

    Token expectName() {
        Token token = peek();
        if (token.sort() != Sort.NAME) {
            throw flaw("'" + token.text() + "'", "the name of a field", "name a field");
        }
        next++;
        return token;
    }

    private void expectEnd() {
        if (peek().sort() != Sort.END) {
            throw flaw("'" + peek().text() + "'", "the end of the expression", "add an operator or remove it");
        }
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token previous() {
        return tokens.get(next - 1);
    }

    Expr require(Expr value, Kind kind, Token at) {
        if (value.kind() != kind) {
            throw flawAt(at, value.kind().words(), kind.words() + " for '" + at.text() + "'", "compare or convert it");
        }
        return value;
    }

    Expr number(Expr value, Token at) {
        if (!value.kind().isNumber()) {
            throw flawAt(at, value.kind().words(), "a number for '" + at.text() + "'", "convert it");
        }
        return value;
    }

    private dev.tramway.frames.internal.yaml.Flaw flaw(String found, String expected, String remedy) {
        return flawAt(peek(), found, expected, remedy);
    }

    dev.tramway.frames.internal.yaml.Flaw flawAt(Token token, String found, String expected, String remedy) {
        return source.at(token.at()).flaw(found, expected, remedy);
    }
}
