package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslCollection;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Values;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** ФиксированноеСоответствие: a copy of a map that never changes. */
public final class BslFixedMap extends BslCollection {
    public static final NativeType TYPE = NativeType.declare(BslFixedMap.class, "ФиксированноеСоответствие", "FixedMap")
            .requires(Permission.PURE)
            .constructor(
                    Params.of(1),
                    call -> new BslFixedMap(call.as(0, BslMap.class).entries()))
            .function("Получить", "Get", Params.of(1), (self, call) -> self.at(call.value(0)))
            .function("Количество", "Count", self -> (long) self.size())
            .build();

    private final Map<Object, Object> entries;

    private BslFixedMap(Map<Object, Object> entries) {
        this.entries = new LinkedHashMap<>(entries);
    }

    Map<Object, Object> entries() {
        return entries;
    }

    @Override
    public NativeType type() {
        return TYPE;
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public Object at(Object index) {
        return entries.getOrDefault(Values.key(index), Empty.UNDEFINED);
    }

    @Override
    public void setAt(Object index, Object value) {
        throw Errors.of("Индексированное значение доступно только для чтения", "The indexed value is read-only");
    }

    @Override
    public Iterator<Object> elements() {
        return BslMap.elements(entries);
    }
}
