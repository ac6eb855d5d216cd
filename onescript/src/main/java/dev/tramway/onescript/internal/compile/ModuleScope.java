package dev.tramway.onescript.internal.compile;

import dev.tramway.onescript.internal.node.ScriptMethod;
import dev.tramway.onescript.internal.syntax.Module;
import dev.tramway.onescript.internal.syntax.Source;
import dev.tramway.onescript.internal.value.Names;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names of a module. All keys are in lower case. */
final class ModuleScope {
    final Source source;
    final Environment environment;
    final List<String> injected;
    final Map<String, Integer> variables = new HashMap<>();
    final Map<String, ScriptMethod> methods = new LinkedHashMap<>();

    ModuleScope(Source source, Environment environment, List<String> injected) {
        this.source = source;
        this.environment = environment;
        this.injected = injected;
    }

    void declare(Module.Variable variable) {
        if (variables.putIfAbsent(Names.key(variable.name()), variables.size()) != null) {
            throw source.error(
                    variable.at(),
                    "Переменная уже определена: " + variable.name(),
                    "The variable is already defined: " + variable.name());
        }
    }

    void declare(ScriptMethod method, Module.Method declaration) {
        if (methods.putIfAbsent(Names.key(method.russian()), method) != null) {
            throw source.error(
                    declaration.at(),
                    "Метод уже определен: " + declaration.name(),
                    "The method is already defined: " + declaration.name());
        }
    }
}
