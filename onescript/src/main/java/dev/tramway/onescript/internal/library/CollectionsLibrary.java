package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Library;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.value.Names;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Arrays, structures, maps. */
final class CollectionsLibrary {
    private CollectionsLibrary() {}

    static void declare(Library.Builder library) {
        library.type(BslArray.TYPE)
                .type(BslFixedArray.TYPE)
                .type(BslStructure.TYPE)
                .type(BslFixedStructure.TYPE)
                .type(BslMap.TYPE)
                .type(BslFixedMap.TYPE)
                .type(BslKeyAndValue.TYPE)
                .requires(Permission.PURE)
                .procedure("ЗаполнитьЗначенияСвойств", "FillPropertyValues", Params.of(2, 4), CollectionsLibrary::fill);
    }

    /** Copies properties that both have, or those listed, without those excluded. */
    private static void fill(Call call) {
        BslObject target = call.as(0, BslObject.class);
        BslObject source = call.as(1, BslObject.class);
        Set<String> listed = names(call.text(2));
        Set<String> excluded = names(call.text(3));
        Iterable<String> wanted = listed.isEmpty() ? PropertyNames.of(source) : listed;
        for (String name : wanted) {
            boolean known = listed.contains(Names.key(name)) || PropertyNames.has(target, name);
            if (known && !excluded.contains(Names.key(name))) {
                call.context().set(target, name, call.context().get(source, name));
            }
        }
    }

    private static Set<String> names(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(Names::key)
                .collect(Collectors.toSet());
    }
}
