package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Values;

/** КлючИЗначение: what iterating over a structure or a map gives. */
public final class BslKeyAndValue extends BslObject {
    public static final NativeType TYPE = NativeType.declare(BslKeyAndValue.class, "КлючИЗначение", "KeyAndValue")
            .requires(Permission.PURE)
            .property("Ключ", "Key", self -> self.key)
            .property("Значение", "Value", self -> self.value)
            .build();

    private final Object key;
    private final Object value;

    public BslKeyAndValue(Object key, Object value) {
        this.key = key;
        this.value = value;
    }

    public Object key() {
        return key;
    }

    public Object value() {
        return value;
    }

    @Override
    public NativeType type() {
        return TYPE;
    }

    @Override
    public Object at(Object index) {
        if (Values.equal(index, 0L)) {
            return key;
        }
        if (Values.equal(index, 1L)) {
            return value;
        }
        throw Errors.indexOutOfRange();
    }
}
