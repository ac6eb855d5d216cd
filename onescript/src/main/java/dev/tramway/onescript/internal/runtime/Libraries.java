package dev.tramway.onescript.internal.runtime;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.node.ModuleInstance;
import dev.tramway.onescript.internal.node.References;
import dev.tramway.onescript.internal.node.ScriptMethod;
import dev.tramway.onescript.internal.syntax.Module;
import dev.tramway.onescript.internal.syntax.Source;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Names;
import dev.tramway.onescript.internal.value.ScriptError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * #Использовать: finds directories of libraries and makes their files global modules and classes. Which file is what says the
 * library's lib.config, or a package-loader.os, or else the directory: Классы and Модули, or all files at the top are modules.
 */
final class Libraries {
    private static final String CONFIG = "lib.config";
    private static final String LOADER = "package-loader.os";
    private static final Pattern ENTRY = Pattern.compile("<(class|module)\\s+([^>]*)/?>");
    private static final Pattern ATTRIBUTE = Pattern.compile("(name|file)\\s*=\\s*\"([^\"]*)\"");

    private final Machine machine;
    private final Loader loader;
    private final Set<Path> loaded = new HashSet<>();

    Libraries(Machine machine, Loader loader) {
        this.machine = machine;
        this.loader = loader;
    }

    /** One thread at a time, so that nobody sees a library half loaded. */
    synchronized void use(Module.Use use, Source by) {
        machine.context().require(Permission.LOAD_SCRIPTS, use.name());
        Path found = use.path() ? byPath(use.name(), by) : byName(use.name(), by);
        if (found == null) {
            throw by.error(use.at(), "Библиотека не найдена: " + use.name(), "Library not found: " + use.name());
        }
        if (loaded.add(found)) {
            load(found);
        }
    }

    private @Nullable Path byPath(String name, Source by) {
        Path file = base(by).resolve(name.replace('\\', '/')).normalize();
        return Files.exists(file) ? file : null;
    }

    private Path base(Source by) {
        Path file = by.path();
        Path directory = file == null ? null : file.toAbsolutePath().getParent();
        return directory == null ? machine.directory() : directory;
    }

    private @Nullable Path byName(String name, Source by) {
        return Stream.concat(Stream.of(base(by).resolve("oscript_modules")), machine.settings().libraries().stream())
                .map(directory -> directory.resolve(name).normalize())
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(null);
    }

    private void load(Path library) {
        if (Files.isRegularFile(library)) {
            module(library, baseName(library));
        } else if (Files.exists(library.resolve(CONFIG))) {
            configured(library);
        } else if (Files.exists(library.resolve(LOADER))) {
            byLoader(library);
        } else {
            byDirectory(library);
        }
    }

    private void configured(Path library) {
        Matcher entry = ENTRY.matcher(loader.read(library.resolve(CONFIG)).text());
        List<Runnable> modules = new ArrayList<>();
        while (entry.find()) {
            String name = "";
            String file = "";
            Matcher attribute = ATTRIBUTE.matcher(entry.group(2));
            while (attribute.find()) {
                name = attribute.group(1).equals("name") ? attribute.group(2) : name;
                file = attribute.group(1).equals("file") ? attribute.group(2) : file;
            }
            Path path = library.resolve(file.replace('\\', '/'));
            String known = name;
            if (entry.group(1).equals("class")) {
                loader.attach(loader.read(path), known);
            } else {
                modules.add(() -> module(path, known));
            }
        }
        modules.forEach(Runnable::run);
    }

    /** Runs the library's own loader, which calls ДобавитьКласс and ДобавитьМодуль for its files. */
    private void byLoader(Path library) {
        Source source = loader.read(library.resolve(LOADER));
        ModuleInstance instance = loader.start(loader.compile("package-loader", source, List.of()), List.of());
        ScriptMethod hook = instance.type().ownMethod("призагрузкебиблиотеки");
        References.OfValue standard = new References.OfValue(true);
        References.OfValue refused = new References.OfValue(false);
        if (hook != null) {
            hook.invoke(instance, new Call(machine.context(), new Object[] {library.toString(), standard, refused}));
        }
        if (Boolean.TRUE.equals(refused.get())) {
            throw Errors.of("Библиотека не может быть загружена: " + library, "The library refuses: " + library);
        }
        if (Boolean.TRUE.equals(standard.get())) {
            byDirectory(library);
        }
    }

    private void byDirectory(Path library) {
        for (String directory : List.of("Классы", "Classes")) {
            scripts(library.resolve(directory)).forEach(file -> loader.attach(loader.read(file), baseName(file)));
        }
        for (String directory : List.of("Модули", "Modules")) {
            scripts(library.resolve(directory)).forEach(file -> module(file, baseName(file)));
        }
        scripts(library).forEach(file -> module(file, baseName(file)));
    }

    private static List<Path> scripts(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> Names.key(file.toString()).endsWith(".os"))
                    .filter(file -> Names.isIdentifier(baseName(file)))
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new ScriptError(String.valueOf(failed.getMessage()), failed);
        }
    }

    static String baseName(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private void module(Path file, String name) {
        machine.addModule(name, loader.read(file));
    }
}
