package dev.tramway.onescript.internal.library.regex;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslCollection;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.BslArray;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** КоллекцияГруппРегулярногоВыражения: the groups of a match, the whole one first. */
final class RegexGroups extends BslCollection {
    static final NativeType TYPE = NativeType.declare(
                    RegexGroups.class, "КоллекцияГруппРегулярногоВыражения", "RegExGroupCollection")
            .requires(Permission.PURE)
            .function("Количество", "Count", self -> (long) self.size())
            .function("ПоИмени", "FromName", Params.of(1), (self, call) -> self.named(call.text(0)))
            .build();

    private final Found found;

    RegexGroups(Found found) {
        this.found = found;
    }

    /** Returns an empty group where no group has that name. */
    private Object named(String name) {
        List<GroupNumbers.Group> groups = found.groups();
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).name().equals(name)) {
                return group(i);
            }
        }
        return new RegexGroup(name, "", 0);
    }

    private Object group(int index) {
        return new RegexGroup(found.groups().get(index).name(), found.value(index), Math.max(0, found.start(index)));
    }

    @Override
    public NativeType type() {
        return TYPE;
    }

    @Override
    public int size() {
        return found.groups().size();
    }

    @Override
    public Object at(Object index) {
        return group(BslArray.index(found.groups(), index));
    }

    @Override
    public Iterator<Object> elements() {
        return IntStream.range(0, size()).mapToObj(this::group).iterator();
    }
}
