package dev.tramway.onescript.internal.library.table;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.library.types.BslTypeDescription;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Numbers;
import dev.tramway.onescript.internal.value.Values;

/** A column of a table or a tree. */
final class BslColumn extends BslObject {
    static final NativeType OF_TABLE = declare("КолонкаТаблицыЗначений", "ValueTableColumn");
    static final NativeType OF_TREE = declare("КолонкаДереваЗначений", "ValueTreeColumn");

    private final BslColumns owner;
    private final int slot;
    private final BslTypeDescription valueType;
    private String name;
    private String title;
    private int width;

    /** A column whose values are at that place of each row, which never changes. */
    BslColumn(BslColumns owner, int slot, String name, BslTypeDescription valueType, String title, int width) {
        this.owner = owner;
        this.slot = slot;
        this.name = name;
        this.valueType = valueType;
        this.title = title;
        this.width = width;
    }

    private static NativeType declare(String russian, String english) {
        return NativeType.declare(BslColumn.class, russian, english)
                .requires(Permission.PURE)
                .property("Имя", "Name", BslColumn::name, (self, value) -> self.rename(Values.toText(value)))
                .property("Заголовок", "Title", BslColumn::title, (self, value) -> self.title = Values.toText(value))
                .property("ТипЗначения", "ValueType", BslColumn::valueType)
                .property(
                        "Ширина",
                        "Width",
                        self -> (long) self.width,
                        (self, value) -> self.width = Numbers.toInt(Values.toNumber(value)))
                .build();
    }

    private void rename(String to) {
        owner.renamed(this, to);
        name = to;
    }

    int slot() {
        return slot;
    }

    String name() {
        return name;
    }

    /** Returns the title, which is the name unless it was given. */
    String title() {
        return title.isEmpty() ? name : title;
    }

    int width() {
        return width;
    }

    BslTypeDescription valueType() {
        return valueType;
    }

    /** Returns the value of the column in a new row. */
    Object initial() {
        return valueType.adjust(Empty.UNDEFINED);
    }

    @Override
    public NativeType type() {
        return owner.isTree() ? OF_TREE : OF_TABLE;
    }
}
