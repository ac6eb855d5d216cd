package dev.tramway.onescript.internal.runtime;

import dev.tramway.onescript.internal.compile.InteractiveCompiler;
import dev.tramway.onescript.internal.node.Conversation;
import dev.tramway.onescript.internal.node.ModuleInstance;
import dev.tramway.onescript.internal.node.ScriptClass;
import dev.tramway.onescript.internal.syntax.Source;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Values;
import java.util.List;

/** Lines that a person types one after the other. One thread at a time. */
public final class Dialogue {
    private final Machine machine;
    private final InteractiveCompiler compiler;
    private final Conversation conversation;

    public Dialogue(Machine machine) {
        this.machine = machine;
        Source empty = source("");
        ScriptClass module = machine.loader().compile(empty);
        this.compiler = new InteractiveCompiler(empty, machine);
        this.conversation = new Conversation(new ModuleInstance(module, List.of()));
    }

    private static Source source(String text) {
        return new Source("<input>", null, text);
    }

    /** Runs a line on the calling thread; returns the text of its value, empty if it has none. */
    public String execute(String line) {
        Object value = conversation.run(compiler.compile(source(line)), machine.context());
        return value == Empty.UNDEFINED ? "" : Values.toText(value);
    }
}
