package dev.tramway.onescript.internal.library.table;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslCollection;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Numbers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** ИндексыКоллекции: which columns a script declares as searched often. Searches find the same with and without. */
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

        private final List<BslColumn> columns;

        private Index(List<BslColumn> columns) {
            this.columns = columns;
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
