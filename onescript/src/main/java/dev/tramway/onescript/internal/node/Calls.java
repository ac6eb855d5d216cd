package dev.tramway.onescript.internal.node;

import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Function;
import dev.tramway.onescript.internal.bind.Method;
import dev.tramway.onescript.internal.bind.Type;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Names;
import dev.tramway.onescript.internal.value.Values;
import org.jspecify.annotations.Nullable;

/** Calls. */
public final class Calls {
    private Calls() {}

    /** A call of a method of the same module. The number of arguments was checked when it was compiled. */
    public static final class Own extends ExprNode {
        private final ScriptMethod method;
        private final Arguments arguments;

        public Own(ScriptMethod method, ExprNode[] arguments) {
            this.method = method;
            this.arguments = new Arguments(arguments);
        }

        @Override
        public Object eval(Frame frame) {
            return method.run(arguments.frame(frame, frame.self, method));
        }
    }

    /** A call of a global function. The number of arguments was checked when it was compiled. */
    public static final class Global extends ExprNode {
        private final Function function;
        private final Arguments arguments;

        public Global(Function function, ExprNode[] arguments) {
            this.function = function;
            this.arguments = new Arguments(arguments);
        }

        @Override
        public Object eval(Frame frame) {
            frame.execution.check(function.permission());
            return function.invoke(new Call(frame.execution, arguments.values(frame, function.params())));
        }
    }

    /** A call of a method of any object, found by name; what was found is remembered for the type it was found in. */
    public static final class Member extends ExprNode {
        private record Found(Type type, Method method) {}

        private final ExprNode target;
        private final String name;
        private final String key;
        private final Arguments arguments;
        private final boolean asFunction;
        private @Nullable Found found;

        public Member(ExprNode target, String name, ExprNode[] arguments, boolean asFunction) {
            this.target = target;
            this.name = name;
            this.key = Names.key(name);
            this.arguments = new Arguments(arguments);
            this.asFunction = asFunction;
        }

        @Override
        public Object eval(Frame frame) {
            if (!(value(target, frame) instanceof BslObject object)) {
                throw Errors.notAnObject();
            }
            Method method = find(object);
            if (method instanceof ScriptMethod script) {
                return script.run(arguments.frame(frame, (ModuleInstance) object, script));
            }
            frame.execution.check(method.permission());
            return method.invoke(object, new Call(frame.execution, arguments.values(frame, method.params())));
        }

        private Method find(BslObject object) {
            Type type = object.type();
            Found known = found;
            return known != null && known.type == type ? known.method : search(type);
        }

        private Method search(Type type) {
            Method method = type.method(key);
            if (method == null) {
                throw Errors.methodNotFound(name);
            }
            if (asFunction && !method.isFunction()) {
                throw Errors.notAFunction(name);
            }
            if (method instanceof ScriptMethod script) {
                arguments.check(script);
            } else {
                arguments.check(method.params());
            }
            found = new Found(type, method);
            return method;
        }
    }

    /** Новый Тип(…). The type is looked for each time, since scripts may attach others. */
    public static final class New extends ExprNode {
        private final String name;
        private final String key;
        private final Arguments arguments;

        public New(String name, ExprNode[] arguments) {
            this.name = name;
            this.key = Names.key(name);
            this.arguments = new Arguments(arguments);
        }

        @Override
        public Object eval(Frame frame) {
            Type type = frame.execution.type(key);
            if (type == null) {
                throw Errors.unknownType(name);
            }
            if (!(type.constructor() instanceof Function constructor)) {
                throw Errors.noConstructor(name);
            }
            arguments.check(constructor.params());
            frame.execution.check(constructor.permission());
            return constructor.invoke(new Call(frame.execution, arguments.values(frame, constructor.params())));
        }
    }

    /** Новый("Тип", Параметры). */
    public static final class NewByName extends ExprNode {
        private final ExprNode type;
        private final @Nullable ExprNode arguments;
        private final Creator creator;

        /** Makes a value of a type, whose name or which itself is given, with an array of arguments. */
        @FunctionalInterface
        public interface Creator {
            Object create(Execution execution, Object type, Object arguments);
        }

        public NewByName(ExprNode type, @Nullable ExprNode arguments, Creator creator) {
            this.type = type;
            this.arguments = arguments;
            this.creator = creator;
        }

        @Override
        public Object eval(Frame frame) {
            Object array = arguments == null ? Empty.UNDEFINED : value(arguments, frame);
            return creator.create(frame.execution, value(type, frame), array);
        }
    }

    /** ВызватьСобытие(Имя, Параметры), which every module has. */
    public static final class RaiseEvent extends ExprNode {
        private final ExprNode name;
        private final ExprNode arguments;

        public RaiseEvent(ExprNode name, ExprNode arguments) {
            this.name = name;
            this.arguments = arguments;
        }

        @Override
        public Object eval(Frame frame) {
            String event = Values.toText(value(name, frame));
            frame.execution.raise(frame.self, event, value(arguments, frame));
            return Empty.UNDEFINED;
        }
    }
}
