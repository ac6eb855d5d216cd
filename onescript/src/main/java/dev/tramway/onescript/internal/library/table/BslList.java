package dev.tramway.onescript.internal.library.table;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslCollection;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.BslArray;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Numbers;
import dev.tramway.onescript.internal.value.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/** СписокЗначений: values with a text and a mark. */
public final class BslList extends BslCollection {
    public static final NativeType TYPE = NativeType.declare(BslList.class, "СписокЗначений", "ValueList")
            .requires(Permission.PURE)
            .constructor(Params.NONE, call -> new BslList())
            .function("Получить", "Get", Params.of(1), (self, call) -> self.at(call.value(0)))
            .function("Добавить", "Add", Params.of(0, 4), (self, call) -> self.insert(self.size(), call, 0))
            .function("Вставить", "Insert", Params.of(1, 5), (self, call) -> self.insert(call.integer(0), call, 1))
            .function(
                    "ВыгрузитьЗначения",
                    "UnloadValues",
                    self -> new BslArray(
                            self.items.stream().map(item -> item.value).toList()))
            .procedure("ЗагрузитьЗначения", "LoadValues", Params.of(1), BslList::load)
            .procedure("Очистить", "Clear", Params.NONE, (self, call) -> self.items.clear())
            .procedure("ЗаполнитьПометки", "FillChecks", Params.of(1), BslList::fillChecks)
            .function("Индекс", "IndexOf", Params.of(1), (self, call) -> (long) self.items.indexOf(call.value(0)))
            .function("НайтиПоЗначению", "FindByValue", Params.of(1), (self, call) -> self.find(call.value(0)))
            .procedure(
                    "Сдвинуть",
                    "Move",
                    Params.of(2),
                    (self, call) -> Moves.move(self.items, self.index(call.value(0)), call.integer(1)))
            .function("Скопировать", "Copy", Params.NONE, (self, call) -> self.copy(call))
            .procedure(
                    "СортироватьПоЗначению",
                    "SortByValue",
                    Params.of(0, 1),
                    (self, call) -> self.sort(call, Comparator.comparing(item -> item.value, ValueOrder.ORDER)))
            .procedure(
                    "СортироватьПоПредставлению",
                    "SortByPresentation",
                    Params.of(0, 1),
                    (self, call) -> self.sort(call, Comparator.comparing(item -> item.presentation, ValueOrder.ORDER)))
            .procedure("Удалить", "Delete", Params.of(1), (self, call) -> self.items.remove(self.index(call.value(0))))
            .function("Количество", "Count", self -> (long) self.size())
            .build();

    private static final long ITEM = 48;

    private final List<Item> items = new ArrayList<>();

    private Object insert(int index, Call call, int from) {
        if (index < 0 || index > items.size()) {
            throw Errors.indexOutOfRange();
        }
        call.context().grow(ITEM);
        Item item = new Item(call.value(from));
        item.presentation = call.text(from + 1);
        item.check = call.flag(from + 2, false);
        item.picture = call.value(from + 3);
        items.add(index, item);
        return item;
    }

    private void load(Call call) {
        List<Item> loaded = new ArrayList<>();
        call.as(0, BslObject.class).elements().forEachRemaining(value -> loaded.add(new Item(value)));
        call.context().grow(ITEM * loaded.size());
        items.clear();
        items.addAll(loaded);
    }

    private void fillChecks(Call call) {
        boolean check = call.flag(0);
        items.forEach(item -> item.check = check);
    }

    private Object find(Object value) {
        for (Item item : items) {
            if (Values.equal(item.value, value)) {
                return item;
            }
        }
        return Empty.UNDEFINED;
    }

    private Object copy(Call call) {
        call.context().work(size());
        call.context().grow(ITEM * size());
        BslList copy = new BslList();
        items.forEach(item -> copy.items.add(item.copy()));
        return copy;
    }

    private void sort(Call call, Comparator<Item> order) {
        Object direction = call.as(0, BslObject.class, ValueOrder.ASCENDING);
        call.context().work(BslRows.sortingWork(size()));
        items.sort(direction == ValueOrder.DESCENDING ? order.reversed() : order);
    }

    /** Returns the place of an element, given by its number or itself. */
    private int index(Object item) {
        int index = Numbers.isNumber(item) ? Numbers.toInt(item) : items.indexOf(item);
        if (index < 0 || index >= items.size()) {
            throw Errors.indexOutOfRange();
        }
        return index;
    }

    @Override
    public NativeType type() {
        return TYPE;
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public Object at(Object index) {
        return items.get(index(index));
    }

    /** Goes by index, so that elements may be added and removed meanwhile. */
    @Override
    public Iterator<Object> elements() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < items.size();
            }

            @Override
            public Object next() {
                return items.get(next++);
            }
        };
    }

    /** ЭлементСпискаЗначений. */
    static final class Item extends BslObject {
        static final NativeType TYPE = NativeType.declare(Item.class, "ЭлементСпискаЗначений", "ValueListItem")
                .requires(Permission.PURE)
                .property("Значение", "Value", self -> self.value, (self, value) -> self.value = value)
                .property(
                        "Представление",
                        "Presentation",
                        self -> self.presentation,
                        (self, value) -> self.presentation = Values.toText(value))
                .property("Пометка", "Check", self -> self.check, (self, value) -> self.check = Values.toBoolean(value))
                .property("Картинка", "Picture", self -> self.picture, (self, value) -> self.picture = value)
                .build();

        private Object value;
        private String presentation = "";
        private boolean check;
        private Object picture = Empty.UNDEFINED;

        private Item(Object value) {
            this.value = value;
        }

        private Item copy() {
            Item copy = new Item(value);
            copy.presentation = presentation;
            copy.check = check;
            copy.picture = picture;
            return copy;
        }

        @Override
        public NativeType type() {
            return TYPE;
        }

        @Override
        public String present() {
            return presentation.isEmpty() ? Values.toText(value) : presentation;
        }
    }
}
