package dev.tramway.onescript.internal.compile;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.Function;
import dev.tramway.onescript.internal.bind.Library;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.node.Calls;
import dev.tramway.onescript.internal.node.Evaluator;
import dev.tramway.onescript.internal.node.ExprNode;
import dev.tramway.onescript.internal.node.Members;
import dev.tramway.onescript.internal.node.Operators;
import dev.tramway.onescript.internal.node.ScriptMethod;
import dev.tramway.onescript.internal.node.VariableNode;
import dev.tramway.onescript.internal.node.Variables;
import dev.tramway.onescript.internal.syntax.Expr;
import dev.tramway.onescript.internal.syntax.Pos;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Names;
import dev.tramway.onescript.internal.value.ScriptError;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compiles expressions. */
final class ExpressionCompiler {
    private static final Set<String> THIS = Set.of("этотобъект", "thisobject");
    private static final Set<String> EVALUATE = Set.of("вычислить", "eval");
    private static final Set<String> RAISE_EVENT = Set.of("вызватьсобытие", "raiseevent");

    private final MethodScope scope;

    ExpressionCompiler(MethodScope scope) {
        this.scope = scope;
    }

    ExprNode compile(Expr expression) {
        return switch (expression) {
            case Expr.Literal literal -> new Variables.Constant(literal.value());
            case Expr.Skipped skipped -> new Variables.Skipped();
            case Expr.Name name -> name(name);
            case Expr.Unary unary -> unary(unary);
            case Expr.Binary binary -> binary(binary.op(), compile(binary.left()), compile(binary.right()));
            case Expr.Ternary ternary ->
                new Operators.Ternary(
                        compile(ternary.condition()), compile(ternary.then()), compile(ternary.otherwise()));
            case Expr.Call call -> call(call, true);
            case Expr.Member member -> new Members.Member(compile(member.target()), member.name());
            case Expr.MethodCall call -> member(call, true);
            case Expr.Index index -> new Members.Element(compile(index.target()), compile(index.index()));
            case Expr.New made -> new Calls.New(made.type(), arguments(made.arguments()));
            case Expr.NewByName made -> byName(made);
        };
    }

    /** Compiles a call whose result is not used, so that it may be of a procedure. */
    ExprNode statement(Expr expression) {
        return switch (expression) {
            case Expr.Call call -> call(call, false);
            case Expr.MethodCall call -> member(call, false);
            default -> compile(expression);
        };
    }

    /** Compiles what is assigned to: a name that is not known yet becomes a local variable. */
    VariableNode target(Expr expression) {
        if (expression instanceof Expr.Name name) {
            String key = Names.key(name.name());
            Optional<VariableNode> known = variable(key, name.name());
            return known.orElseGet(() -> scope.variable(key, scope.add(key)));
        }
        if (compile(expression) instanceof VariableNode variable) {
            return variable;
        }
        throw error(expression.at(), "Выражению нельзя присвоить значение", "Nothing can be assigned here");
    }

    private ExprNode name(Expr.Name name) {
        String key = Names.key(name.name());
        Optional<VariableNode> variable = variable(key, name.name());
        if (variable.isPresent()) {
            return variable.get();
        }
        if (THIS.contains(key)) {
            return new Variables.ThisObject();
        }
        throw error(name.at(), "Неизвестный символ: " + name.name(), "Unknown symbol: " + name.name());
    }

    private Optional<VariableNode> variable(String key, String name) {
        Integer slot = scope.slot(key);
        if (slot != null) {
            return Optional.of(scope.variable(key, slot));
        }
        Integer variable = scope.module.variables.get(key);
        if (variable != null) {
            return Optional.of(new Variables.ModuleVariable(variable));
        }
        int injected = scope.module.injected.indexOf(key);
        if (injected >= 0) {
            return Optional.of(new Variables.Injected(injected, name));
        }
        Object module = scope.module.environment.module(key);
        if (module != null) {
            return Optional.of(new Members.Global(constant(name, module)));
        }
        Library.Global global = scope.module.environment.global(key);
        return global == null ? Optional.empty() : Optional.of(new Members.Global(global));
    }

    private static Library.Global constant(String name, Object value) {
        return new Library.Global(name, name, Permission.PURE, context -> value);
    }

    private ExprNode unary(Expr.Unary unary) {
        ExprNode operand = compile(unary.operand());
        return switch (unary.op()) {
            case NOT -> new Operators.Not(operand);
            case MINUS -> new Operators.Sign(operand, true);
            default -> new Operators.Sign(operand, false);
        };
    }

