package dev.tramway.onescript.internal.library.system;

import dev.tramway.onescript.internal.bind.Context;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** What an engine's scripts changed about the machine as they see it: its environment variables, and the console. */
final class Host implements AutoCloseable {
    private final Map<String, String> variables = new ConcurrentSkipListMap<>(System.getenv());
    private final BslConsole console;

    private Host(Context.Engine engine) {
        this.console = new BslConsole(engine);
    }

    static Host of(Context.Engine engine) {
        return engine.resource(Host.class, () -> new Host(engine));
    }

    /** Returns the environment variables, to be changed. */
    Map<String, String> variables() {
        return variables;
    }

    BslConsole console() {
        return console;
    }

    @Override
    public void close() {
        console.restore();
    }
}
