package dev.tramway.onescript.internal.runtime;

import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.compile.ModuleCompiler;
import dev.tramway.onescript.internal.node.ModuleInstance;
import dev.tramway.onescript.internal.node.ScriptClass;
import dev.tramway.onescript.internal.syntax.Module;
import dev.tramway.onescript.internal.syntax.Parser;
import dev.tramway.onescript.internal.syntax.Source;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Names;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads, compiles and starts modules. */
public final class Loader {
    /** Type name of a script that has no other. */
    private static final String SCRIPT = "Сценарий";

    private final Machine machine;
    private final Libraries libraries;

    Loader(Machine machine) {
        this.machine = machine;
        this.libraries = new Libraries(machine, this);
    }

    /** Reads a file of source text. */
    public Source read(Path file) {
        try {
            return new Source(file.toString(), file, Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw Errors.of("Не удалось прочитать сценарий: " + file, "The script cannot be read: " + file);
        }
    }

    public ScriptClass compile(Source source) {
        return compile(SCRIPT, source, List.of());
    }

    /** Compiles a module, after loading the libraries that it uses. */
    public ScriptClass compile(String name, Source source, List<String> injected) {
        Module module = Parser.module(source, machine.symbols());
        for (Module.Use use : module.uses()) {
            libraries.use(use, source);
        }
        return ModuleCompiler.compile(name, source, module, machine, injected);
    }

    /** Makes an instance and runs the body of the module. */
    public ModuleInstance start(ScriptClass type, List<Object> injected) {
        ModuleInstance instance = new ModuleInstance(type, injected);
        instance.runBody(machine.context());
        return instance;
    }

    /** Loads a module into which a structure's keys are put as names. */
    public BslObject load(Source source, Map<String, Object> injected) {
        List<String> names = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        injected.forEach((name, value) -> {
            names.add(Names.key(name));
            values.add(value);
        });
        return start(compile(SCRIPT, source, names), values);
    }

    /** Makes a module known as a class under a name. */
    public void attach(Source source, String name) {
        machine.register(name, compile(name, source, List.of()));
    }
}
