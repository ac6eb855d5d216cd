package dev.tramway.onescript;

import dev.tramway.onescript.internal.node.ModuleInstance;
import dev.tramway.onescript.internal.node.ScriptClass;
import dev.tramway.onescript.internal.runtime.Machine;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Names;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A script that was compiled without errors. */
public final class Script {
    private final Machine machine;
    private final ScriptClass compiled;

    Script(Machine machine, ScriptClass compiled) {
        this.machine = machine;
        this.compiled = compiled;
    }

    /**
     * Runs the script on a thread of its own and waits for its end. Jobs that it started are daemon threads, which end with the
     * program.
     *
     * @return 0, or what the script gave to ЗавершитьРаботу
     * @throws ScriptException if an error reached the end of the script
     * @throws InterruptedException if the waiting thread was interrupted; the script is told to end
     */
    public int run() throws InterruptedException {
        try {
            return machine.run(compiled.source().path(), () -> machine.loader().start(compiled, List.of()));
        } catch (RuntimeException failed) {
            throw ScriptEngine.exception(failed);
        }
    }

    /**
     * Tells whether it has a procedure or function that others may call.
     *
     * @param method its name, in any case
     * @return true if there is one with Экспорт
     */
    public boolean exports(String method) {
        return compiled.method(Names.key(method)) != null;
    }

    /**
     * Runs the body of the script, and keeps what it has set for calls of its exported methods.
     *
     * @param longest time for the body, after which it is ended
     * @return the script, ready for calls
     * @throws ScriptException if an error reached the end of the body, or it took too long
     * @throws InterruptedException if the waiting thread was interrupted; the script is told to end
     */
    public Instance start(Duration longest) throws InterruptedException {
        AtomicReference<@Nullable ModuleInstance> made = new AtomicReference<>();
        machine.renewSteps();
        try {
            machine.run(
                    compiled.source().path(), () -> made.set(machine.loader().start(compiled, List.of())), longest);
        } catch (RuntimeException failed) {
            throw ScriptEngine.exception(failed);
        }
        ModuleInstance instance = made.get();
        if (instance == null) {
            throw ScriptEngine.exception(Errors.of("Сценарий завершил работу", "The script has ended itself"));
        }
        return new Instance(machine, compiled, instance);
    }
}
