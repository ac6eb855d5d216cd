package dev.tramway.onescript.internal.component;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Type;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Values;

/** Действие of the component: an exported method of a script, and a value that it finds in the arguments of its event. */
final class Action extends BslObject {
    static final NativeType TYPE = NativeType.declare(Action.class, "МсДействие", "MsAction")
            .requires(Permission.PURE)
            .property("Сценарий", "Script", self -> self.script, (self, value) -> self.script = value)
            .property(
                    "ИмяМетода", "MethodName", self -> self.method, (self, value) -> self.method = Values.toText(value))
            .property("Параметр", "Parameter", self -> self.parameter, (self, value) -> self.parameter = value)
            .build();

    private volatile Object script;
    private volatile String method;
    private volatile Object parameter;

    Action(Call call) {
        script = call.value(0);
        method = call.text(1);
        parameter = call.value(2);
    }

    @Override
    public Type type() {
        return TYPE;
    }

    Object parameter() {
        return parameter;
    }

    /** Calls the method, which takes no arguments. */
    Object run(Context context) {
        if (!(script instanceof BslObject target)) {
            throw Errors.notAnObject();
        }
        return context.invoke(target, method);
    }
}
