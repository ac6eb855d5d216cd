package dev.tramway.onescript.internal.bind;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Names;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A type written in Java, whose members are declared one after the other by its {@link Builder}. */
public final class NativeType extends Type {
    private final Map<String, Method> methods;
    private final Map<String, Property> properties;
    private final @Nullable Function constructor;

    private NativeType(Builder<?> builder) {
        super(builder.russian, builder.english);
        this.methods = Map.copyOf(builder.methods);
        this.properties = Map.copyOf(builder.properties);
        this.constructor = builder.constructor;
        this.allMethods = new LinkedHashSet<>(builder.methods.values());
        this.allProperties = new LinkedHashSet<>(builder.properties.values());
    }

    private final Collection<Method> allMethods;
    private final Collection<Property> allProperties;

    /** Begins the declaration of a type whose values are of that class. */
    public static <T extends BslObject> Builder<T> declare(Class<T> values, String russian, String english) {
        return new Builder<>(values, russian, english);
    }

    @Override
    public @Nullable Method method(String key) {
        return methods.get(key);
    }

    @Override
    public @Nullable Property property(String key) {
        return properties.get(key);
    }

    @Override
    public @Nullable Function constructor() {
        return constructor;
    }

    /** Returns each method once, in the order of declaration. */
    public Collection<Method> methods() {
        return allMethods;
    }

    /** Returns each property once, in the order of declaration. */
    public Collection<Property> properties() {
        return allProperties;
    }

    /** A method that returns a value. */
    @FunctionalInterface
    public interface FunctionBody<T> {
        Object call(T self, Call call);
    }

    /** A method that returns nothing. */
    @FunctionalInterface
    public interface ProcedureBody<T> {
        void call(T self, Call call);
    }

    /** Reads a property. */
    @FunctionalInterface
    public interface Getter<T> {
        Object get(T self);
    }

    /**
     * Collects the members of a type.
     *
     * @param <T> class of its values
     */
    public static final class Builder<T extends BslObject> {
        private final Class<T> values;
        private final String russian;
        private final String english;
        private final Map<String, Method> methods = new LinkedHashMap<>();
        private final Map<String, Property> properties = new LinkedHashMap<>();
        private @Nullable Function constructor;
        private @Nullable Permission permission;

        private Builder(Class<T> values, String russian, String english) {
            this.values = values;
            this.russian = russian;
            this.english = english;
        }

        /** Says what everything declared from here on needs, up to the next time this is said. */
        public Builder<T> requires(Permission needed) {
            permission = needed;
            return this;
        }

        private Permission permission(String member) {
            if (permission == null) {
                throw new IllegalStateException("No permission is required by " + russian + "." + member);
            }
            return permission;
        }

        /** Declares what Новый does. Several forms are told apart by the arguments given. */
        public Builder<T> constructor(Params params, Function.Body body) {
            constructor = new Function(russian, english, params, permission("()"), true, body);
            return this;
        }

        public Builder<T> function(String ru, String en, Params params, FunctionBody<T> body) {
            return add(new NativeMethod<>(values, ru, en, params, permission(ru), true, body));
        }

        public Builder<T> function(String ru, String en, Getter<T> body) {
            return function(ru, en, Params.NONE, (self, call) -> body.get(self));
        }

        public Builder<T> procedure(String ru, String en, Params params, ProcedureBody<T> body) {
            FunctionBody<T> silent = (self, call) -> {
                body.call(self, call);
                return Empty.UNDEFINED;
            };
            return add(new NativeMethod<>(values, ru, en, params, permission(ru), false, silent));
        }

        /** Declares a property that scripts can only read. */
        public Builder<T> property(String ru, String en, Getter<T> getter) {
            return add(new NativeProperty<>(values, ru, en, permission(ru), getter, null));
        }

        /** Declares a property that scripts can read and write. */
        public Builder<T> property(String ru, String en, Getter<T> getter, BiConsumer<T, Object> setter) {
            return add(new NativeProperty<>(values, ru, en, permission(ru), getter, setter));
        }

        private Builder<T> add(Method method) {
            put(methods, method.russian(), method.english(), method);
            return this;
        }

        private Builder<T> add(Property property) {
            put(properties, property.russian(), property.english(), property);
            return this;
        }

        private <M> void put(Map<String, M> members, String ru, String en, M member) {
            M first = members.put(Names.key(ru), member);
            M second = members.put(Names.key(en), member);
            if (first != null || (second != null && second != member)) {
                throw new IllegalStateException("Declared twice: " + russian + "." + ru + ", " + en);
            }
        }

        public NativeType build() {
            return new NativeType(this);
        }
    }

    private static final class NativeMethod<T> extends Method {
        private final Class<T> values;
        private final FunctionBody<T> body;

        NativeMethod(
                Class<T> values,
                String russian,
                String english,
                Params params,
                Permission permission,
                boolean function,
                FunctionBody<T> body) {
            super(russian, english, params, permission, function);
            this.values = values;
            this.body = body;
        }

        @Override
        public Object invoke(BslObject self, Call call) {
            return body.call(values.cast(self), call);
        }
    }

    private static final class NativeProperty<T> extends Property {
        private final Class<T> values;
        private final Getter<T> getter;
        private final @Nullable BiConsumer<T, Object> setter;

        NativeProperty(
                Class<T> values,
                String russian,
                String english,
                Permission permission,
                Getter<T> getter,
                @Nullable BiConsumer<T, Object> setter) {
            super(russian, english, permission);
            this.values = values;
            this.getter = getter;
            this.setter = setter;
        }

        @Override
        public boolean isReadable() {
            return true;
        }

        @Override
        public boolean isWritable() {
            return setter != null;
        }

        @Override
        public Object get(BslObject self, Context context) {
            return getter.get(values.cast(self));
        }

        @Override
        public void set(BslObject self, Context context, Object value) {
            if (setter == null) {
                throw Errors.propertyNotWritable(russian());
            }
            setter.accept(values.cast(self), value);
        }
    }
}
