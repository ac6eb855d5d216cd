package dev.tramway.onescript.internal.compile;

import dev.tramway.onescript.internal.node.ExprNode;
import dev.tramway.onescript.internal.node.Growing;
import dev.tramway.onescript.internal.node.Loops;
import dev.tramway.onescript.internal.node.StatementNode;
import dev.tramway.onescript.internal.node.Statements;
import dev.tramway.onescript.internal.node.VariableNode;
import dev.tramway.onescript.internal.node.Variables;
import dev.tramway.onescript.internal.syntax.Expr;
import dev.tramway.onescript.internal.syntax.Pos;
import dev.tramway.onescript.internal.syntax.Stmt;
import dev.tramway.onescript.internal.value.Names;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiles statements. */
final class StatementCompiler {
    private static final Pos NOWHERE = new Pos(0, 0);

    private final MethodScope scope;
    private final ExpressionCompiler expressions;
    private final @Nullable Pos fixed;

    StatementCompiler(MethodScope scope) {
        this(scope, null);
    }

    /** With a fixed position, all statements are said to be there: where the code that is made at run time is run. */
    StatementCompiler(MethodScope scope, @Nullable Pos fixed) {
        this.scope = scope;
        this.fixed = fixed;
        this.expressions = new ExpressionCompiler(scope);
    }

    private Pos at(Stmt statement) {
        return fixed == null ? statement.at() : fixed;
    }

    StatementNode block(List<Stmt> statements) {
        Pos at = statements.isEmpty() ? NOWHERE : at(statements.get(0));
        return statements.size() == 1
                ? new Statements.Single(at, statement(statements.get(0)))
                : new Statements.Block(
                        at, statements.stream().map(this::statement).toArray(StatementNode[]::new));
    }

    private StatementNode statement(Stmt statement) {
        return switch (statement) {
            case Stmt.Assign assign -> assign(assign);
            case Stmt.Call call -> new Statements.Evaluate(at(call), expressions.statement(call.call()));
            case Stmt.If branches -> branches(branches);
            case Stmt.While loop ->
                new Loops.While(at(loop), expressions.compile(loop.condition()), block(loop.body()));
            case Stmt.For loop -> loop(loop);
            case Stmt.ForEach loop -> loop(loop);
            case Stmt.Break end -> new Statements.Jump(at(end), StatementNode.BREAK);
            case Stmt.Continue next -> new Statements.Jump(at(next), StatementNode.CONTINUE);
            case Stmt.Return returned ->
                new Statements.Return(
                        at(returned), returned.value().map(expressions::compile).orElse(null));
            case Stmt.Try attempt -> new Statements.Try(at(attempt), block(attempt.body()), block(attempt.handler()));
            case Stmt.Raise raise ->
                new Statements.Raise(
                        at(raise), raise.value().map(expressions::compile).orElse(null));
            case Stmt.Execute execute ->
                new Statements.Execute(
                        at(execute), expressions.compile(execute.text()), DynamicCode.evaluator(scope, execute.at()));
            case Stmt.Handler handler -> handler(handler);
        };
    }

    /** The value comes first, so that a variable is not known in its own first assignment. */
    private StatementNode assign(Stmt.Assign assign) {
        ExprNode value = expressions.compile(assign.value());
        VariableNode target = expressions.target(assign.target());
        if (target instanceof Growing.Local growing) {
            StatementNode whole = new Statements.Assign(at(assign), growing, value);
            return GrowingTexts.operands(assign)
                    .<StatementNode>map(
                            operands -> new Growing.Append(at(assign), growing, expressions.arguments(operands), whole))
                    .orElse(whole);
        }
        return target instanceof Variables.Local local
                ? Statements.assign(at(assign), local, value)
                : new Statements.Assign(at(assign), target, value);
    }

    private StatementNode branches(Stmt.If branches) {
        int count = branches.branches().size();
        ExprNode[] conditions = new ExprNode[count];
        StatementNode[] bodies = new StatementNode[count];
        for (int i = 0; i < count; i++) {
            conditions[i] = expressions.compile(branches.branches().get(i).condition());
            bodies[i] = block(branches.branches().get(i).body());
        }
        return count == 1 && branches.otherwise().isEmpty()
                ? new Statements.When(at(branches), conditions[0], bodies[0])
                : new Statements.If(at(branches), conditions, bodies, block(branches.otherwise()));
    }

    private StatementNode loop(Stmt.For loop) {
        ExprNode from = expressions.compile(loop.from());
        ExprNode to = expressions.compile(loop.to());
        VariableNode counter = expressions.target(loop.counter());
        return new Loops.For(at(loop), counter, from, to, block(loop.body()));
    }

    private StatementNode loop(Stmt.ForEach loop) {
        ExprNode collection = expressions.compile(loop.collection());
        VariableNode element = expressions.target(loop.element());
        return new Loops.ForEach(at(loop), element, collection, block(loop.body()));
    }

    /** The handler is a method of the module by its name, or of any object. */
    private StatementNode handler(Stmt.Handler handler) {
        ExprNode source = expressions.compile(handler.event().target());
        ExprNode target;
        String method;
        if (handler.handler() instanceof Expr.Member member) {
            target = expressions.compile(member.target());
            method = member.name();
        } else if (handler.handler() instanceof Expr.Name name
                && scope.module.methods.containsKey(Names.key(name.name()))) {
            target = new Variables.ThisObject();
            method = name.name();
        } else {
            throw scope.source.error(
                    handler.handler().at(), "Ожидается имя метода-обработчика", "The name of a method is expected");
        }
        return new Statements.Handler(
                at(handler), handler.add(), source, handler.event().name(), target, method);
    }
}
