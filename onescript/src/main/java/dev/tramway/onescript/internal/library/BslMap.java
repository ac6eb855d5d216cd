package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslCollection;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Values;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Соответствие: any values as keys, in the order they were added. */
public final class BslMap extends BslCollection {
    public static final NativeType TYPE = NativeType.declare(BslMap.class, "Соответствие", "Map")
            .requires(Permission.PURE)
            .constructor(Params.of(0, 1), BslMap::create)
            .procedure("Вставить", "Insert", Params.of(1, 2), BslMap::insert)
            .function("Получить", "Get", Params.of(1), (self, call) -> self.get(call.value(0)))
            .function("Количество", "Count", self -> (long) self.size())
            .procedure("Очистить", "Clear", Params.NONE, (self, call) -> self.entries.clear())
            .procedure(
                    "Удалить", "Delete", Params.of(1), (self, call) -> self.entries.remove(Values.key(call.value(0))))
            .build();

    private static final long ENTRY = 64;

    private final Map<Object, Object> entries;

    public BslMap() {
        this(Map.of());
    }

    private BslMap(Map<Object, Object> entries) {
        this.entries = new LinkedHashMap<>(entries);
    }

    private static Object create(Call call) {
        return new BslMap(call.given(0) ? call.as(0, BslFixedMap.class).entries() : Map.of());
    }

    Map<Object, Object> entries() {
        return entries;
    }

    private void insert(Call call) {
        call.context().grow(ENTRY);
        put(call.value(0), call.value(1));
    }

    public void put(Object key, Object value) {
        entries.put(Values.key(key), value);
    }

    /** Returns the value of a key, or Неопределено. */
    public Object get(Object key) {
        return entries.getOrDefault(Values.key(key), Empty.UNDEFINED);
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
        return get(index);
    }

    @Override
    public void setAt(Object index, Object value) {
        put(index, value);
    }

    @Override
    public Iterator<Object> elements() {
        return elements(entries);
    }

    static Iterator<Object> elements(Map<Object, Object> entries) {
        List<Object> pairs = new ArrayList<>(entries.size());
        entries.forEach((key, value) -> pairs.add(new BslKeyAndValue(key, value)));
        return pairs.iterator();
    }
}
