package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Method;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.runtime.Events;
import dev.tramway.onescript.internal.runtime.ThreadContext;

/** Действие: a method together with its object, called by Выполнить. */
public final class BslAction extends BslObject {
    public static final NativeType TYPE = NativeType.declare(BslAction.class, "Действие", "Action")
            .requires(Permission.PURE)
            .constructor(Params.of(2), call -> BslAction.of(call.as(0, BslObject.class), call.text(1)))
            .function("Выполнить", "Execute", Params.atLeast(0), BslAction::execute)
            .build();

    private final BslObject target;
    private final Method method;

    private BslAction(BslObject target, Method method) {
        this.target = target;
        this.method = method;
    }

    /** Finds the method, which in a module may also be one that is not exported. */
    public static BslAction of(BslObject target, String name) {
        return new BslAction(target, Events.find(target, name));
    }

    private Object execute(Call call) {
        return ((ThreadContext) call.context()).invoke(target, method, call.all());
    }

    @Override
    public NativeType type() {
        return TYPE;
    }
}
