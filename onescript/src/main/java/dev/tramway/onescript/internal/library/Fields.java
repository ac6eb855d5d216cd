package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Named values in their order, which both kinds of structure are made of: a chain, and an index of it once there are many, since
 * most structures have few. A value that one thread assigns is seen by others, since scripts wait for that.
 */
final class Fields {
    /** So many are found sooner one by one than by a table. */
    private static final int FEW = 8;

    /** Release and acquire are enough for what threads see; a volatile write would cost more than the field itself. */
    private static final class Field extends AtomicReference<Object> {
        private static final long serialVersionUID = 1;

        private final String key;
        private final String name;
        private @Nullable Field before;
        private @Nullable Field after;

        Field(String key, String name, Object value) {
            this.key = key;
            this.name = name;
            setRelease(value);
        }
    }

    private @Nullable Field first;
    private @Nullable Field last;
    private int size;
    private @Nullable Map<String, Field> index;

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
        for (Field field = source.first; field != null; field = field.after) {
            put(field.key, field.name, field.getAcquire());
        }
        return this;
    }

    void put(String name, Object value) {
        if (!Names.isIdentifier(name)) {
            throw Errors.of("Неверное имя ключа структуры: " + name, "Invalid name of a key: " + name);
        }
        put(Names.key(name), name, value);
    }

    /** The same, of a name that is known to be an identifier, and its key. */
    void put(String key, String name, Object value) {
        if (!set(key, value)) {
            append(new Field(key, name, value));
        }
    }

    private void append(Field field) {
        field.before = last;
        if (last == null) {
            first = field;
        } else {
            last.after = field;
        }
        last = field;
        size++;
        if (index != null) {
            index.put(field.key, field);
        } else if (size > FEW) {
            index = indexed();
        }
    }

    private Map<String, Field> indexed() {
        Map<String, Field> all = new HashMap<>();
        for (Field field = first; field != null; field = field.after) {
            all.put(field.key, field);
        }
        return all;
    }

    private @Nullable Field field(String key) {
        if (index != null) {
            return index.get(key);
        }
        Field field = first;
        while (field != null && !field.key.equals(key)) {
            field = field.after;
        }
        return field;
    }

    @Nullable
    Object get(String key) {
        Field field = field(key);
        return field == null ? null : field.getAcquire();
    }

    boolean set(String key, Object value) {
        Field field = field(key);
        if (field != null) {
            field.setRelease(value);
        }
        return field != null;
    }

    void remove(String key) {
        Field field = field(key);
        if (field != null) {
            unlink(field);
        }
    }

    /** What goes over the fields just now finds the way on from one that is taken out. */
    private void unlink(Field field) {
        if (field.before == null) {
            first = field.after;
        } else {
            field.before.after = field.after;
        }
        if (field.after == null) {
            last = field.before;
        } else {
            field.after.before = field.before;
        }
        size--;
        if (index != null) {
            index.remove(field.key);
        }
    }

    void clear() {
        first = null;
        last = null;
        size = 0;
        index = null;
    }

    int size() {
        return size;
    }

    List<String> names() {
        List<String> names = new ArrayList<>(size);
        for (Field field = first; field != null; field = field.after) {
            names.add(field.name);
        }
        return names;
    }

    /** Goes over the fields, at most as many as there are now, whatever becomes of them meanwhile. */
    Iterator<Object> elements() {
        return new Iterator<>() {
            private @Nullable Field next = first;
            private int left = size;

            @Override
            public boolean hasNext() {
                return left > 0 && next != null;
            }

            @Override
            public Object next() {
                Field field = next;
                if (field == null || left-- == 0) {
                    throw new NoSuchElementException();
                }
                next = field.after;
                return new BslKeyAndValue(field.name, field.getAcquire());
            }
        };
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
