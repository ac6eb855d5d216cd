package dev.tramway.onescript.internal.library.table;

import dev.tramway.onescript.internal.bind.Library;

/** Lists, tables and trees of values. */
public final class TablesLibrary {
    private TablesLibrary() {}

    /** Declares the types and enumerations. */
    public static void declare(Library.Builder library) {
        library.type(BslList.TYPE)
                .type(BslList.Item.TYPE)
                .type(BslTable.TYPE)
                .type(BslTable.Row.TYPE)
                .type(BslTree.TYPE)
                .type(BslTree.Rows.TYPE)
                .type(BslTree.Row.TYPE)
                .type(BslColumns.OF_TABLE)
                .type(BslColumns.OF_TREE)
                .type(BslColumn.OF_TABLE)
                .type(BslColumn.OF_TREE)
                .type(BslIndexes.TYPE)
                .type(BslIndexes.Index.TYPE)
                .enumeration(ValueOrder.DIRECTION);
    }
}
