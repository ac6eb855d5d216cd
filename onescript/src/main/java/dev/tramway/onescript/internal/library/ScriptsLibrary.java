package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Library;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.runtime.Machine;
import dev.tramway.onescript.internal.syntax.Source;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Names;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Scripts that load scripts, and what they know of themselves. */
final class ScriptsLibrary {
    private ScriptsLibrary() {}

    static void declare(Library.Builder library) {
        library.type(BslAction.TYPE)
                .type(BslReflector.TYPE)
                .type(ScriptInfo.TYPE)
                .requires(Permission.LOAD_SCRIPTS)
                .procedure("ПодключитьСценарий", "AttachScript", Params.of(2), ScriptsLibrary::attach)
                .function("ЗагрузитьСценарий", "LoadScript", Params.of(1, 2), ScriptsLibrary::load)
                .procedure("ДобавитьКласс", "AddClass", Params.of(2), ScriptsLibrary::attach)
                .procedure("ДобавитьМодуль", "AddModule", Params.of(2), ScriptsLibrary::addModule)
                .requires(Permission.EVALUATE)
                .function(
                        "ЗагрузитьСценарийИзСтроки",
                        "LoadScriptFromString",
                        Params.of(1, 2),
                        ScriptsLibrary::fromString)
                .requires(Permission.COMPONENTS)
                .function("ПодключитьВнешнююКомпоненту", "AttachAddIn", Params.of(1, 3), ScriptsLibrary::component)
                .requires(Permission.PURE)
                .function(
                        "ТекущийСценарий",
                        "CurrentScript",
                        Params.NONE,
                        call -> new ScriptInfo(call.context().script()))
                .function(
                        "СтартовыйСценарий",
                        "EntryScript",
                        Params.NONE,
                        call -> new ScriptInfo(call.context().engine().script()));
    }

    private static Source read(Call call) {
        String name = call.text(0);
        call.context().require(Permission.LOAD_SCRIPTS, name);
        Path file = call.context().engine().directory().resolve(name.replace('\\', '/'));
        return Machine.of(call).loader().read(file.normalize());
    }

    private static String name(Call call) {
        String name = call.text(1);
        if (!Names.isIdentifier(name)) {
            throw Errors.badArgument(2);
        }
        return name;
    }

    private static void attach(Call call) {
        Machine.of(call).loader().attach(read(call), name(call));
    }

    private static void addModule(Call call) {
        Machine.of(call).addModule(name(call), read(call));
    }

    private static Object load(Call call) {
        return Machine.of(call).loader().load(read(call), context(call));
    }

    private static Object fromString(Call call) {
        Source source = new Source("<string>", null, call.text(0));
        return Machine.of(call).loader().load(source, context(call));
    }

    /** The keys of the structure become names in the script. */
    private static Map<String, Object> context(Call call) {
        Map<String, Object> names = new LinkedHashMap<>();
        if (call.value(1) instanceof BslObject structure) {
            for (String name : PropertyNames.of(structure)) {
                names.put(name, call.context().get(structure, name));
            }
        }
        return names;
    }

    /** Only components that are part of this library are known, by the name of their file. */
    private static Object component(Call call) {
        String file = call.text(0);
        call.context().require(Permission.COMPONENTS, file);
        if (!call.context().engine().attach(file)) {
            throw Errors.of("Внешняя компонента не известна: " + file, "Unknown component: " + file);
        }
        return true;
    }

    /** ИнформацияОСценарии. */
    private static final class ScriptInfo extends BslObject {
        static final NativeType TYPE = NativeType.declare(ScriptInfo.class, "ИнформацияОСценарии", "ScriptInformation")
                .requires(Permission.PURE)
                .property("Источник", "Source", self -> text(self.file))
                .property("Каталог", "Path", self -> text(self.file == null ? null : self.file.getParent()))
                .build();

        private final @Nullable Path file;

        ScriptInfo(@Nullable Path file) {
            this.file = file == null ? null : file.toAbsolutePath();
        }

        private static Object text(@Nullable Path path) {
            return path == null ? "" : path.toString();
        }

        @Override
        public NativeType type() {
            return TYPE;
        }
    }
}
