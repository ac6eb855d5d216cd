package dev.tramway.onescript.internal.library.regex;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.NativeType;

/** СовпадениеРегулярногоВыражения: one place where the pattern was found; places are counted from 0. */
final class RegexMatch extends BslObject {
    static final NativeType TYPE = NativeType.declare(RegexMatch.class, "СовпадениеРегулярногоВыражения", "RegExMatch")
            .requires(Permission.PURE)
            .property("Значение", "Value", self -> self.found.value(0))
            .property("Индекс", "Index", self -> (long) self.found.start())
            .property("Длина", "Length", self -> (long) self.found.end() - self.found.start())
            .property("Группы", "Groups", self -> new RegexGroups(self.found))
            .build();

    private final Found found;

    RegexMatch(Found found) {
        this.found = found;
    }

    @Override
    public NativeType type() {
        return TYPE;
    }
}
