package dev.tramway.onescript.internal.runtime;

import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Method;
import dev.tramway.onescript.internal.node.ModuleInstance;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/** Who handles which event of which object: ДобавитьОбработчик, ВызватьСобытие. Safe for threads. */
public final class Events {
    private record Handler(String event, BslObject target, Method method) {}

    private final Map<Object, List<Handler>> bySource = new WeakHashMap<>();

    synchronized void handler(boolean add, Object source, String event, BslObject target, String method) {
        Handler handler = new Handler(Names.key(event), target, find(target, method));
        List<Handler> handlers = bySource.computeIfAbsent(source, key -> new ArrayList<>());
        if (add) {
            handlers.add(handler);
        } else {
            handlers.remove(handler);
        }
    }

    /** Finds a method by name, in a module also one that is not exported. */
    public static Method find(BslObject target, String name) {
        Method method = target instanceof ModuleInstance module
                ? module.type().ownMethod(Names.key(name))
                : target.type().method(Names.key(name));
        if (method == null) {
            throw Errors.methodNotFound(name);
        }
        return method;
    }

    private synchronized List<Handler> handlers(Object source) {
        return List.copyOf(bySource.getOrDefault(source, List.of()));
    }

    void raise(ThreadContext context, Object source, String event, List<Object> arguments) {
        String key = Names.key(event);
        for (Handler handler : handlers(source)) {
            if (handler.event.equals(key)) {
                context.invoke(handler.target, handler.method, arguments.toArray());
            }
        }
    }
}
