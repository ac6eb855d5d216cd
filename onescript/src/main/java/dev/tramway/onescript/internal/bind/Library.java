package dev.tramway.onescript.internal.bind;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Names;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What scripts see without declaring it: types, global functions and properties; and components, once attached. */
public final class Library {
    private final Map<String, Type> types;
    private final Map<String, Function> functions;
    private final Map<String, Global> globals;
    private final Map<String, List<Type>> components;

    private Library(Builder builder) {
        this.types = Map.copyOf(builder.types);
        this.functions = Map.copyOf(builder.functions);
        this.globals = Map.copyOf(builder.globals);
        this.components = Map.copyOf(builder.components);
    }

    public static Builder builder() {
        return new Builder();
    }

    public @Nullable Type type(String key) {
        return types.get(key);
    }

    public @Nullable Function function(String key) {
        return functions.get(key);
    }

    public @Nullable Global global(String key) {
        return globals.get(key);
    }

    /** Returns the types of a component by the lower-case name of its file, without directories. */
    public @Nullable List<Type> component(String key) {
        return components.get(key);
    }

    public Collection<Type> types() {
        return new LinkedHashSet<>(types.values());
    }

    public Collection<Function> functions() {
        return new LinkedHashSet<>(functions.values());
    }

    public Collection<Global> globals() {
        return new LinkedHashSet<>(globals.values());
    }

    /** Value of a global property. */
    @FunctionalInterface
    public interface GlobalBody {
        Object get(Context context);
    }

    /** A global property, which scripts can only read. */
    public record Global(String russian, String english, Permission permission, GlobalBody body) {}

    /** Collects declarations. */
    public static final class Builder {
        private final Map<String, Type> types = new LinkedHashMap<>();
        private final Map<String, Function> functions = new LinkedHashMap<>();
        private final Map<String, Global> globals = new LinkedHashMap<>();
        private final Map<String, List<Type>> components = new LinkedHashMap<>();
        private @Nullable Permission permission;

        private Builder() {}

        /** Says what every function and property declared from here on needs, up to the next time this is said. */
        public Builder requires(Permission needed) {
            permission = needed;
            return this;
        }

        private Permission permission(String name) {
            if (permission == null) {
                throw new IllegalStateException("No permission is required by " + name);
            }
            return permission;
        }

        public Builder type(Type type) {
            return put(types, type.russian(), type.english(), type);
        }

        public Builder function(String russian, String english, Params params, Function.Body body) {
            Function function = new Function(russian, english, params, permission(russian), true, body);
            return put(functions, russian, english, function);
        }

        public Builder procedure(String russian, String english, Params params, Function.VoidBody body) {
            Function.Body silent = call -> {
                body.call(call);
                return Empty.UNDEFINED;
            };
            Function procedure = new Function(russian, english, params, permission(russian), false, silent);
            return put(functions, russian, english, procedure);
        }

        public Builder property(String russian, String english, GlobalBody body) {
            return put(globals, russian, english, new Global(russian, english, permission(russian), body));
        }

        /** Makes an enumeration a global property, which needs no permission, and its type known. */
        public Builder enumeration(Enumeration enumeration) {
            Type type = enumeration.type();
            Global global = new Global(type.russian(), type.english(), Permission.PURE, context -> enumeration);
            put(globals, type.russian(), type.english(), global);
            return type(type);
        }

        /** Declares a component, whose types can be made once a script attached a file of that name. */
        public Builder component(String file, Type... made) {
            components.put(Names.key(file), List.of(made));
            return this;
        }

        private <M> Builder put(Map<String, M> members, String russian, String english, M member) {
            M first = members.put(Names.key(russian), member);
            M second = members.put(Names.key(english), member);
            if (first != null || (second != null && second != member)) {
                throw new IllegalStateException("Declared twice: " + russian + ", " + english);
            }
            return this;
        }

        public Library build() {
            return new Library(this);
        }
    }
}
