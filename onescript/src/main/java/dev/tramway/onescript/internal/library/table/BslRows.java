package dev.tramway.onescript.internal.library.table;

import dev.tramway.onescript.internal.bind.BslCollection;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.BslArray;
import dev.tramway.onescript.internal.library.BslKeyAndValue;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Names;
import dev.tramway.onescript.internal.value.Numbers;
import dev.tramway.onescript.internal.value.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows with common columns: a table, or one level of a tree.
 *
 * @param <R> kind of row
 */
abstract class BslRows<R extends BslRow> extends BslCollection {
    private static final long ROW = 48;
    private static final long CELL = 16;

    private final Class<R> kind;
    private final BslColumns columns;
    private final ArrayList<R> rows = new ArrayList<>();

    BslRows(Class<R> kind, BslColumns columns) {
        this.kind = kind;
        this.columns = columns;
    }

    /** Declares what tables and levels of trees have in common, except where trees may include what is below. */
    static <T extends BslRows<?>> NativeType.Builder<T> members(NativeType.Builder<T> type) {
        return type.function("Количество", "Count", self -> (long) self.size())
                .function("Добавить", "Add", Params.NONE, (self, call) -> self.insert(self.size(), call))
                .function("Вставить", "Insert", Params.of(1), (self, call) -> self.insert(call.integer(0), call))
                .procedure("Удалить", "Delete", Params.of(1), (self, call) -> self.delete(call.value(0)))
                .procedure("ЗагрузитьКолонку", "LoadColumn", Params.of(2), (self, call) -> self.loadColumn(call))
                .function("ВыгрузитьКолонку", "UnloadColumn", Params.of(1), (self, call) -> self.unloadColumn(call))
                .function("Индекс", "IndexOf", Params.of(1), (self, call) -> (long) self.indexOf(call.value(0)))
                .procedure("Очистить", "Clear", Params.NONE, (self, call) -> self.replace(List.of()))
                .function("Получить", "Get", Params.of(1), (self, call) -> self.row(call.value(0)))
                .procedure("Сдвинуть", "Move", Params.of(2), (self, call) -> self.move(call))
                .function("ВыбратьСтроку", "ChooseRow", Params.of(0, 2), (self, call) -> {
                    throw Errors.of("Метод не поддерживается: нет окон", "The method is not supported: no windows");
                });
    }

    abstract R newRow();

    final BslColumns columns() {
        return columns;
    }

    /** Returns the rows, to be read only. */
    final List<R> rows() {
        return rows;
    }

    /** Makes these the rows. */
    final void replace(Collection<? extends R> others) {
        columns.touch();
        rows.clear();
        rows.addAll(others);
    }

    /** Returns the rows, with those below them if there are and it is wanted. */
    List<R> rows(boolean deep) {
        return rows;
    }

    /** Returns the rows that may have these values, in their order: no fewer than have them. */
    List<R> candidates(Call call, Map<BslColumn, Object> wanted, boolean deep) {
        return rows(deep);
    }

    final R add() {
        R row = newRow();
        columns.touch();
        rows.add(row);
        return row;
    }

    final Object insert(int index, Call call) {
        if (index < 0 || index > rows.size()) {
            throw Errors.indexOutOfRange();
        }
        call.context().grow(ROW + CELL * columns.size());
        R row = newRow();
        columns.touch();
        rows.add(index, row);
        return row;
    }

    /** Returns the row that a script means by its number or itself. */
    final R row(Object index) {
        if (kind.isInstance(index)) {
            R row = kind.cast(index);
            if (indexOf(row) < 0) {
                throw Errors.of("Строка не принадлежит таблице значений", "The row belongs to another table");
            }
            return row;
        }
        if (!Numbers.isNumber(index)) {
            throw Errors.badArgumentType();
        }
        int number = Numbers.toInt(index);
        if (number < 0 || number >= rows.size()) {
            throw Errors.indexOutOfRange();
        }
        return rows.get(number);
    }

