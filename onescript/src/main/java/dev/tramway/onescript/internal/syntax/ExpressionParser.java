package dev.tramway.onescript.internal.syntax;

import dev.tramway.onescript.internal.syntax.Expr.Op;
import dev.tramway.onescript.internal.value.Empty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Expressions, by rising priority: Или, И, Не, comparisons, sums, products, signs, and what follows a value. */
final class ExpressionParser {
    private static final Map<String, Op> COMPARISONS = Map.of(
            "=", Op.EQUAL,
            "<>", Op.NOT_EQUAL,
            "<", Op.LESS,
            "<=", Op.LESS_OR_EQUAL,
            ">", Op.GREATER,
            ">=", Op.GREATER_OR_EQUAL);
    private static final Map<String, Op> SUMS = Map.of("+", Op.ADD, "-", Op.SUBTRACT);
    private static final Map<String, Op> PRODUCTS = Map.of("*", Op.MULTIPLY, "/", Op.DIVIDE, "%", Op.REMAINDER);

    /** Deeper expressions would use up the stack of the compiler. */
    private static final int MAX_DEPTH = 500;

    private final Tokens tokens;
    private int depth;

    ExpressionParser(Tokens tokens) {
        this.tokens = tokens;
    }

    Expr expression() {
        if (++depth > MAX_DEPTH) {
            throw tokens.error("Слишком глубокая вложенность выражения", "The expression is nested too deeply");
        }
        Expr left = and();
        while (tokens.current().is(Word.OR)) {
            Pos at = tokens.take().at();
            left = new Expr.Binary(Op.OR, left, and(), at);
        }
        depth--;
        return left;
    }

    private Expr and() {
        Expr left = not();
        while (tokens.current().is(Word.AND)) {
            Pos at = tokens.take().at();
            left = new Expr.Binary(Op.AND, left, not(), at);
        }
        return left;
    }

    private Expr not() {
        int times = 0;
        Pos at = tokens.current().at();
        while (tokens.take(Word.NOT)) {
            times++;
        }
        Expr operand = comparison();
        for (int i = 0; i < times; i++) {
            operand = new Expr.Unary(Op.NOT, operand, at);
        }
        return operand;
    }

    private Expr comparison() {
        Expr left = sum();
        while (tokens.current().kind() == Token.Kind.SIGN) {
            Op op = COMPARISONS.get(tokens.current().text());
            if (op == null) {
                break;
            }
            Pos at = tokens.take().at();
            left = new Expr.Binary(op, left, sum(), at);
        }
        return left;
    }

    private Expr sum() {
        Expr left = product();
        while (tokens.current().kind() == Token.Kind.SIGN) {
            Op op = SUMS.get(tokens.current().text());
            if (op == null) {
                break;
            }
            Pos at = tokens.take().at();
            left = new Expr.Binary(op, left, product(), at);
        }
        return left;
    }

    private Expr product() {
        Expr left = signed();
        while (tokens.current().kind() == Token.Kind.SIGN) {
            Op op = PRODUCTS.get(tokens.current().text());
            if (op == null) {
                break;
            }
            Pos at = tokens.take().at();
            left = new Expr.Binary(op, left, signed(), at);
        }
        return left;
    }

    private Expr signed() {
        Token sign = tokens.current();
        if (tokens.takeSign("-")) {
            return new Expr.Unary(Op.MINUS, nested(), sign.at());
        }
        if (tokens.takeSign("+")) {
            return new Expr.Unary(Op.PLUS, nested(), sign.at());
        }
        if (sign.is(Word.NOT)) {
            tokens.take();
            return new Expr.Unary(Op.NOT, comparison(), sign.at());
        }
        return operand();
    }

    /** Reads a value and what follows it. */
    Expr operand() {
        return postfix(primary());
    }

