package dev.tramway.onescript.internal.library.regex;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.NativeType;

/** ГруппаРегулярногоВыражения: what a group found; an empty text at 0 where it took no part. */
final class RegexGroup extends BslObject {
    static final NativeType TYPE = NativeType.declare(RegexGroup.class, "ГруппаРегулярногоВыражения", "RegExGroup")
            .requires(Permission.PURE)
            .property("Значение", "Value", self -> self.value)
            .property("Индекс", "Index", self -> (long) self.index)
            .property("Длина", "Length", self -> (long) self.value.length())
            .property("Имя", "Name", self -> self.name)
            .build();

    private final String name;
    private final String value;
    private final int index;

    RegexGroup(String name, String value, int index) {
        this.name = name;
        this.value = value;
        this.index = index;
    }

    @Override
    public NativeType type() {
        return TYPE;
    }
}
