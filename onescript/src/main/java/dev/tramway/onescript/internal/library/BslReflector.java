package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Callable;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.bind.Method;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.bind.PrimitiveType;
import dev.tramway.onescript.internal.bind.Property;
import dev.tramway.onescript.internal.bind.Type;
import dev.tramway.onescript.internal.node.ModuleInstance;
import dev.tramway.onescript.internal.node.References;
import dev.tramway.onescript.internal.node.ScriptClass;
import dev.tramway.onescript.internal.node.ScriptMethod;
import dev.tramway.onescript.internal.runtime.Machine;
import dev.tramway.onescript.internal.runtime.ThreadContext;
import dev.tramway.onescript.internal.syntax.Module;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Names;
import dev.tramway.onescript.internal.value.Values;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Рефлектор: members by names that are known at run time. */
final class BslReflector extends BslObject {
    static final NativeType TYPE = NativeType.declare(BslReflector.class, "Рефлектор", "Reflector")
            .requires(Permission.REFLECT)
            .constructor(Params.NONE, call -> new BslReflector())
            .function("ВызватьМетод", "CallMethod", Params.of(2, 3), (self, call) -> invoke(call))
            .function("МетодСуществует", "MethodExists", Params.of(2), (self, call) -> method(call) != null)
            .function(
                    "ПолучитьСвойство",
                    "GetProperty",
                    Params.of(2),
                    (self, call) -> call.context().get(call.as(0, BslObject.class), call.text(1)))
            .procedure(
                    "УстановитьСвойство",
                    "SetProperty",
                    Params.of(3),
                    (self, call) -> call.context().set(call.as(0, BslObject.class), call.text(1), call.value(2)))
            .function("ПолучитьТаблицуМетодов", "GetMethodsTable", Params.of(1), (self, call) -> methods(call))
            .function("ПолучитьТаблицуСвойств", "GetPropertiesTable", Params.of(1, 2), (self, call) -> properties(call))
            .function("ИзвестныеТипы", "KnownTypes", Params.of(0, 1), (self, call) -> types(call))
            .build();

    @Override
    public NativeType type() {
        return TYPE;
    }

    private static @Nullable Method method(Call call) {
        return typeOf(call).method(Names.key(call.text(1)));
    }

    /** What the method assigns to its parameters is put back into the array. */
    private static Object invoke(Call call) {
        BslObject target = call.as(0, BslObject.class);
        Method method = method(call);
        if (method == null) {
            throw Errors.methodNotFound(call.text(1));
        }
        @Nullable Object[] arguments = {};
        if (call.value(2) != Empty.UNDEFINED) {
            BslArray array = call.as(2, BslArray.class);
            arguments = new @Nullable Object[array.size()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = new References.OfElement(array, (long) i);
            }
        }
        return ((ThreadContext) call.context()).invoke(target, method, arguments);
    }

    private static Collection<? extends Method> declared(Type type) {
        return switch (type) {
            case NativeType known -> known.methods();
            case ScriptClass script ->
                script.methods().stream().filter(ScriptMethod::isExported).toList();
            default -> List.of();
        };
    }

    private static Type typeOf(Call call) {
        return call.value(0) instanceof Type given
                ? given
                : call.as(0, BslObject.class).type();
    }

    private static Object methods(Call call) {
        Context context = call.context();
        BslObject table = table(context, "Имя", "КоличествоПараметров", "ЭтоФункция", "Аннотации", "Параметры");
        for (Method method : declared(typeOf(call))) {
            BslObject row = (BslObject) context.invoke(table, "Добавить");
            context.set(row, "Имя", method.russian());
            context.set(row, "КоличествоПараметров", (long) method.params().max());
            context.set(row, "ЭтоФункция", method.isFunction());
            context.set(row, "Аннотации", annotations(context, annotationsOf(method)));
            context.set(row, "Параметры", parameters(context, method));
        }
        return table;
    }

    private static List<Module.Annotation> annotationsOf(Callable method) {
        return method instanceof ScriptMethod script ? script.annotations() : List.of();
    }

    private static Object parameters(Context context, Method method) {
        BslObject table = table(context, "Имя", "ПоЗначению", "ЗначениеПоУмолчанию", "Аннотации");
        if (method instanceof ScriptMethod script) {
            for (Module.Param param : script.declared()) {
                BslObject row = (BslObject) context.invoke(table, "Добавить");
                context.set(row, "Имя", param.name());
                context.set(row, "ПоЗначению", param.byValue());
                context.set(row, "ЗначениеПоУмолчанию", param.otherwise().orElse(Empty.UNDEFINED));
                context.set(row, "Аннотации", annotations(context, param.annotations()));
            }
        }
        return table;
    }

    private static Object annotations(Context context, List<Module.Annotation> annotations) {
        BslObject table = table(context, "Имя", "Параметры");
        for (Module.Annotation annotation : annotations) {
            BslObject row = (BslObject) context.invoke(table, "Добавить");
            context.set(row, "Имя", annotation.name());
            BslObject params = table(context, "Имя", "Значение");
            for (Module.AnnotationParam param : annotation.params()) {
                BslObject paramRow = (BslObject) context.invoke(params, "Добавить");
                context.set(paramRow, "Имя", param.name().isEmpty() ? Empty.UNDEFINED : param.name());
                context.set(paramRow, "Значение", param.value());
            }
            context.set(row, "Параметры", params);
        }
        return table;
    }

    private static Object properties(Call call) {
        Context context = call.context();
        BslObject table = table(context, "Имя", "Аннотации", "Экспорт");
        Type type = typeOf(call);
        for (Property property : PropertyNames.declared(type)) {
            boolean script = property instanceof ScriptClass.VariableProperty;
            List<Module.Annotation> annotations =
                    script ? ((ScriptClass.VariableProperty) property).annotations() : List.of();
            addProperty(context, table, property.russian(), annotations, true);
        }
        if (call.flag(1, false) && type instanceof ScriptClass script) {
            script.module().variables().stream()
                    .filter(variable -> !variable.exported())
                    .forEach(variable -> addProperty(context, table, variable.name(), variable.annotations(), false));
        }
        if (call.value(0) instanceof BslObject object && !(object instanceof ModuleInstance)) {
            object.dynamicNames().forEach(name -> addProperty(context, table, name, List.of(), true));
        }
        return table;
    }

    private static void addProperty(
            Context context, BslObject table, String name, List<Module.Annotation> annotations, boolean exported) {
        BslObject row = (BslObject) context.invoke(table, "Добавить");
        context.set(row, "Имя", name);
        context.set(row, "Аннотации", annotations(context, annotations));
        context.set(row, "Экспорт", exported);
    }

    private static Object types(Call call) {
        Context context = call.context();
        BslObject table = table(context, "Имя", "Значение", "Примитивный", "Пользовательский");
        for (Type type : Machine.of(call).types()) {
            BslObject row = (BslObject) context.invoke(table, "Добавить");
            context.set(row, "Имя", Values.toText(type));
            context.set(row, "Значение", type);
            context.set(row, "Примитивный", type instanceof PrimitiveType);
            context.set(row, "Пользовательский", type instanceof ScriptClass);
        }
        return table;
    }

    private static BslObject table(Context context, String... columns) {
        BslObject table = (BslObject) context.create("ТаблицаЗначений");
        BslObject list = (BslObject) context.get(table, "Колонки");
        for (String column : columns) {
            context.invoke(list, "Добавить", column);
        }
        return table;
    }
}
