package dev.tramway.onescript.internal.syntax;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Statements, and what is allowed only inside of some of them. */
final class StatementParser {
    /** Words that end a block; whether it is the right one is for the caller to see. */
    private static final Set<Word> ENDS = EnumSet.of(
            Word.END_IF,
            Word.ELSE,
            Word.ELSE_IF,
            Word.END_DO,
            Word.EXCEPT,
            Word.END_TRY,
            Word.END_PROCEDURE,
            Word.END_FUNCTION,
            Word.PROCEDURE,
            Word.FUNCTION);

    private enum Body {
        MODULE,
        PROCEDURE,
        FUNCTION
    }

    private static final int MAX_DEPTH = 200;

    private final Tokens tokens;
    private final ExpressionParser expressions;
    private Body body = Body.MODULE;
    private int loops;
    private int handlers;
    private int depth;

    StatementParser(Tokens tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens);
    }

    ExpressionParser expressions() {
        return expressions;
    }

    List<Stmt> methodBody(boolean function) {
        body = function ? Body.FUNCTION : Body.PROCEDURE;
        List<Stmt> statements = block();
        body = Body.MODULE;
        return statements;
    }

    /** Reads statements up to a word that ends a block, or the end. */
    List<Stmt> block() {
        if (++depth > MAX_DEPTH) {
            throw tokens.error("Слишком глубокая вложенность операторов", "Statements are nested too deeply");
        }
        List<Stmt> statements = new ArrayList<>();
        while (!isEnd()) {
            if (tokens.takeSign(";")) {
                continue;
            }
            statements.add(statement());
            if (!isEnd()) {
                tokens.expectSemicolon();
            }
        }
        depth--;
        return statements;
    }

    private boolean isEnd() {
        Token token = tokens.current();
        return token.kind() == Token.Kind.END || (token.word() != null && ENDS.contains(token.word()));
    }

    private Stmt statement() {
        Token token = tokens.current();
        if (token.word() == null) {
            return simple();
        }
        return switch (token.word()) {
            case IF -> ifStatement();
            case WHILE -> whileLoop();
            case FOR -> forLoop();
            case BREAK -> new Stmt.Break(inLoop("Прервать", "Break"));
            case CONTINUE -> new Stmt.Continue(inLoop("Продолжить", "Continue"));
            case RETURN -> returned();
            case TRY -> tryStatement();
            case RAISE -> raise();
            case EXECUTE -> new Stmt.Execute(executed(), token.at());
            case ADD_HANDLER, REMOVE_HANDLER -> handler();
            case VAR ->
                throw tokens.error(
                        "Объявления переменных должны быть расположены в начале модуля или метода",
                        "Variables are declared at the beginning of a module or method");
            default -> simple();
        };
    }

    /** An assignment or a call. */
    private Stmt simple() {
        Token start = tokens.current();
        boolean startsTarget =
                start.kind() == Token.Kind.NAME || start.isSign("(") || start.is(Word.NEW) || start.isSign("?");
        if (!startsTarget) {
            throw tokens.expected("оператор", "a statement");
        }
        Expr target = target(start);
        if (tokens.takeSign("=")) {
            if (!(target instanceof Expr.Name || target instanceof Expr.Member || target instanceof Expr.Index)) {
                throw tokens.error(start.at(), "Выражению нельзя присвоить значение", "Nothing can be assigned here");
            }
            return new Stmt.Assign(target, expressions.expression(), start.at());
        }
        if (!(target instanceof Expr.Call || target instanceof Expr.MethodCall)) {
            throw tokens.expected("символ = или вызов метода", "= or a call");
        }
        return new Stmt.Call(target, start.at());
    }

    private Expr target(Token start) {
        if (start.kind() == Token.Kind.NAME) {
            tokens.take();
            Expr first = tokens.current().isSign("(")
                    ? new Expr.Call(start.text(), expressions.arguments(), start.at())
                    : new Expr.Name(start.text(), start.at());
            return expressions.postfix(first);
        }
        return expressions.operand();
    }

    private Stmt ifStatement() {
        Pos at = tokens.take().at();
        List<Stmt.Branch> branches = new ArrayList<>();
        branches.add(branch(at));
        while (tokens.current().is(Word.ELSE_IF)) {
            branches.add(branch(tokens.take().at()));
        }
        List<Stmt> otherwise = tokens.take(Word.ELSE) ? block() : List.of();
        tokens.expect(Word.END_IF);
        return new Stmt.If(branches, otherwise, at);
    }

    private Stmt.Branch branch(Pos at) {
        Expr condition = expressions.expression();
        tokens.expect(Word.THEN);
        return new Stmt.Branch(condition, block(), at);
    }

    private Stmt whileLoop() {
        Pos at = tokens.take().at();
        Expr condition = expressions.expression();
        return new Stmt.While(condition, loopBody(), at);
    }

    private Stmt forLoop() {
        Pos at = tokens.take().at();
        boolean each = tokens.take(Word.EACH);
        Expr.Name variable =
                new Expr.Name(tokens.current().text(), tokens.current().at());
        tokens.expectName();
        if (each) {
            tokens.expect(Word.IN);
            Expr collection = expressions.expression();
            return new Stmt.ForEach(variable, collection, loopBody(), at);
        }
        tokens.expectSign("=");
        Expr from = expressions.expression();
        tokens.expect(Word.TO);
        Expr to = expressions.expression();
        return new Stmt.For(variable, from, to, loopBody(), at);
    }

    private List<Stmt> loopBody() {
        tokens.expect(Word.DO);
        loops++;
        List<Stmt> statements = block();
        loops--;
        tokens.expect(Word.END_DO);
        return statements;
    }

    private Pos inLoop(String russian, String english) {
        if (loops == 0) {
            throw tokens.error(
                    "Оператор " + russian + " можно использовать только внутри цикла", english + " is only for loops");
        }
        return tokens.take().at();
    }

    private Stmt returned() {
        Pos at = tokens.take().at();
        boolean value = !tokens.current().isSign(";") && !isEnd();
        if (body == Body.MODULE) {
            if (value) {
                throw tokens.error(
                        at, "Возврат значения возможен только в функции", "Only a function can return a value");
            }
            return new Stmt.Return(Optional.empty(), at);
        }
        if (value != (body == Body.FUNCTION)) {
            throw value
                    ? tokens.error("Процедура не может возвращать значение", "A procedure cannot return a value")
                    : tokens.error("Функция должна возвращать значение", "A function must return a value");
        }
        return new Stmt.Return(value ? Optional.of(expressions.expression()) : Optional.empty(), at);
    }

    private Stmt tryStatement() {
        Pos at = tokens.take().at();
        List<Stmt> attempted = block();
        tokens.expect(Word.EXCEPT);
        handlers++;
        List<Stmt> handler = block();
        handlers--;
        tokens.expect(Word.END_TRY);
        return new Stmt.Try(attempted, handler, at);
    }

    private Stmt raise() {
        Pos at = tokens.take().at();
        if (tokens.current().isSign(";") || isEnd()) {
            if (handlers == 0) {
                throw tokens.error(
                        at,
                        "Оператор ВызватьИсключение без аргументов можно использовать только при обработке исключения",
                        "Raise without a value is only for an Except");
            }
            return new Stmt.Raise(Optional.empty(), at);
        }
        return new Stmt.Raise(Optional.of(expressions.expression()), at);
    }

    private Expr executed() {
        tokens.take();
        return expressions.expression();
    }

    private Stmt handler() {
        boolean add = tokens.current().is(Word.ADD_HANDLER);
        Pos at = tokens.take().at();
        Expr event = expressions.expression();
        if (!(event instanceof Expr.Member member)) {
            throw tokens.error(at, "Ожидается имя события", "The name of an event is expected");
        }
        tokens.expectSign(",");
        return new Stmt.Handler(add, member, expressions.expression(), at);
    }
}
