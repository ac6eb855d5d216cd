package dev.tramway.onescript.internal.library.regex;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslCollection;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.library.BslArray;
import java.util.Iterator;
import java.util.List;

/** КоллекцияСовпаденийРегулярногоВыражения: all places where a pattern was found. */
final class RegexMatches extends BslCollection {
    static final NativeType TYPE = NativeType.declare(
                    RegexMatches.class, "КоллекцияСовпаденийРегулярногоВыражения", "RegExMatchCollection")
            .requires(Permission.PURE)
            .function("Количество", "Count", self -> (long) self.size())
            .build();

    private final List<Object> matches;

    RegexMatches(List<Found> found) {
        matches = found.stream().<Object>map(RegexMatch::new).toList();
    }

    @Override
    public NativeType type() {
        return TYPE;
    }

    @Override
    public int size() {
        return matches.size();
    }

    @Override
    public Object at(Object index) {
        return matches.get(BslArray.index(matches, index));
    }

    @Override
    public Iterator<Object> elements() {
        return matches.iterator();
    }
}
