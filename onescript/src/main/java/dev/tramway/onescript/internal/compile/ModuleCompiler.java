package dev.tramway.onescript.internal.compile;

import dev.tramway.onescript.internal.node.ScriptClass;
import dev.tramway.onescript.internal.node.ScriptMethod;
import dev.tramway.onescript.internal.node.StatementNode;
import dev.tramway.onescript.internal.syntax.Module;
import dev.tramway.onescript.internal.syntax.Pos;
import dev.tramway.onescript.internal.syntax.Source;
import dev.tramway.onescript.internal.syntax.Stmt;
import dev.tramway.onescript.internal.value.Names;
import java.util.BitSet;
import java.util.List;

/** Compiles a module: first all names that it declares, then each body, in the order of the text. */
public final class ModuleCompiler {
    private final ModuleScope scope;
    private final Module module;

    private ModuleCompiler(Source source, Module module, Environment environment, List<String> injected) {
        this.scope = new ModuleScope(source, environment, injected);
        this.module = module;
    }

    /** Compiles a module under the name of its type; the injected names are in lower case. */
    public static ScriptClass compile(
            String name, Source source, Module module, Environment environment, List<String> injected) {
        return new ModuleCompiler(source, module, environment, injected).compile(name);
    }

    private ScriptClass compile(String name) {
        module.variables().forEach(scope::declare);
        AssignedParameters assigned = new AssignedParameters(module);
        for (Module.Method method : module.methods()) {
            scope.declare(new ScriptMethod(scope.source, method, assigned.of(method)), method);
        }
        for (Module.Method method : module.methods()) {
            ScriptMethod compiled = scope.methods.get(Names.key(method.name()));
            if (compiled != null) {
                compileBody(compiled, method, assigned.of(method));
            }
        }
        return new ScriptClass(name, scope.source, module, scope.methods, scope.injected, body());
    }

    private void compileBody(ScriptMethod compiled, Module.Method method, BitSet references) {
        MethodScope names = new MethodScope(scope, GrowingTexts.in(method.body()));
        for (int i = 0; i < method.params().size(); i++) {
            Module.Param param = method.params().get(i);
            names.declareParameter(param.name(), references.get(i), param.at());
        }
        method.locals().forEach(local -> names.declare(local.name(), local.at()));
        complete(compiled, names, method.body());
    }

    private ScriptMethod body() {
        Pos start = new Pos(1, 1);
        Module.Method method =
                new Module.Method("", false, false, List.of(), List.of(), module.body(), List.of(), start);
        ScriptMethod body = new ScriptMethod(scope.source, method, new BitSet());
        complete(body, new MethodScope(scope, GrowingTexts.in(module.body())), module.body());
        return body;
    }

    private static void complete(ScriptMethod method, MethodScope names, List<Stmt> statements) {
        StatementNode code = new StatementCompiler(names).block(statements);
        method.complete(code, names.size());
    }
}
