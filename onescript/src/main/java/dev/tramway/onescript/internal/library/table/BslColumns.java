package dev.tramway.onescript.internal.library.table;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslCollection;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.types.BslTypeDescription;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Names;
import dev.tramway.onescript.internal.value.Numbers;
import dev.tramway.onescript.internal.value.ScriptError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns of a table or a tree, in their order, found by name, number or as themselves. */
final class BslColumns extends BslCollection {
    static final NativeType OF_TABLE = members("КоллекцияКолонокТаблицыЗначений", "ValueTableColumnCollection")
            .build();
    static final NativeType OF_TREE = members("КоллекцияКолонокДереваЗначений", "ValueTreeColumnCollection")
            .build();

    private final boolean tree;
    private final List<BslColumn> columns = new ArrayList<>();
    private final Map<String, BslColumn> byName = new HashMap<>();
    private int slots;
    private long changes;

    BslColumns(boolean tree) {
        this.tree = tree;
    }

    private static NativeType.Builder<BslColumns> members(String russian, String english) {
        return NativeType.declare(BslColumns.class, russian, english)
                .requires(Permission.PURE)
                .function("Добавить", "Add", Params.of(1, 4), (self, call) -> self.insert(self.size(), call, 0))
                .function("Вставить", "Insert", Params.of(2, 5), (self, call) -> self.insert(call.integer(0), call, 1))
                .function("Индекс", "IndexOf", Params.of(1), (self, call) -> (long) self.indexOf(call.value(0)))
                .function("Количество", "Count", self -> (long) self.size())
                .function("Найти", "Find", Params.of(1), (self, call) -> self.find(call.text(0)))
                .procedure("Удалить", "Delete", Params.of(1), (self, call) -> self.remove(self.column(call.value(0))))
                .function("Получить", "Get", Params.of(1), (self, call) -> self.column(call.value(0)))
                .procedure("Очистить", "Clear", Params.NONE, (self, call) -> self.clear())
                .procedure(
                        "Сдвинуть",
                        "Move",
                        Params.of(2),
                        (self, call) -> Moves.move(
                                self.columns, self.columns.indexOf(self.column(call.value(0))), call.integer(1)));
    }

    boolean isTree() {
        return tree;
    }

    /** Notes that rows, their order or their values have changed. */
    void touch() {
        changes++;
    }

    /** Returns how often that was. */
    long changes() {
        return changes;
    }

    /** Returns how many places a row needs. */
    int slots() {
        return slots;
    }

    List<BslColumn> all() {
        return columns;
    }

    private BslColumn insert(int index, Call call, int from) {
        BslTypeDescription type = call.as(from + 1, BslTypeDescription.class, BslTypeDescription.ANY);
        return insert(index, call.text(from), type, call.text(from + 2, ""), call.integer(from + 3, 0));
    }

    private BslColumn insert(int index, String name, BslTypeDescription type, String title, int width) {
        if (index < 0 || index > columns.size()) {
            throw Errors.indexOutOfRange();
        }
        checkNew(name);
        BslColumn column = new BslColumn(this, slots++, name, type, title, width);
        columns.add(index, column);
        byName.put(Names.key(name), column);
        return column;
    }

    private void checkNew(String name) {
        if (!Names.isIdentifier(name) || byName.containsKey(Names.key(name))) {
            throw wrongName(name);
        }
    }

    private static ScriptError wrongName(String name) {
        return Errors.of("Неверное имя колонки " + name, "Wrong name of column " + name);
    }

    /** Adds a column that is like one of another table. */
    BslColumn addLike(BslColumn model) {
        return insert(size(), model.name(), model.valueType(), model.title(), model.width());
    }

    /** Keeps the names right when one changes. */
    void renamed(BslColumn column, String name) {
        if (byName.get(Names.key(name)) != column) {
            checkNew(name);
        }
        byName.remove(Names.key(column.name()));
        byName.put(Names.key(name), column);
    }

    private void remove(BslColumn column) {
        columns.remove(column);
        byName.remove(Names.key(column.name()));
    }

    private void clear() {
        columns.clear();
        byName.clear();
    }

    /** Keeps only these columns, in this order. */
    void keep(List<BslColumn> kept) {
        List<BslColumn> order = List.copyOf(kept);
        clear();
        for (BslColumn column : order) {
            columns.add(column);
            byName.put(Names.key(column.name()), column);
        }
    }

    @Nullable
    BslColumn named(String key) {
        return byName.get(key);
    }

    private Object find(String name) {
        BslColumn column = named(Names.key(name));
        return column == null ? Empty.UNDEFINED : column;
    }

    private int indexOf(Object column) {
        return column instanceof BslColumn known ? columns.indexOf(known) : -1;
    }

    /** Returns the column that a script means by a name, a number or the column itself. */
    BslColumn column(Object index) {
        if (index instanceof BslColumn column && columns.contains(column)) {
            return column;
        }
        if (index instanceof String name) {
            BslColumn column = named(Names.key(name.strip()));
            if (column == null) {
                throw wrongName(name.strip());
            }
            return column;
        }
        if (!Numbers.isNumber(index)) {
            throw Errors.badArgumentType();
        }
        int number = Numbers.toInt(index);
        if (number < 0 || number >= columns.size()) {
            throw Errors.indexOutOfRange();
        }
        return columns.get(number);
    }

    /** Returns the columns of a list of names divided by commas; all where it is empty. */
    List<BslColumn> listed(String names) {
        return names.isBlank() ? List.copyOf(columns) : exactly(names);
    }

    /** Returns the columns of a list of names divided by commas. */
    List<BslColumn> exactly(String names) {
        List<BslColumn> found = new ArrayList<>();
        for (String name : names.split(",", -1)) {
            if (!name.isBlank()) {
                found.add(column(name));
            }
        }
        return found;
    }

    @Override
    public NativeType type() {
        return tree ? OF_TREE : OF_TABLE;
    }

    @Override
    public int size() {
        return columns.size();
    }

    @Override
    public Object at(Object index) {
        return column(index);
    }

    @Override
    public @Nullable Object dynamic(String key) {
        return named(key);
    }

    @Override
    public List<String> dynamicNames() {
        return columns.stream().map(BslColumn::name).toList();
    }

    @Override
    public Iterator<Object> elements() {
        return List.<Object>copyOf(columns).iterator();
    }
}
