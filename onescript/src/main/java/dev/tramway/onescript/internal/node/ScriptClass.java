package dev.tramway.onescript.internal.node;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.bind.Function;
import dev.tramway.onescript.internal.bind.Method;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.bind.Property;
import dev.tramway.onescript.internal.bind.Type;
import dev.tramway.onescript.internal.syntax.Module;
import dev.tramway.onescript.internal.syntax.Source;
import dev.tramway.onescript.internal.value.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A compiled module, which is a class: each instance has its own variables, and the body runs when one is made. */
public final class ScriptClass extends Type {
    private final Source source;
    private final Module module;
    private final Map<String, ScriptMethod> methods;
    private final Map<String, Property> properties = new HashMap<>();
    private final List<String> injected;
    private final ScriptMethod body;
    private final Function constructor;

    /** The methods are found by lower-case names; the injected names are variables that whoever loads the module gives. */
    public ScriptClass(
            String name,
            Source source,
            Module module,
            Map<String, ScriptMethod> methods,
            List<String> injected,
            ScriptMethod body) {
        super(name, name);
        this.source = source;
        this.module = module;
        this.methods = methods;
        this.injected = injected;
        this.body = body;
        this.constructor = declareConstructor();
        for (int i = 0; i < module.variables().size(); i++) {
            Module.Variable variable = module.variables().get(i);
            if (variable.exported()) {
                properties.put(Names.key(variable.name()), new VariableProperty(variable, i));
            }
        }
    }

    public Source source() {
        return source;
    }

    public Module module() {
        return module;
    }

    public Collection<ScriptMethod> methods() {
        return methods.values();
    }

    /** Returns names of variables that whoever loads the module gives. */
    public List<String> injected() {
        return injected;
    }

    /** Finds any method, exported or not. */
    public @Nullable ScriptMethod ownMethod(String key) {
        return methods.get(key);
    }

    @Override
    public @Nullable Method method(String key) {
        ScriptMethod method = methods.get(key);
        return method != null && method.isExported() ? method : null;
    }

    @Override
    public @Nullable Property property(String key) {
        return properties.get(key);
    }

    public List<Property> exportedVariables() {
        List<Property> exported = new ArrayList<>(properties.values());
        exported.sort(Comparator.comparingInt(property -> ((VariableProperty) property).index));
        return exported;
    }

    /** Новый: runs the body, then ПриСозданииОбъекта with the arguments, if there is one. */
    @Override
    public Function constructor() {
        return constructor;
    }

    private Function declareConstructor() {
        ScriptMethod created = methods.getOrDefault("присозданииобъекта", methods.get("onobjectcreate"));
        Params params = created == null ? Params.NONE : created.params();
        return new Function(russian(), english(), params, Permission.PURE, true, call -> {
            ModuleInstance instance = new ModuleInstance(this, List.of());
            instance.runBody((Execution) call.context());
            if (created != null) {
                created.invoke(instance, call);
            }
            return instance;
        });
    }

    void runBody(ModuleInstance instance, Execution execution) {
        body.run(new Frame(instance, body, execution));
    }

    /** A variable of the module that others see. */
    public static final class VariableProperty extends Property {
        private final Module.Variable variable;
        private final int index;

        VariableProperty(Module.Variable variable, int index) {
            super(variable.name(), variable.name(), Permission.PURE);
            this.variable = variable;
            this.index = index;
        }

        public List<Module.Annotation> annotations() {
            return variable.annotations();
        }

        @Override
        public boolean isReadable() {
            return true;
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public Object get(BslObject self, Context context) {
            return ((ModuleInstance) self).variable(index);
        }

        @Override
        public void set(BslObject self, Context context, Object value) {
            ((ModuleInstance) self).variable(index, value);
        }
    }
}
