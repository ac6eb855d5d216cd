package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Property;
import dev.tramway.onescript.internal.bind.Type;
import dev.tramway.onescript.internal.node.ScriptClass;
import dev.tramway.onescript.internal.value.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Which properties an object has, those of its type and its own. */
final class PropertyNames {
    private PropertyNames() {}

    static List<String> of(BslObject object) {
        List<String> names = new ArrayList<>();
        declared(object.type()).forEach(property -> names.add(property.russian()));
        names.addAll(object.dynamicNames());
        return names;
    }

    static Collection<Property> declared(Type type) {
        return switch (type) {
            case NativeType known -> known.properties();
            case ScriptClass script -> script.exportedVariables();
            default -> List.of();
        };
    }

    static boolean has(BslObject object, String name) {
        String key = Names.key(name);
        return object.type().property(key) != null || object.dynamic(key) != null;
    }
}
