package dev.tramway.onescript.internal.compile;

import dev.tramway.onescript.internal.node.Growing;
import dev.tramway.onescript.internal.node.VariableNode;
import dev.tramway.onescript.internal.node.Variables;
import dev.tramway.onescript.internal.syntax.Pos;
import dev.tramway.onescript.internal.syntax.Source;
import dev.tramway.onescript.internal.value.Names;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The local names of a method, or of code that is compiled at run time inside of one: that sees the method's, and adds own. */
final class MethodScope {
    final ModuleScope module;
    /** The text that positions are in. */
    final Source source;

    private final @Nullable MethodScope enclosing;
    private final Map<String, Integer> slots = new HashMap<>();
    private final Set<String> references = new HashSet<>();
    private final Set<String> growing;
    private int size;

    /** Begins the scope of a method, in which those variables hold growing text. */
    MethodScope(ModuleScope module, Set<String> growing) {
        this.module = module;
        this.growing = growing;
        this.source = module.source;
        this.enclosing = null;
    }

    /** Begins the scope of code inside of a method whose own scope is complete. */
    MethodScope(MethodScope enclosing, Source source) {
        this.module = enclosing.module;
        this.source = source;
        this.growing = enclosing.growing;
        this.enclosing = enclosing;
        this.size = enclosing.size;
    }

    int size() {
        return size;
    }

    void declareParameter(String name, boolean reference, Pos at) {
        declare(name, at);
        if (reference) {
            references.add(Names.key(name));
        }
    }

    void declare(String name, Pos at) {
        if (slots.containsKey(Names.key(name))) {
            throw source.error(at, "Переменная уже определена: " + name, "The variable is already defined: " + name);
        }
        add(Names.key(name));
    }

    /** Makes a name that is assigned to for the first time a local variable. */
    int add(String key) {
        slots.put(key, size);
        return size++;
    }

    @Nullable
    Integer slot(String key) {
        Integer slot = slots.get(key);
        return slot == null && enclosing != null ? enclosing.slot(key) : slot;
    }

    /** Returns what stands for a local variable that is known. */
    VariableNode variable(String key, int slot) {
        if (isReference(key)) {
            return new Variables.Parameter(slot);
        }
        return growing.contains(key) ? new Growing.Local(slot) : new Variables.Local(slot);
    }

    private boolean isReference(String key) {
        return references.contains(key) || (!slots.containsKey(key) && enclosing != null && enclosing.isReference(key));
    }
}
