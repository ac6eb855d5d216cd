package dev.tramway.onescript.internal.compile;

import dev.tramway.onescript.internal.node.Evaluator;
import dev.tramway.onescript.internal.node.Evaluator.Compiled;
import dev.tramway.onescript.internal.node.ExprNode;
import dev.tramway.onescript.internal.node.StatementNode;
import dev.tramway.onescript.internal.node.Variables;
import dev.tramway.onescript.internal.syntax.Parser;
import dev.tramway.onescript.internal.syntax.Pos;
import dev.tramway.onescript.internal.syntax.Source;
import dev.tramway.onescript.internal.value.Empty;
import java.util.List;
import java.util.Set;

/** Выполнить and Вычислить: code in the scope of a method, known at run time only. */
final class DynamicCode {
    private DynamicCode() {}

    /** Errors in the code are said to be where it is run. */
    static Evaluator evaluator(MethodScope scope, Pos at) {
        return new Evaluator((text, expression) -> compile(scope, at, text, expression));
    }

    private static Compiled compile(MethodScope enclosing, Pos at, String text, boolean expression) {
        Source source = new Source(enclosing.module.source.name() + " <Выполнить>", null, text);
        MethodScope scope = new MethodScope(enclosing, source);
        Set<String> symbols = enclosing.module.environment.symbols();
        StatementCompiler compiler = new StatementCompiler(scope, at);
        if (expression) {
            ExprNode value = new ExpressionCompiler(scope).compile(Parser.expression(source, symbols));
            return new Compiled(value, compiler.block(List.of()), enclosing.size(), scope.size());
        }
        StatementNode statements = compiler.block(Parser.statements(source, symbols));
        return new Compiled(new Variables.Constant(Empty.UNDEFINED), statements, enclosing.size(), scope.size());
    }
}
