package dev.tramway.onescript.internal.library.table;

import dev.tramway.onescript.internal.bind.BslCollection;
import dev.tramway.onescript.internal.value.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row: values of the columns, by name, number or column. */
abstract class BslRow extends BslCollection {
    private final BslColumns columns;
    /** By the slots of columns; absent where never assigned. */
    private @Nullable Object[] values;

    BslRow(BslColumns columns) {
        this.columns = columns;
        this.values = new Object[columns.slots()];
    }

    Object get(BslColumn column) {
        Object value = column.slot() < values.length ? values[column.slot()] : null;
        return value == null ? column.initial() : value;
    }

    void set(BslColumn column, Object value) {
        if (column.slot() >= values.length) {
            values = Arrays.copyOf(values, columns.slots());
        }
        values[column.slot()] = column.valueType().adjust(value);
        columns.touch();
    }

    @Override
    public int size() {
        return columns.size();
    }

    @Override
    public Object at(Object index) {
        return get(columns.column(index));
    }

    @Override
    public void setAt(Object index, Object value) {
        set(columns.column(index), value);
    }

    @Override
    public @Nullable Object dynamic(String key) {
        BslColumn column = columns.named(Names.key(key));
        return column == null ? null : get(column);
    }

    @Override
    public boolean setDynamic(String key, Object value) {
        BslColumn column = columns.named(Names.key(key));
        if (column == null) {
            return false;
        }
        set(column, value);
        return true;
    }

    @Override
    public List<String> dynamicNames() {
        return columns.dynamicNames();
    }

    @Override
    public Iterator<Object> elements() {
        List<Object> all = new ArrayList<>();
        columns.all().forEach(column -> all.add(get(column)));
        return all.iterator();
    }
}
