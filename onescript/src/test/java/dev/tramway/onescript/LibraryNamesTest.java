package dev.tramway.onescript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.onescript.internal.bind.Library;
import dev.tramway.onescript.internal.bind.Type;
import dev.tramway.onescript.internal.library.StandardLibrary;
import dev.tramway.onescript.internal.value.Names;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The library has what that of OneScript 1.9.2 has, and the component too, under both names; what it leaves out is said in the documentation. */
class LibraryNamesTest {
    private static final Library LIBRARY = StandardLibrary.all();

    /**
     * A line of the list.
     *
     * @param section the heading it is under
     * @param owner the type or enumeration it belongs to; empty for one itself, and for what is global
     * @param names in Russian and in English, or one for both
     */
    private record Entry(String section, String owner, List<String> names, boolean excluded) {
        @Override
        public String toString() {
            return (owner.isEmpty() ? "" : owner + ".") + String.join("/", names);
        }
    }

    private static List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        String section = "";
        String owner = "";
        try (InputStream file = Objects.requireNonNull(LibraryNamesTest.class.getResourceAsStream("names.txt"))) {
            for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(text -> !text.isBlank() && !text.startsWith("#"))
                    .toList()) {
                boolean excluded = line.strip().startsWith("-");
                List<String> names =
                        List.of(line.strip().replaceFirst("^- ?", "").split("/"));
                if (line.startsWith("[")) {
                    section = line;
                    owner = "";
                } else if (line.startsWith(" ")) {
                    entries.add(new Entry(section, owner, names, excluded));
                } else {
                    entries.add(new Entry(section, "", names, excluded));
                    owner = section.equals("[global]") ? "" : names.getFirst();
                }
            }
        }
        return entries;
    }

    /** Returns what both names mean, if that is the same; null where one of them means nothing. */
    private static @Nullable Object meaning(Entry entry, Function<String, @Nullable Object> find) {
        Object first = find.apply(Names.key(entry.names().getFirst()));
        Object last = find.apply(Names.key(entry.names().getLast()));
        return first == last ? first : null;
    }

    private static boolean isThere(Entry entry) {
        return switch (entry.section()) {
            case "[types]" -> isTypeOrMember(entry, LIBRARY::type);
            case "[component]" -> isTypeOrMember(entry, LibraryNamesTest::componentType);
            case "[enumerations]" -> entry.owner().isEmpty() ? meaning(entry, LIBRARY::global) != null : isValue(entry);
            default ->
                meaning(entry, LIBRARY::function) != null
                        || meaning(entry, LIBRARY::global) != null
                        || isOfLanguage(entry.names().getFirst());
        };
    }

    private static boolean isTypeOrMember(Entry entry, Function<String, @Nullable Type> types) {
        if (entry.owner().isEmpty()) {
            return meaning(entry, types::apply) != null;
        }
        Type type = types.apply(Names.key(entry.owner()));
        return type != null && (meaning(entry, type::method) != null || meaning(entry, type::property) != null);
    }

    /** Scripts can make the root object only: the others have one name, the one they print. */
    private static @Nullable Type componentType(String key) {
        return Objects.requireNonNull(LIBRARY.component("multithreadedtcpserver.dll")).stream()
                .filter(type -> Names.key(type.russian()).equals(key)
                        || Names.key(type.english()).equals(key))
                .findFirst()
                .orElse(null);
    }

    private static boolean isValue(Entry entry) {
        String enumeration = entry.owner() + ".";
        try {
            return Scripts.value(enumeration + entry.names().getFirst() + " = " + enumeration
                            + entry.names().getLast())
                    .equals("Да");
        } catch (ScriptException missing) {
            return false;
        }
    }

    /** Words that the compiler knows, and no library. */
    private static boolean isOfLanguage(String name) {
        return List.of("вычислить").contains(Names.key(name));
    }

    @Test
    void everyNameIsThereInBothLanguages() throws IOException {
        assertThat(entries())
                .hasSizeGreaterThan(700)
                .filteredOn(entry -> !entry.excluded() && !isThere(entry))
                .isEmpty();
    }

    @Test
    void whatIsLeftOutIsReallyNotThereAndIsDocumented() throws IOException {
        List<Entry> excluded = entries().stream().filter(Entry::excluded).toList();
        assertThat(excluded).filteredOn(LibraryNamesTest::isThere).isEmpty();
        String documentation = Files.readString(Path.of("../docs/onescript.md"));
        assertThat(excluded.stream().map(entry -> entry.names().getFirst()).collect(Collectors.toSet()))
                .allSatisfy(name -> assertThat(documentation).contains("`" + name));
    }
}
