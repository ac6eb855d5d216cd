package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslCollection;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.value.Errors;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ФиксированнаяСтруктура: a copy of a structure that never changes. */
public final class BslFixedStructure extends BslCollection {
    public static final NativeType TYPE = NativeType.declare(
                    BslFixedStructure.class, "ФиксированнаяСтруктура", "FixedStructure")
            .requires(Permission.PURE)
            .constructor(Params.atLeast(0), call -> new BslFixedStructure(Fields.of(call)))
            .function("Свойство", "Property", Params.of(1, 2).byReference(1), (self, call) -> self.fields.find(call))
            .function("Количество", "Count", self -> (long) self.size())
            .build();

    private final Fields fields;

    private BslFixedStructure(Fields fields) {
        this.fields = fields;
    }

    Fields fields() {
        return fields;
    }

    @Override
    public NativeType type() {
        return TYPE;
    }

    @Override
    public int size() {
        return fields.size();
    }

    @Override
    public Object at(Object index) {
        return fields.at(index);
    }

    @Override
    public void setAt(Object index, Object value) {
        throw Errors.propertyNotWritable(Fields.name(index));
    }

    @Override
    public @Nullable Object dynamic(String key) {
        return fields.get(key);
    }

    @Override
    public List<String> dynamicNames() {
        return fields.names();
    }

    @Override
    public Iterator<Object> elements() {
        return fields.elements();
    }
}
