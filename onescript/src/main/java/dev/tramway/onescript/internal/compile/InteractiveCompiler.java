package dev.tramway.onescript.internal.compile;

import dev.tramway.onescript.internal.node.ExprNode;
import dev.tramway.onescript.internal.node.ScriptMethod;
import dev.tramway.onescript.internal.node.StatementNode;
import dev.tramway.onescript.internal.node.Statements;
import dev.tramway.onescript.internal.syntax.Expr;
import dev.tramway.onescript.internal.syntax.Module;
import dev.tramway.onescript.internal.syntax.Parser;
import dev.tramway.onescript.internal.syntax.Pos;
import dev.tramway.onescript.internal.syntax.Source;
import dev.tramway.onescript.internal.syntax.Stmt;
import dev.tramway.onescript.internal.value.ScriptError;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/** Compiles pieces of code, each in a scope inside of the one before, so that it sees its variables. */
public final class InteractiveCompiler {
    private static final Pos START = new Pos(1, 1);

    private final Environment environment;
    private MethodScope names;

    public InteractiveCompiler(Source source, Environment environment) {
        this.environment = environment;
        this.names = new MethodScope(new ModuleScope(source, environment, List.of()), Set.of());
    }

    /** Compiles statements, or an expression: the method returns its value, or that of a single call. */
    public ScriptMethod compile(Source source) {
        MethodScope scope = new MethodScope(names, source);
        StatementNode code = code(source, new StatementCompiler(scope), new ExpressionCompiler(scope));
        ScriptMethod piece = new ScriptMethod(
                source,
                new Module.Method("", true, false, List.of(), List.of(), List.of(), List.of(), START),
                new BitSet());
        piece.complete(code, scope.size());
        names = scope;
        return piece;
    }

    private StatementNode code(Source source, StatementCompiler statements, ExpressionCompiler expressions) {
        List<Stmt> parsed;
        try {
            parsed = Parser.statements(source, environment.symbols());
        } catch (ScriptError noStatements) {
            return value(expressions.compile(expression(source, noStatements)));
        }
        return parsed.size() == 1 && parsed.get(0) instanceof Stmt.Call call
                ? value(expressions.statement(call.call()))
                : statements.block(parsed);
    }

    /** If it is no expression either, the error is what is wrong with the statements. */
    private Expr expression(Source source, ScriptError noStatements) {
        try {
            return Parser.expression(source, environment.symbols());
        } catch (ScriptError noExpression) {
            throw noStatements;
        }
    }

    private static StatementNode value(ExprNode expression) {
        return new Statements.Return(START, expression);
    }
}
