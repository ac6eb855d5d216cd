package dev.tramway.onescript.internal.component;

import dev.tramway.onescript.internal.bind.Library;

/** The component, which scripts attach by the name of its file. */
public final class ComponentLibrary {
    private ComponentLibrary() {}

    /** Declares it. */
    public static void declare(Library.Builder library) {
        library.component(
                "MultithreadedTCPServer.dll",
                RootObject.TYPE,
                ScriptServer.PLAIN,
                ScriptServer.SECURE,
                ScriptClient.PLAIN,
                ScriptClient.SECURE,
                NetworkStream.PLAIN,
                NetworkStream.SECURE,
                Action.TYPE,
                EventArguments.TYPE,
                ScriptEncoding.TYPE,
                ServerState.TYPE);
    }
}
