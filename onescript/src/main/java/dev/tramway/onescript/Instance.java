package dev.tramway.onescript;

import dev.tramway.onescript.internal.bind.Method;
import dev.tramway.onescript.internal.node.ModuleInstance;
import dev.tramway.onescript.internal.node.ScriptClass;
import dev.tramway.onescript.internal.runtime.HostValues;
import dev.tramway.onescript.internal.runtime.Machine;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Names;
import java.time.Duration;
import java.util.stream.Stream;

/** A script whose body has run, and whose exported methods Java code calls. One thread at a time. */
public final class Instance {
    private final Machine machine;
    private final ScriptClass compiled;
    private final ModuleInstance module;

    Instance(Machine machine, ScriptClass compiled, ModuleInstance module) {
        this.machine = machine;
        this.compiled = compiled;
        this.module = module;
    }

    /**
     * Calls a procedure or function and waits for its end.
     *
     * @param method its name, in any case
     * @param longest time after which it is ended; what it would have done later is undefined, so take another instance then
     * @param arguments texts, truths, numbers, {@link java.time.Instant instants} (a date in the zone of the system), bytes
     *     (ДвоичныеДанные), lists of such (Массив), maps from names to such (Структура); an empty
     *     {@link java.util.Optional} is Неопределено
     * @throws ScriptException if an error reached the end of the method, a limit was exceeded, or it took too long
     * @throws IllegalArgumentException if an argument is of another type
     * @throws InterruptedException if the waiting thread was interrupted; the script is told to end
     */
    public void call(String method, Duration longest, Object... arguments) throws InterruptedException {
        Object[] values = Stream.of(arguments).map(HostValues::of).toArray();
        machine.renewSteps();
        try {
            machine.run(
                    compiled.source().path(), () -> machine.context().invoke(module, find(method), values), longest);
        } catch (RuntimeException failed) {
            throw ScriptEngine.exception(failed);
        }
    }

    private Method find(String name) {
        Method method = compiled.method(Names.key(name));
        if (method == null) {
            throw Errors.methodNotFound(name);
        }
        return method;
    }
}
