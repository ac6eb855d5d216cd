package dev.tramway.onescript.internal.library.table;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.BslArray;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ДеревоЗначений: rows with rows below them, all with the same columns. */
public final class BslTree extends BslObject {
    /** Some methods go down by calling themselves, which must not overflow the stack of a thread. */
    private static final long MAX_LEVELS = 10_000;

    public static final NativeType TYPE = NativeType.declare(BslTree.class, "ДеревоЗначений", "ValueTree")
            .requires(Permission.PURE)
            .constructor(Params.NONE, call -> new BslTree())
            .property("Колонки", "Columns", self -> self.columns)
            .property("Строки", "Rows", self -> self.rows)
            .function("Скопировать", "Copy", Params.of(0, 2), BslTree::copy)
            .build();

    private final BslColumns columns = new BslColumns(true);
    private final Rows rows = new Rows(this, null);

    BslTree() {}

    @Override
    public NativeType type() {
        return TYPE;
    }

    @Override
    public boolean isFilled() {
        return rows.size() > 0;
    }

    /** Copies all rows, or those given with all below them. */
    private Object copy(Call call) {
        List<BslColumn> wanted = columns.listed(call.text(1));
        List<Row> chosen = rows.rows();
        if (call.given(0)) {
            chosen = call.value(0) instanceof BslArray array
                    ? array.values().stream().map(BslTree::row).toList()
                    : rows.matching(call, 0, true);
        }
        BslTree copy = new BslTree();
        wanted.forEach(copy.columns::addLike);
        copyRows(call, chosen, wanted, copy.rows);
        return copy;
    }

    private static Row row(Object given) {
        if (given instanceof Row row) {
            return row;
        }
        throw Errors.badArgumentType(1);
    }

    private static void copyRows(Call call, List<Row> from, List<BslColumn> wanted, Rows to) {
        call.context().work(1 + from.size());
        call.context().grow(64L * from.size() * Math.max(1, wanted.size()));
        for (Row row : from) {
            Row added = to.add();
            for (int i = 0; i < wanted.size(); i++) {
                added.set(to.columns().all().get(i), row.get(wanted.get(i)));
            }
            copyRows(call, row.rows.rows(), wanted, added.rows);
        }
    }

    /** КоллекцияСтрокДереваЗначений: the rows below one, or the topmost. */
    static final class Rows extends BslRows<Row> {
        static final NativeType TYPE = BslRows.members(
                        NativeType.declare(Rows.class, "КоллекцияСтрокДереваЗначений", "ValueTreeRowCollection")
                                .requires(Permission.PURE))
                .property("Родитель", "Parent", Rows::parent)
                .function("Владелец", "Owner", self -> self.tree)
                .function("Итог", "Total", Params.of(1, 2), (self, call) -> self.total(call, call.flag(1, false)))
                .function("Найти", "Find", Params.of(1, 3), (self, call) -> self.find(call, call.flag(2, false)))
                .function(
                        "НайтиСтроки",
                        "FindRows",
                        Params.of(1, 2),
                        (self, call) -> self.findRows(call, call.flag(1, false)))
                .procedure(
                        "Сортировать",
                        "Sort",
                        Params.of(1, 3),
                        (self, call) -> self.sort(call, self.order(call), call.flag(1, false)))
                .build();

        private final BslTree tree;
        private final @Nullable Row parent;
        private final long level;

        private Rows(BslTree tree, @Nullable Row parent) {
            super(Row.class, tree.columns);
            this.tree = tree;
            this.parent = parent;
            this.level = parent == null ? 0 : parent.siblings.level + 1;
        }

        private Object parent() {
            return parent == null ? Empty.UNDEFINED : parent;
        }

        @Override
        Row newRow() {
            return new Row(this);
        }

        @Override
        List<Row> rows(boolean deep) {
            if (!deep) {
                return rows();
            }
            List<Row> all = new ArrayList<>();
            collect(all);
            return all;
        }

        private void collect(List<Row> all) {
            for (Row row : rows()) {
                all.add(row);
                row.rows.collect(all);
            }
        }

        private void sort(Call call, Comparator<BslRow> order, boolean deep) {
            sort(call, order);
            if (deep) {
                rows().forEach(row -> row.rows.sort(call, order, true));
            }
        }

        @Override
        public NativeType type() {
            return TYPE;
        }
    }

    /** СтрокаДереваЗначений. */
    static final class Row extends BslRow {
        static final NativeType TYPE = NativeType.declare(Row.class, "СтрокаДереваЗначений", "ValueTreeRow")
                .requires(Permission.PURE)
                .property("Родитель", "Parent", self -> self.siblings.parent())
                .property("Строки", "Rows", self -> self.rows)
                .function("Владелец", "Owner", self -> self.siblings.tree)
                .function("Количество", "Count", self -> (long) self.size())
                .function("Получить", "Get", Params.of(1), (self, call) -> self.at(call.value(0)))
                .procedure("Установить", "Set", Params.of(2), (self, call) -> self.setAt(call.value(0), call.value(1)))
                .function("Уровень", "Level", self -> self.siblings.level)
                .build();

        private final Rows siblings;
        private final Rows rows;

        private Row(Rows siblings) {
            super(siblings.columns());
            if (siblings.level >= MAX_LEVELS) {
                throw Errors.of("Слишком много уровней дерева", "The tree has too many levels");
            }
            this.siblings = siblings;
            this.rows = new Rows(siblings.tree, this);
        }

        @Override
        public NativeType type() {
            return TYPE;
        }
    }
}
