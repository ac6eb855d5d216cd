package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.internal.bind.Library;
import dev.tramway.onescript.internal.bind.PrimitiveType;
import dev.tramway.onescript.internal.component.ComponentLibrary;
import dev.tramway.onescript.internal.library.binary.BinaryLibrary;
import dev.tramway.onescript.internal.library.file.FilesLibrary;
import dev.tramway.onescript.internal.library.json.JsonLibrary;
import dev.tramway.onescript.internal.library.net.NetLibrary;
import dev.tramway.onescript.internal.library.regex.RegexLibrary;
import dev.tramway.onescript.internal.library.system.HostLibrary;
import dev.tramway.onescript.internal.library.table.TablesLibrary;
import dev.tramway.onescript.internal.library.text.TextLibrary;
import dev.tramway.onescript.internal.library.types.TypeDescriptionsLibrary;
import java.util.List;
import java.util.function.Consumer;

/** All that scripts have without attaching or loading anything. */
public final class StandardLibrary {
    /** One line for each subject. */
    private static final List<Consumer<Library.Builder>> SUBJECTS = List.of(
            TypesLibrary::declare,
            StringsLibrary::declare,
            NumbersLibrary::declare,
            DatesLibrary::declare,
            SystemLibrary::declare,
            CollectionsLibrary::declare,
            ErrorsLibrary::declare,
            ScriptsLibrary::declare,
            Templates::declare,
            JobsLibrary::declare,
            MiscLibrary::declare,
            BinaryLibrary::declare,
            TextLibrary::declare,
            JsonLibrary::declare,
            RegexLibrary::declare,
            FilesLibrary::declare,
            HostLibrary::declare,
            NetLibrary::declare,
            ComponentLibrary::declare,
            TablesLibrary::declare,
            TypeDescriptionsLibrary::declare);

    private static final Library ALL = build();

    private StandardLibrary() {}

    private static Library build() {
        Library.Builder library = Library.builder();
        PrimitiveType.ALL.forEach(library::type);
        SUBJECTS.forEach(subject -> subject.accept(library));
        return library.build();
    }

    public static Library all() {
        return ALL;
    }
}
