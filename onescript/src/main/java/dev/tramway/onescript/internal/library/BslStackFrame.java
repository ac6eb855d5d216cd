package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.value.ScriptError.Place;

/** КадрСтекаВызовов: where a method was when an error passed it. */
final class BslStackFrame extends BslObject {
    static final NativeType TYPE = NativeType.declare(BslStackFrame.class, "КадрСтекаВызовов", "CallStackFrame")
            .requires(Permission.PURE)
            .property("Метод", "Method", self -> self.place.method().isEmpty() ? "<тело модуля>" : self.place.method())
            .property("НомерСтроки", "LineNumber", self -> (long) self.place.line())
            .property("ИмяМодуля", "ModuleName", self -> self.place.module())
            .build();

    private final Place place;

    BslStackFrame(Place place) {
        this.place = place;
    }

    @Override
    public NativeType type() {
        return TYPE;
    }
}
