package dev.tramway.onescript;

import dev.tramway.onescript.internal.node.ScriptClass;
import dev.tramway.onescript.internal.runtime.Machine;
import java.util.List;

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
}
