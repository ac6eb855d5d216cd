package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.internal.bind.Library;

/** Arrays, structures, maps. */
final class CollectionsLibrary {
    private CollectionsLibrary() {}

    static void declare(Library.Builder library) {
        library.type(BslArray.TYPE).type(BslFixedArray.TYPE);
    }
}
