package dev.tramway.onescript;

import dev.tramway.onescript.internal.runtime.Dialogue;
import dev.tramway.onescript.internal.runtime.Machine;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;

/** Lines that are run one after the other and keep their variables, as a console does. Not safe for threads. */
public final class Session {
    private final Machine machine;
    private final Dialogue dialogue;
    private OptionalInt exitCode = OptionalInt.empty();

    Session(Machine machine) {
        this.machine = machine;
        this.dialogue = new Dialogue(machine);
    }

    /**
     * Runs statements, or evaluates an expression.
     *
     * @param line the text; it may have several lines
     * @return the text of the value of an expression or of a single call; empty if there is none
     * @throws ScriptException if it has errors or fails; variables keep what they had until then
     * @throws InterruptedException if the waiting thread was interrupted
     */
    public String execute(String line) throws InterruptedException {
        AtomicReference<String> result = new AtomicReference<>("");
        try {
            int code = machine.run(null, () -> result.set(dialogue.execute(line)));
            exitCode = machine.hasExited() ? OptionalInt.of(code) : OptionalInt.empty();
        } catch (RuntimeException failed) {
            throw ScriptEngine.exception(failed);
        }
        return result.get();
    }

    /**
     * Returns what the last line gave to ЗавершитьРаботу.
     *
     * @return the exit code; empty if the last line did not end the session
     */
    public OptionalInt exitCode() {
        return exitCode;
    }
}
