package dev.tramway.onescript.internal.library.table;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.BslArray;
import dev.tramway.onescript.internal.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** ТаблицаЗначений. */
public final class BslTable extends BslRows<BslTable.Row> {
    public static final NativeType TYPE = BslRows.members(
                    NativeType.declare(BslTable.class, "ТаблицаЗначений", "ValueTable")
                            .requires(Permission.PURE))
            .constructor(Params.NONE, call -> new BslTable())
            .property("Колонки", "Columns", BslTable::columns)
            .property("Индексы", "Indexes", self -> self.indexes)
            .procedure("ЗаполнитьЗначения", "FillValues", Params.of(1, 2), BslTable::fill)
            .function("Итог", "Total", Params.of(1), (self, call) -> self.total(call, false))
            .function("Найти", "Find", Params.of(1, 2), (self, call) -> self.find(call, false))
            .function("НайтиСтроки", "FindRows", Params.of(1), (self, call) -> self.findRows(call, false))
            .procedure("Свернуть", "GroupBy", Params.of(1, 2), BslTable::group)
            .function(
                    "СкопироватьКолонки",
                    "CopyColumns",
                    Params.of(0, 1),
                    (self, call) -> self.copy(call, List.of(), self.columns().listed(call.text(0))))
            .function(
                    "Скопировать",
                    "Copy",
                    Params.of(0, 2),
                    (self, call) ->
                            self.copy(call, self.chosen(call), self.columns().listed(call.text(1))))
            .procedure("Сортировать", "Sort", Params.of(1, 2), (self, call) -> self.sort(call, self.order(call)))
            .build();

    private final BslIndexes indexes = new BslIndexes(columns());

    BslTable() {
        super(Row.class, new BslColumns(false));
    }

    @Override
    Row newRow() {
        return new Row(this);
    }

    @Override
    List<Row> candidates(Call call, Map<BslColumn, Object> wanted, boolean deep) {
        return indexes.candidates(call, wanted, rows());
    }

    private void fill(Call call) {
        for (BslColumn column : columns().listed(call.text(1))) {
            call.context().work(size());
            rows().forEach(row -> row.set(column, call.value(0)));
        }
    }

    /** Returns the rows given as an array, or those with the values of a structure, or all. */
    private List<Row> chosen(Call call) {
        if (!call.given(0)) {
            return rows();
        }
        if (call.value(0) instanceof BslArray array) {
            return array.values().stream().map(this::row).toList();
        }
        return call.as(0, BslObject.class) == this ? rows() : matching(call, 0, false);
    }

    private BslTable copy(Call call, List<Row> chosen, List<BslColumn> wanted) {
        call.context().work(chosen.size());
        call.context().grow(64L * chosen.size() * Math.max(1, wanted.size()));
        BslTable copy = new BslTable();
        wanted.forEach(copy.columns()::addLike);
        for (Row row : chosen) {
            Row added = copy.add();
            for (int i = 0; i < wanted.size(); i++) {
                added.set(copy.columns().all().get(i), row.get(wanted.get(i)));
            }
        }
        return copy;
    }

    /** Makes one row of all that have the same values in the first columns, with the sums of the others. */
    private void group(Call call) {
        List<BslColumn> keys = columns().exactly(call.text(0));
        List<BslColumn> sums = columns().exactly(call.text(1));
        Map<List<Object>, Row> groups = new LinkedHashMap<>();
        for (Row row : rows()) {
            call.context().work(1);
            List<Object> key = keys.stream().map(row::get).map(Values::key).toList();
            Row group = groups.putIfAbsent(key, row);
            if (group != null) {
                sums.forEach(column -> group.set(column, plus(group.get(column), row.get(column))));
            }
        }
        replace(groups.values());
        List<BslColumn> kept = new ArrayList<>(keys);
        kept.addAll(sums);
        columns().keep(kept);
    }

    @Override
    public NativeType type() {
        return TYPE;
    }

    /** СтрокаТаблицыЗначений. */
    static final class Row extends BslRow {
        static final NativeType TYPE = NativeType.declare(Row.class, "СтрокаТаблицыЗначений", "ValueTableRow")
                .requires(Permission.PURE)
                .function("Владелец", "Owner", self -> self.table)
                .function("Количество", "Count", self -> (long) self.size())
                .function("Получить", "Get", Params.of(1), (self, call) -> self.at(call.value(0)))
                .procedure("Установить", "Set", Params.of(2), (self, call) -> self.setAt(call.value(0), call.value(1)))
                .build();

        private final BslTable table;

        private Row(BslTable table) {
            super(table.columns());
            this.table = table;
        }

        @Override
        public NativeType type() {
            return TYPE;
        }
    }
}