    /** Rows are equal only to themselves. */
    final int indexOf(Object row) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i) == row) {
                return i;
            }
        }
        return -1;
    }

    private int place(Object row) {
        return indexOf(row(row));
    }

    final void delete(Object row) {
        int place = place(row);
        columns.touch();
        rows.remove(place);
    }

    final void move(Call call) {
        columns.touch();
        Moves.move(rows, place(call.value(0)), call.integer(1));
    }

    final void loadColumn(Call call) {
        Iterator<Object> values = call.as(0, BslObject.class).elements();
        BslColumn column = columns.column(call.value(1));
        Iterator<R> all = rows.iterator();
        while (values.hasNext() && all.hasNext()) {
            call.context().work(1);
            all.next().set(column, values.next());
        }
    }

    final Object unloadColumn(Call call) {
        BslColumn column = columns.column(call.value(0));
        call.context().work(rows.size());
        call.context().grow(CELL * rows.size());
        BslArray values = new BslArray();
        rows.forEach(row -> values.add(row.get(column)));
        return values;
    }

    /** Returns the sum of the numbers in a column; Неопределено where there are none. */
    final Object total(Call call, boolean deep) {
        BslColumn column = columns.column(call.value(0));
        Object sum = Empty.UNDEFINED;
        for (R row : rows(deep)) {
            call.context().work(1);
            sum = plus(sum, row.get(column));
        }
        return sum;
    }

    static Object plus(Object sum, Object value) {
        if (!Numbers.isNumber(value)) {
            return sum;
        }
        return Numbers.isNumber(sum) ? Numbers.add(sum, value) : value;
    }

    /** Returns the first row that has the value in one of the columns named, or Неопределено. */
    final Object find(Call call, boolean deep) {
        List<BslColumn> among = columns.listed(call.text(1));
        List<R> where = among.size() == 1 ? candidates(call, Map.of(among.get(0), call.value(0)), deep) : rows(deep);
        for (R row : where) {
            call.context().work(among.size());
            for (BslColumn column : among) {
                if (Values.equal(row.get(column), call.value(0))) {
                    return row;
                }
            }
        }
        return Empty.UNDEFINED;
    }

    final Object findRows(Call call, boolean deep) {
        BslArray found = new BslArray(matching(call, 0, deep));
        call.context().grow(CELL * found.size());
        return found;
    }

    /** Returns the rows whose columns have the values of a structure. */
    final List<R> matching(Call call, int index, boolean deep) {
        Map<BslColumn, Object> wanted = new LinkedHashMap<>();
        call.as(index, BslObject.class).elements().forEachRemaining(field -> {
            if (!(field instanceof BslKeyAndValue pair)) {
                throw Errors.badArgumentType(index + 1);
            }
            wanted.put(columns.column(pair.at(0L)), pair.at(1L));
        });
        List<R> found = new ArrayList<>();
        for (R row : candidates(call, wanted, deep)) {
            call.context().work(1);
            if (wanted.entrySet().stream().allMatch(each -> Values.equal(row.get(each.getKey()), each.getValue()))) {
                found.add(row);
            }
        }
        return found;
    }

    /** Sorts by columns, each with its direction: "Имя, Возраст Убыв". Equal rows keep their order. */
    void sort(Call call, Comparator<BslRow> order) {
        call.context().work(sortingWork(rows.size()));
        columns.touch();
        rows.sort(order);
    }

    /** Returns about how many comparisons sorting takes. */
    static long sortingWork(int size) {
        return (long) size * (Integer.SIZE - Integer.numberOfLeadingZeros(size));
    }

    final Comparator<BslRow> order(Call call) {
        return Arrays.stream(call.text(0).split(",", -1))
                .map(rule -> rule(rule.strip()))
                .reduce(Comparator::thenComparing)
                .orElseThrow();
    }

    private Comparator<BslRow> rule(String rule) {
        String[] words = rule.split("\\s+", 2);
        BslColumn column = columns.column(words[0]);
        Comparator<BslRow> order = Comparator.comparing(row -> row.get(column), ValueOrder.ORDER);
        String direction = words.length == 1 ? "" : Names.key(words[1].strip());
        return switch (direction) {
            case "", "возр", "asc" -> order;
            case "убыв", "desc" -> order.reversed();
            default -> throw Errors.of("Неверное направление сортировки " + words[1], "Wrong direction " + words[1]);
        };
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public Object at(Object index) {
        return row(index);
    }

    /** Goes by index, so that rows may be added and removed meanwhile. */
    @Override
    public Iterator<Object> elements() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < rows.size();
            }

            @Override
            public Object next() {
                return rows.get(next++);
            }
        };
    }
}
