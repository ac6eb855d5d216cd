package dev.tramway.onescript.internal.library.table;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslCollection;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Numbers;
import dev.tramway.onescript.internal.value.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * ИндексыКоллекции: which columns a script declares as searched often. Searches find the same with and without. An index is made
 * when the table is searched by it for the second time without a change in between: a table that changes between any two
 * searches is rather searched through.
 */
final class BslIndexes extends BslCollection {
    static final NativeType TYPE = NativeType.declare(BslIndexes.class, "ИндексыКоллекции", "CollectionIndexes")
            .requires(Permission.PURE)
            .function("Добавить", "Add", Params.of(1), (self, call) -> self.add(call.text(0)))
            .function("Количество", "Count", self -> (long) self.size())
            .procedure("Удалить", "Delete", Params.of(1), (self, call) -> self.indexes.remove(self.at(call.value(0))))
            .procedure("Очистить", "Clear", Params.NONE, (self, call) -> self.indexes.clear())
            .build();

    private final BslColumns columns;
    private final List<Index> indexes = new ArrayList<>();

    BslIndexes(BslColumns columns) {
        this.columns = columns;
    }

    private Index add(String names) {
        Index index = new Index(columns.exactly(names));
        indexes.add(index);
        return index;
    }

    /** Returns the rows of a table that may have these values, by an index if there is one for some of the columns. */
    List<BslTable.Row> candidates(Call call, Map<BslColumn, Object> wanted, List<BslTable.Row> all) {
        for (Index index : indexes) {
            if (wanted.keySet().containsAll(index.columns) && index.isOfUse(columns.changes())) {
                return index.find(call, wanted, all);
            }
        }
        return all;
    }

    @Override
    public NativeType type() {
        return TYPE;
    }

    @Override
    public int size() {
        return indexes.size();
    }

    @Override
    public Object at(Object index) {
        if (index instanceof Index own && indexes.contains(own)) {
            return own;
        }
        if (!Numbers.isNumber(index)) {
            throw Errors.badArgumentType();
        }
        int number = Numbers.toInt(index);
        if (number < 0 || number >= indexes.size()) {
            throw Errors.indexOutOfRange();
        }
        return indexes.get(number);
    }

    @Override
    public Iterator<Object> elements() {
        return List.<Object>copyOf(indexes).iterator();
    }

    /** ИндексКоллекции. */
    static final class Index extends BslObject {
        static final NativeType TYPE = NativeType.declare(Index.class, "ИндексКоллекции", "CollectionIndex")
                .requires(Permission.PURE)
                .build();

        private static final long NEVER = -1;
        private static final long ENTRY = 64;

        private final List<BslColumn> columns;
        private final Map<List<Object>, List<BslTable.Row>> rows = new HashMap<>();
        private long asked = NEVER;
        private long made = NEVER;

        private Index(List<BslColumn> columns) {
            this.columns = columns;
        }

        /** Tells whether the table was searched by it since it last changed. */
        private boolean isOfUse(long changes) {
            boolean again = asked == changes;
            asked = changes;
            return again;
        }

        private List<BslTable.Row> find(Call call, Map<BslColumn, Object> wanted, List<BslTable.Row> all) {
            if (made != asked) {
                call.context().work(all.size());
                call.context().grow(ENTRY * all.size());
                rows.clear();
                all.forEach(row -> rows.computeIfAbsent(key(row::get), none -> new ArrayList<>())
                        .add(row));
                made = asked;
            }
            return rows.getOrDefault(key(column -> wanted.getOrDefault(column, Empty.UNDEFINED)), List.of());
        }

        private List<Object> key(Function<BslColumn, Object> values) {
            return columns.stream().map(values).map(Values::key).toList();
        }

        @Override
        public NativeType type() {
            return TYPE;
        }

        @Override
        public Iterator<Object> elements() {
            return List.<Object>copyOf(columns).iterator();
        }
    }
}
