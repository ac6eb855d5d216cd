package dev.tramway.onescript.internal.component;

import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The actions that a script has set for the events of one object. Safe for threads. */
final class Handlers {
    private final Map<ServerEvent, Action> actions = new ConcurrentHashMap<>();

    @Nullable
    Action get(ServerEvent event) {
        return actions.get(event);
    }

    private Object value(ServerEvent event) {
        return orUndefined(get(event));
    }

    private void set(ServerEvent event, Object value) {
        Action action = action(value);
        if (action == null) {
            actions.remove(event);
        } else {
            actions.put(event, action);
        }
    }

    /** Declares a property for each event. */
    static <T extends BslObject> void declare(NativeType.Builder<T> type, Function<T, Handlers> of) {
        for (ServerEvent event : ServerEvent.values()) {
            declare(type, event, event.russian(), event.english(), of);
        }
    }

    /** Declares one property under other names. */
    static <T extends BslObject> void declare(
            NativeType.Builder<T> type, ServerEvent event, String ru, String en, Function<T, Handlers> of) {
        type.property(
                ru,
                en,
                self -> of.apply(self).value(event),
                (self, value) -> of.apply(self).set(event, value));
    }

    static Object orUndefined(@Nullable Action action) {
        return action == null ? Empty.UNDEFINED : action;
    }

    /** Returns what may be assigned to an event: an action of this component, or Неопределено, which removes it. */
    static @Nullable Action action(Object value) {
        if (value == Empty.UNDEFINED) {
            return null;
        }
        if (value instanceof Action action) {
            return action;
        }
        throw Errors.badArgumentType();
    }
}
