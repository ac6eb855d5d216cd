package dev.tramway.onescript.internal.bind;

import dev.tramway.onescript.internal.value.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A global enumeration: its values are properties by either name. Java code holds on to the values it knows. */
public final class Enumeration extends BslObject {
    private final EnumType type;
    private final Map<String, Value> byName = new HashMap<>();
    private final List<Value> values = new ArrayList<>();

    /** Makes an enumeration without values; they are added before scripts see it. */
    public Enumeration(String russian, String english) {
        this.type = new EnumType(russian, english);
    }

    /** Adds a value. */
    public Value value(String russian, String english) {
        Value value = new Value(type, russian, english);
        values.add(value);
        byName.put(Names.key(russian), value);
        byName.put(Names.key(english), value);
        return value;
    }

    /** Adds a value with one name. */
    public Value value(String name) {
        return value(name, name);
    }

    public List<Value> values() {
        return values;
    }

    @Override
    public Type type() {
        return type;
    }

    @Override
    public @Nullable Object dynamic(String key) {
        return byName.get(key);
    }

    @Override
    public List<String> dynamicNames() {
        return values.stream().map(Value::present).toList();
    }

    @Override
    public Iterator<Object> elements() {
        return List.<Object>copyOf(values).iterator();
    }

    private static final class EnumType extends Type {
        EnumType(String russian, String english) {
            super(russian, english);
        }
    }

    /** One value; there are no others equal to it. */
    public static final class Value extends BslObject {
        private final Type type;
        private final String russian;
        private final String english;

        private Value(Type type, String russian, String english) {
            this.type = type;
            this.russian = russian;
            this.english = english;
        }

        public String english() {
            return english;
        }

        @Override
        public Type type() {
            return type;
        }

        @Override
        public String present() {
            return russian;
        }
    }
}