    private Expr nested() {
        if (++depth > MAX_DEPTH) {
            throw tokens.error("Слишком глубокая вложенность выражения", "The expression is nested too deeply");
        }
        Expr operand = signed();
        depth--;
        return operand;
    }

    /** What may follow a value: members, calls, indexes. */
    Expr postfix(Expr start) {
        Expr target = start;
        while (true) {
            Pos at = tokens.current().at();
            if (tokens.takeSign(".")) {
                Pos nameAt = tokens.current().at();
                String name = tokens.expectMember();
                target = tokens.current().isSign("(")
                        ? new Expr.MethodCall(target, name, arguments(), nameAt)
                        : new Expr.Member(target, name, nameAt);
            } else if (tokens.takeSign("[")) {
                target = new Expr.Index(target, expression(), at);
                tokens.expectSign("]");
            } else {
                return target;
            }
        }
    }

    private Expr primary() {
        Token token = tokens.current();
        Optional<Object> constant = constant(token);
        if (constant.isPresent()) {
            tokens.take();
            return new Expr.Literal(constant.get(), token.at());
        }
        if (token.kind() == Token.Kind.NAME) {
            tokens.take();
            return tokens.current().isSign("(")
                    ? new Expr.Call(token.text(), arguments(), token.at())
                    : new Expr.Name(token.text(), token.at());
        }
        if (tokens.takeSign("(")) {
            Expr inner = expression();
            tokens.expectSign(")");
            return inner;
        }
        if (token.isSign("?") && tokens.next().isSign("(")) {
            return ternary();
        }
        if (token.is(Word.NEW)) {
            return creation();
        }
        if (token.is(Word.EXECUTE) && tokens.next().isSign("(")) {
            throw tokens.error("Оператор не может использоваться как выражение", "A statement is not an expression");
        }
        throw tokens.expected("выражение", "an expression");
    }

    private Expr ternary() {
        Pos at = tokens.take().at();
        tokens.expectSign("(");
        Expr condition = expression();
        tokens.expectSign(",");
        Expr then = expression();
        tokens.expectSign(",");
        Expr otherwise = expression();
        tokens.expectSign(")");
        return new Expr.Ternary(condition, then, otherwise, at);
    }

    private Expr creation() {
        Pos at = tokens.take().at();
        if (tokens.current().isSign("(")) {
            List<Expr> arguments = arguments();
            if (arguments.isEmpty() || arguments.size() > 2) {
                throw tokens.error(at, "Ожидается имя типа", "The name of a type is expected");
            }
            return new Expr.NewByName(arguments, at);
        }
        String type = tokens.expectMember();
        return new Expr.New(type, tokens.current().isSign("(") ? arguments() : List.of(), at);
    }

    /** Reads arguments with their parentheses; any but all of them may be skipped. */
    List<Expr> arguments() {
        List<Expr> arguments = new ArrayList<>();
        tokens.expectSign("(");
        if (tokens.takeSign(")")) {
            return arguments;
        }
        while (true) {
            Token token = tokens.current();
            boolean skipped = token.isSign(",") || token.isSign(")");
            arguments.add(skipped ? new Expr.Skipped(token.at()) : expression());
            if (tokens.takeSign(")")) {
                return arguments;
            }
            if (!tokens.takeSign(",")) {
                throw tokens.expected("символ ) или ,", ") or ,");
            }
        }
    }

    static Optional<Object> constant(Token token) {
        if (token.kind() == Token.Kind.NUMBER || token.kind() == Token.Kind.STRING || token.kind() == Token.Kind.DATE) {
            return Optional.ofNullable(token.value());
        }
        if (token.word() == null) {
            return Optional.empty();
        }
        return switch (token.word()) {
            case TRUE -> Optional.of(true);
            case FALSE -> Optional.of(false);
            case UNDEFINED -> Optional.of(Empty.UNDEFINED);
            case NULL -> Optional.of(Empty.NULL);
            default -> Optional.empty();
        };
    }
}
