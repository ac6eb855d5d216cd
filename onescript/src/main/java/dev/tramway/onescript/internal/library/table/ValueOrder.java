package dev.tramway.onescript.internal.library.table;

import dev.tramway.onescript.internal.bind.Enumeration;
import dev.tramway.onescript.internal.bind.Type;
import dev.tramway.onescript.internal.value.BslDate;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Numbers;
import dev.tramway.onescript.internal.value.Values;
import java.util.Comparator;

/** An order of all values, for sorting: first by kind, then among each other; objects by their texts. */
final class ValueOrder implements Comparator<Object> {
    static final ValueOrder ORDER = new ValueOrder();

    static final Enumeration DIRECTION = new Enumeration("НаправлениеСортировки", "SortDirection");
    static final Enumeration.Value ASCENDING = DIRECTION.value("Возр", "ASC");
    static final Enumeration.Value DESCENDING = DIRECTION.value("Убыв", "DESC");

    private ValueOrder() {}

    private static int rank(Object value) {
        return switch (value) {
            case Empty none -> none == Empty.UNDEFINED ? 0 : 1;
            case Boolean flag -> 2;
            case String text -> 4;
            case BslDate date -> 5;
            case Type type -> 6;
            default -> Numbers.isNumber(value) ? 3 : 7;
        };
    }

    @Override
    public int compare(Object left, Object right) {
        int kind = rank(left);
        int order = Integer.compare(kind, rank(right));
        if (order != 0 || kind < 2) {
            return order;
        }
        return kind < 6 ? Values.compare(left, right) : Values.compare(Values.toText(left), Values.toText(right));
    }
}
