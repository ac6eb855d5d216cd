package dev.tramway.onescript.internal.component;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.bind.Type;

/** What ПолучитьСобытие returns: its method Выполнить calls the handler of the event that was taken. */
final class PendingEvent extends BslObject {
    static final NativeType TYPE = NativeType.declare(PendingEvent.class, "Действие", "Action")
            .requires(Permission.PURE)
            .function("Выполнить", "Execute", Params.NONE, (self, call) -> self.action.run(call.context()))
            .build();

    private final Action action;

    PendingEvent(Action action) {
        this.action = action;
    }

    @Override
    public Type type() {
        return TYPE;
    }
}
