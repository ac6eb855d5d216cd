package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Enumeration;
import dev.tramway.onescript.internal.bind.Library;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.file.FileNames;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Names;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** ДобавитьМакет, ПолучитьМакет: files of a library that its scripts find by a name. */
final class Templates implements AutoCloseable {
    private static final Enumeration KIND = new Enumeration("ТипМакета", "TemplateKind");
    private static final Enumeration.Value FILE = KIND.value("Файл", "File");
    private static final Enumeration.Value BINARY_DATA = KIND.value("ДвоичныеДанные", "BinaryData");

    private final Map<String, Template> templates = new ConcurrentHashMap<>();

    private record Template(Path file, Enumeration.Value kind) {}

    static void declare(Library.Builder library) {
        library.enumeration(KIND)
                .requires(Permission.READ_FILES)
                .procedure("ДобавитьМакет", "AddTemplate", Params.of(2, 3), Templates::add)
                .function("ПолучитьМакет", "GetTemplate", Params.of(1), Templates::get);
    }

    private static Templates of(Call call) {
        return call.context().engine().resource(Templates.class, Templates::new);
    }

    private static void add(Call call) {
        Path file = FileNames.readable(call.context(), call.text(0));
        Enumeration.Value kind = call.as(2, Enumeration.Value.class, FILE);
        if (kind != FILE && kind != BINARY_DATA) {
            throw Errors.badArgumentType(3);
        }
        of(call).templates.put(Names.key(call.text(1)), new Template(file, kind));
    }

    /** Returns the name of the file, or its bytes. */
    private static Object get(Call call) {
        Template template = of(call).templates.get(Names.key(call.text(0)));
        if (template == null) {
            throw Errors.of("Макет не найден: " + call.text(0), "Template not found: " + call.text(0));
        }
        String file = template.file.toString();
        return template.kind == FILE ? file : call.context().create("ДвоичныеДанные", file);
    }

    @Override
    public void close() {
        templates.clear();
    }
}
