package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslCollection;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Names;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Структура. */
public final class BslStructure extends BslCollection {
    public static final NativeType TYPE = NativeType.declare(BslStructure.class, "Структура", "Structure")
            .requires(Permission.PURE)
            .constructor(Params.atLeast(0), call -> new BslStructure(Fields.of(call)))
            .procedure("Вставить", "Insert", Params.of(1, 2), BslStructure::insert)
            .procedure("Удалить", "Delete", Params.of(1), (self, call) -> self.fields.remove(Names.key(call.text(0))))
            .function("Свойство", "Property", Params.of(1, 2).byReference(1), (self, call) -> self.fields.find(call))
            .function("Количество", "Count", self -> (long) self.size())
            .procedure("Очистить", "Clear", Params.NONE, (self, call) -> self.fields.clear())
            .build();

    private static final long FIELD = 80;

    private final Fields fields;

    public BslStructure() {
        this(new Fields());
    }

    private BslStructure(Fields fields) {
        this.fields = fields;
    }

    Fields fields() {
        return fields;
    }

    /** Adds a field, or assigns to it. */
    public void put(String name, Object value) {
        fields.put(name, value);
    }

    /** The same, of a name that is known to be an identifier, and its key. */
    public void put(String key, String name, Object value) {
        fields.put(key, name, value);
    }

    private void insert(Call call) {
        call.context().grow(FIELD);
        fields.put(call.as(0, String.class), call.value(1));
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
        String name = Fields.name(index);
        if (!fields.set(Names.key(name), value)) {
            throw Errors.propertyNotFound(name);
        }
    }

    @Override
    public @Nullable Object dynamic(String key) {
        return fields.get(key);
    }

    @Override
    public boolean setDynamic(String key, Object value) {
        return fields.set(key, value);
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
