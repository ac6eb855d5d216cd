package dev.tramway.onescript.internal.compile;

import dev.tramway.onescript.internal.syntax.Expr;
import dev.tramway.onescript.internal.syntax.Module;
import dev.tramway.onescript.internal.syntax.Stmt;
import dev.tramway.onescript.internal.value.Names;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the parameters that a method may assign to, which alone have to be passed by reference. A parameter counts if the method
 * assigns to it, hands it on by name to something that may, or runs code that is not known yet. What a method of the same module
 * does with it is known; what others do is not.
 */
final class AssignedParameters {
    /** Hands a parameter on, as argument of another method of the module. */
    private record Handed(String parameter, String method, int index) {}

    private final Map<String, Module.Method> methods = new HashMap<>();
    private final Map<String, Set<String>> assigned = new HashMap<>();
    private final Map<String, List<Handed>> handed = new HashMap<>();

    AssignedParameters(Module module) {
        for (Module.Method method : module.methods()) {
            methods.put(Names.key(method.name()), method);
        }
        methods.forEach((key, method) -> {
            Finder finder = new Finder();
            finder.visit(method.body());
            assigned.put(key, finder.names);
            handed.put(key, finder.handed);
        });
        while (spread()) {
            // until nothing is added
        }
    }

    /** Adds what follows from what is known; tells whether there was any. */
    private boolean spread() {
        boolean changed = false;
        for (String key : methods.keySet()) {
            Set<String> names = assigned.get(key);
            for (Handed each : handed.getOrDefault(key, List.of())) {
                if (names != null && isAssigned(each.method, each.index)) {
                    changed |= names.add(each.parameter);
                }
            }
        }
        return changed;
    }

    private boolean isAssigned(String method, int index) {
        Module.Method declaration = methods.get(method);
        return declaration != null
                && index < declaration.params().size()
                && of(declaration).get(index);
    }

    /** Returns which parameters, by index. */
    BitSet of(Module.Method method) {
        BitSet bits = new BitSet();
        Set<String> names = assigned.getOrDefault(Names.key(method.name()), Set.of());
        for (int i = 0; i < method.params().size(); i++) {
            Module.Param param = method.params().get(i);
            boolean any = names.contains(Names.key(param.name())) || names.contains(Finder.ALL);
            bits.set(i, any && !param.byValue());
        }
        return bits;
    }

    /** Walks over a body. */
    private final class Finder {
        /** Stands for every name. */
        private static final String ALL = "*";

        private final Set<String> names = new HashSet<>();
        private final List<Handed> handed = new ArrayList<>();

        void visit(List<Stmt> body) {
            body.forEach(this::visit);
        }

        private void visit(Stmt statement) {
            switch (statement) {
                case Stmt.Assign assign -> {
                    assign(assign.target());
                    visit(assign.value());
                }
                case Stmt.Call call -> visit(call.call());
                case Stmt.If branches -> {
                    for (Stmt.Branch branch : branches.branches()) {
                        visit(branch.condition());
                        visit(branch.body());
                    }
                    visit(branches.otherwise());
                }
                case Stmt.While loop -> {
                    visit(loop.condition());
                    visit(loop.body());
                }
                case Stmt.For loop -> {
                    assign(loop.counter());
                    visit(loop.from());
                    visit(loop.to());
                    visit(loop.body());
                }
                case Stmt.ForEach loop -> {
                    assign(loop.element());
                    visit(loop.collection());
                    visit(loop.body());
                }
                case Stmt.Return returned -> returned.value().ifPresent(this::visit);
                case Stmt.Try attempt -> {
                    visit(attempt.body());
                    visit(attempt.handler());
                }
                case Stmt.Raise raise -> raise.value().ifPresent(this::visit);
                case Stmt.Execute execute -> names.add(ALL);
                case Stmt.Handler handler -> visit(handler.event().target());
                case Stmt.Break end -> {}
                case Stmt.Continue next -> {}
            }
        }

        private void assign(Expr target) {
            if (target instanceof Expr.Name name) {
                names.add(Names.key(name.name()));
            } else {
                visit(target);
            }
        }

        private void visit(Expr expression) {
            switch (expression) {
                case Expr.Unary unary -> visit(unary.operand());
                case Expr.Binary binary -> {
                    visit(binary.left());
                    visit(binary.right());
                }
                case Expr.Ternary ternary -> {
                    visit(ternary.condition());
                    visit(ternary.then());
                    visit(ternary.otherwise());
                }
                case Expr.Call call -> call(call);
                case Expr.Member member -> visit(member.target());
                case Expr.MethodCall call -> {
                    visit(call.target());
                    call.arguments().forEach(this::assign);
                }
                case Expr.Index index -> {
                    visit(index.target());
                    visit(index.index());
                }
                case Expr.New made -> made.arguments().forEach(this::visit);
                case Expr.NewByName made -> made.arguments().forEach(this::visit);
                case Expr.Skipped skipped -> {}
                case Expr.Literal literal -> {}
                case Expr.Name name -> {}
            }
        }

        private void call(Expr.Call call) {
            String method = Names.key(call.name());
            if (method.equals("вычислить") || method.equals("eval")) {
                names.add(ALL);
            }
            for (int i = 0; i < call.arguments().size(); i++) {
                Expr argument = call.arguments().get(i);
                if (!(argument instanceof Expr.Name name)) {
                    visit(argument);
                } else if (methods.containsKey(method)) {
                    handed.add(new Handed(Names.key(name.name()), method, i));
                } else {
                    names.add(Names.key(name.name()));
                }
            }
        }
    }
}
