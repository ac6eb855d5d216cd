package dev.tramway.onescript.internal.component;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Library;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.value.Errors;

/** The component and what attaches it. */
public final class ComponentLibrary {
    private ComponentLibrary() {}

    /** Declares them. */
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
        library.requires(Permission.COMPONENTS)
                .function("ПодключитьВнешнююКомпоненту", "AttachAddIn", Params.of(1, 3), ComponentLibrary::attach);
    }

    /** A component is known by the name of its file; the directory, which may be of another system, does not matter. */
    private static Object attach(Call call) {
        String file = call.text(0);
        call.context().require(Permission.COMPONENTS, file);
        if (!call.context().engine().attach(file)) {
            throw Errors.of("Внешняя компонента неизвестна: " + file, "Unknown component: " + file);
        }
        return true;
    }
}