    private static ExprNode binary(Expr.Op op, ExprNode left, ExprNode right) {
        return switch (op) {
            case OR -> new Operators.Or(left, right);
            case AND -> new Operators.And(left, right);
            case EQUAL -> new Operators.Equal(left, right, true);
            case NOT_EQUAL -> new Operators.Equal(left, right, false);
            case LESS -> new Operators.Less(left, right, true);
            case GREATER_OR_EQUAL -> new Operators.Less(left, right, false);
            case GREATER -> new Operators.Greater(left, right, true);
            case LESS_OR_EQUAL -> new Operators.Greater(left, right, false);
            case ADD -> new Operators.Add(left, right);
            case SUBTRACT -> new Operators.Subtract(left, right);
            case MULTIPLY -> new Operators.Multiply(left, right);
            case DIVIDE -> new Operators.Divide(left, right);
            case REMAINDER -> Operators.remainder(left, right);
            default -> throw new IllegalArgumentException("Not binary: " + op);
        };
    }

    ExprNode[] arguments(List<Expr> expressions) {
        return expressions.stream().map(this::compile).toArray(ExprNode[]::new);
    }

    private ExprNode member(Expr.MethodCall call, boolean asFunction) {
        return new Calls.Member(compile(call.target()), call.name(), arguments(call.arguments()), asFunction);
    }

    private ExprNode call(Expr.Call call, boolean asFunction) {
        String key = Names.key(call.name());
        ScriptMethod own = scope.module.methods.get(key);
        if (own != null) {
            checkOwn(call, own, asFunction);
            return new Calls.Own(own, arguments(call.arguments()));
        }
        if (EVALUATE.contains(key)) {
            checkCount(call, Params.of(1));
            return new Evaluator.Evaluate(compile(call.arguments().get(0)), DynamicCode.evaluator(scope, call.at()));
        }
        if (RAISE_EVENT.contains(key)) {
            checkCount(call, Params.of(1, 2));
            return new Calls.RaiseEvent(
                    compile(call.arguments().get(0)),
                    call.arguments().size() > 1
                            ? compile(call.arguments().get(1))
                            : new Variables.Constant(Empty.UNDEFINED));
        }
        Function function = scope.module.environment.function(key);
        if (function == null) {
            throw error(call.at(), "Неизвестный символ: " + call.name(), "Unknown symbol: " + call.name());
        }
        checkFunction(call, function.isFunction(), asFunction);
        checkCount(call, function.params());
        return new Calls.Global(function, arguments(call.arguments()));
    }

    private void checkOwn(Expr.Call call, ScriptMethod method, boolean asFunction) {
        checkFunction(call, method.isFunction(), asFunction);
        int count = call.arguments().size();
        if (count > method.declared().size()) {
            throw tooMany(call, method.params());
        }
        for (int i = 0; i < method.declared().size(); i++) {
            boolean optional = method.declared().get(i).otherwise().isPresent();
            if (i >= count && !optional) {
                throw tooFew(call, method.params());
            }
            if (i < count && !optional && call.arguments().get(i) instanceof Expr.Skipped) {
                throw missing(call);
            }
        }
    }

    private void checkFunction(Expr.Call call, boolean function, boolean asFunction) {
        if (asFunction && !function) {
            throw error(
                    call.at(),
                    "Обращение к процедуре как к функции (" + call.name() + ")",
                    "A procedure is used as a function (" + call.name() + ")");
        }
    }

    private void checkCount(Expr.Call call, Params params) {
        if (call.arguments().size() > params.max()) {
            throw tooMany(call, params);
        }
        if (call.arguments().size() < params.min()) {
            throw tooFew(call, params);
        }
        for (int i = 0; i < params.min(); i++) {
            if (call.arguments().get(i) instanceof Expr.Skipped) {
                throw missing(call);
            }
        }
    }

    private ScriptError tooMany(Expr.Call call, Params params) {
        return error(
                call.at(),
                "Слишком много фактических параметров: " + call.name() + " принимает не более " + params.max(),
                "Too many actual parameters: " + call.name() + " takes at most " + params.max());
    }

    private ScriptError tooFew(Expr.Call call, Params params) {
        return error(
                call.at(),
                "Недостаточно фактических параметров: " + call.name() + " требует не менее " + params.min(),
                "Not enough actual parameters: " + call.name() + " takes at least " + params.min());
    }

    private ScriptError missing(Expr.Call call) {
        return error(
                call.at(),
                "Пропущен обязательный параметр: " + call.name(),
                "A required parameter is omitted: " + call.name());
    }

    private ExprNode byName(Expr.NewByName made) {
        ExprNode type = compile(made.arguments().get(0));
        ExprNode arguments =
                made.arguments().size() > 1 ? compile(made.arguments().get(1)) : null;
        return new Calls.NewByName(type, arguments, scope.module.environment.creator());
    }

    private ScriptError error(Pos at, String russian, String english) {
        return scope.source.error(at, russian, english);
    }
}
