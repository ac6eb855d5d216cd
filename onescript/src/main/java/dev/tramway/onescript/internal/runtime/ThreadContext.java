package dev.tramway.onescript.internal.runtime;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Function;
import dev.tramway.onescript.internal.bind.Method;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.bind.Property;
import dev.tramway.onescript.internal.bind.Type;
import dev.tramway.onescript.internal.node.Execution;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Names;
import dev.tramway.onescript.internal.value.Values;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The context of one thread of a machine. */
public final class ThreadContext extends Execution {
    private final Machine machine;

    ThreadContext(Machine machine) {
        super(machine.settings().maxDepth());
        this.machine = machine;
    }

    @Override
    public Machine engine() {
        return machine;
    }

    @Override
    protected long refill(long owed) {
        machine.checkExit();
        return machine.limits().portion(owed);
    }

    @Override
    public void grow(long bytes) {
        machine.limits().grow(bytes);
    }

    @Override
    public void require(Permission permission, String subject) {
        machine.require(permission, subject);
    }

    @Override
    public RuntimeException interrupted() {
        machine.checkExit();
        Thread.currentThread().interrupt();
        return Errors.of("Ожидание прервано", "The wait was interrupted");
    }

    @Override
    protected void handler(boolean add, Object source, String event, Object target, String method) {
        machine.events().handler(add, source, event, (BslObject) target, method);
    }

    @Override
    protected void raise(Object source, String event, Object arguments) {
        machine.events().raise(this, source, event, elements(arguments));
    }

    @Override
    protected @Nullable Type type(String key) {
        return machine.type(key);
    }

    @Override
    public Object invoke(BslObject target, String name, @Nullable Object... arguments) {
        Method method = target.type().method(Names.key(name));
        if (method == null) {
            throw Errors.methodNotFound(name);
        }
        return invoke(target, method, arguments);
    }

    /** Calls a method, whose permission and number of arguments are checked. */
    public Object invoke(BslObject target, Method method, @Nullable Object... arguments) {
        check(method.params(), arguments);
        permit(method.permission());
        return method.invoke(target, new Call(this, arguments));
    }

    private void permit(Permission permission) {
        if (permission != Permission.PURE) {
            require(permission, "");
        }
    }

    private static void check(Params params, @Nullable Object[] arguments) {
        if (arguments.length > params.max()) {
            throw Errors.tooManyArguments();
        }
        if (arguments.length < params.min()) {
            throw Errors.tooFewArguments();
        }
        for (int i = 0; i < params.min(); i++) {
            if (arguments[i] == null) {
                throw Errors.missingArgument();
            }
        }
    }

    @Override
    public Object get(BslObject target, String name) {
        Property property = target.type().property(Names.key(name));
        if (property == null) {
            Object value = target.dynamic(Names.key(name));
            if (value == null) {
                throw Errors.propertyNotFound(name);
            }
            return value;
        }
        if (!property.isReadable()) {
            throw Errors.propertyNotReadable(name);
        }
        permit(property.permission());
        return property.get(target, this);
    }

    @Override
    public void set(BslObject target, String name, Object value) {
        Property property = target.type().property(Names.key(name));
        if (property == null) {
            if (!target.setDynamic(Names.key(name), value)) {
                throw target.dynamic(Names.key(name)) == null
                        ? Errors.propertyNotFound(name)
                        : Errors.propertyNotWritable(name);
            }
            return;
        }
        if (!property.isWritable()) {
            throw Errors.propertyNotWritable(name);
        }
        permit(property.permission());
        property.set(target, this, value);
    }

    @Override
    public Object create(String name, @Nullable Object... arguments) {
        Type type = machine.type(name);
        if (type == null) {
            throw Errors.unknownType(name);
        }
        return create(type, arguments);
    }

    private Object create(Type type, @Nullable Object... arguments) {
        if (!(type.constructor() instanceof Function constructor)) {
            throw Errors.noConstructor(type.russian());
        }
        check(constructor.params(), arguments);
        permit(constructor.permission());
        return constructor.invoke(new Call(this, arguments));
    }

    /** Makes a value as Новый(Тип, Параметры) does. */
    Object create(Object type, Object arguments) {
        @Nullable Object[] values = elements(arguments).toArray();
        return type instanceof Type known ? create(known, values) : create(Values.toText(type), values);
    }

    /** Returns the elements of an array given as an optional argument. */
    public static List<Object> elements(Object array) {
        List<Object> values = new ArrayList<>();
        if (array != Empty.UNDEFINED) {
            if (!(array instanceof BslObject collection)) {
                throw Errors.badArgumentType();
            }
            Iterator<Object> elements = collection.elements();
            elements.forEachRemaining(values::add);
        }
        return values;
    }
}
