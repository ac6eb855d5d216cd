package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslCollection;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.value.Errors;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/** ФиксированныйМассив: a copy of an array that never changes. */
public final class BslFixedArray extends BslCollection {
    public static final NativeType TYPE = NativeType.declare(BslFixedArray.class, "ФиксированныйМассив", "FixedArray")
            .requires(Permission.PURE)
            .constructor(
                    Params.of(1),
                    call -> new BslFixedArray(call.as(0, BslArray.class).values()))
            .function("Количество", "Count", self -> (long) self.size())
            .function("ВГраница", "UBound", self -> (long) self.size() - 1)
            .function("Найти", "Find", Params.of(1), (self, call) -> BslArray.find(self.values, call.value(0)))
            .function("Получить", "Get", Params.of(1), (self, call) -> self.at(call.value(0)))
            .build();

    private final List<Object> values;

    public BslFixedArray(Collection<?> values) {
        this.values = List.copyOf(values);
    }

    public List<Object> values() {
        return values;
    }

    @Override
    public NativeType type() {
        return TYPE;
    }

    @Override
    public int size() {
        return values.size();
    }

    @Override
    public Object at(Object index) {
        return values.get(BslArray.index(values, index));
    }

    @Override
    public void setAt(Object index, Object value) {
        throw Errors.of("Индексированное значение доступно только для чтения", "The indexed value is read-only");
    }

    @Override
    public Iterator<Object> elements() {
        return values.iterator();
    }
}
