package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Names;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Named values in their order, which both kinds of structure are made of. A value that one thread assigns is seen by others, since
 * scripts wait for that.
 */
final class Fields {
    private static final class Field {
        private final String name;
        private volatile Object value;

        Field(String name, Object value) {
            this.name = name;
            this.value = value;
        }
    }

    private final Map<String, Field> fields = new LinkedHashMap<>();

    /** Reads the arguments of a constructor: names separated by commas, then their values. */
    static Fields of(Call call) {
        Fields fields = new Fields();
        if (!call.given(0)) {
            return fields;
        }
        if (call.value(0) instanceof BslStructure source) {
            return fields.addAll(source.fields());
        }
        if (call.value(0) instanceof BslFixedStructure source) {
            return fields.addAll(source.fields());
        }
        String list = call.as(0, String.class);
        if (list.isBlank() && call.count() == 1) {
            return fields;
        }
        String[] names = list.split(",", -1);
        for (int i = 0; i < names.length; i++) {
            fields.put(names[i].strip(), call.value(i + 1));
        }
        if (call.count() > names.length + 1) {
            throw Errors.tooManyArguments();
        }
        return fields;
    }

    private Fields addAll(Fields source) {
        source.fields.values().forEach(field -> put(field.name, field.value));
        return this;
    }

    void put(String name, Object value) {
        if (!Names.isIdentifier(name)) {
            throw Errors.of("Неверное имя ключа структуры: " + name, "Invalid name of a key: " + name);
        }
        putIdentifier(name, value);
    }

    /** The same, of a name that is known to be an identifier. */
    void putIdentifier(String name, Object value) {
        String key = Names.key(name);
        Field known = fields.get(key);
        if (known == null) {
            fields.put(key, new Field(name, value));
        } else {
            known.value = value;
        }
    }

    @Nullable
    Object get(String key) {
        Field field = fields.get(key);
        return field == null ? null : field.value;
    }

    boolean set(String key, Object value) {
        Field field = fields.get(key);
        if (field != null) {
            field.value = value;
        }
        return field != null;
    }

    void remove(String key) {
        fields.remove(key);
    }

    void clear() {
        fields.clear();
    }

    int size() {
        return fields.size();
    }

    List<String> names() {
        return fields.values().stream().map(field -> field.name).toList();
    }

    Iterator<Object> elements() {
        List<Object> pairs = new ArrayList<>();
        fields.values().forEach(field -> pairs.add(new BslKeyAndValue(field.name, field.value)));
        return pairs.iterator();
    }

    /** Свойство(Имя, Значение): tells whether there is one, and gives its value. */
    Object find(Call call) {
        Object value = get(Names.key(call.text(0)));
        call.assign(1, value == null ? Empty.UNDEFINED : value);
        return value != null;
    }

    Object at(Object index) {
        String name = name(index);
        Object value = get(Names.key(name));
        if (value == null) {
            throw Errors.propertyNotFound(name);
        }
        return value;
    }

    static String name(Object index) {
        if (index instanceof String name) {
            return name;
        }
        throw Errors.badArgumentType();
    }
}
