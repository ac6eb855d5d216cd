package dev.tramway.onescript.internal.component;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Type;
import dev.tramway.onescript.internal.library.binary.BslBinaryBuffer;
import dev.tramway.onescript.internal.value.Empty;

/** АргументыСобытия: what a handler is told. What does not belong to the event is Неопределено. */
final class EventArguments extends BslObject {
    static final NativeType TYPE = NativeType.declare(EventArguments.class, "МсАргументыСобытия", "MsEventArgs")
            .requires(Permission.PURE)
            .property("Данные", "Data", self -> self.data)
            .property("ИдентификаторКлиента", "ClientId", self -> self.clientId)
            .property("ОшибкаСервера", "ServerError", self -> self.error)
            .property("Параметр", "Parameter", self -> self.parameter)
            .build();

    private final Object data;
    private final Object clientId;
    private final Object error;
    private final Object parameter;

    private EventArguments(Object data, Object clientId, Object error, Object parameter) {
        this.data = data;
        this.clientId = clientId;
        this.error = error;
        this.parameter = parameter;
    }

    static EventArguments ofClient(String clientId) {
        return new EventArguments(Empty.UNDEFINED, clientId, Empty.UNDEFINED, Empty.UNDEFINED);
    }

    static EventArguments ofData(String clientId, byte[] data) {
        return new EventArguments(new BslBinaryBuffer(data), clientId, Empty.UNDEFINED, Empty.UNDEFINED);
    }

    /** The data that a client has received, of whatever type a script passes on. */
    static EventArguments ofData(Object data) {
        return new EventArguments(data, Empty.UNDEFINED, Empty.UNDEFINED, Empty.UNDEFINED);
    }

    static EventArguments ofError(String error) {
        return new EventArguments(Empty.UNDEFINED, Empty.UNDEFINED, error, Empty.UNDEFINED);
    }

    /** Returns the same for a handler with a parameter of its own. */
    EventArguments with(Object otherParameter) {
        return otherParameter == parameter ? this : new EventArguments(data, clientId, error, otherParameter);
    }

    @Override
    public Type type() {
        return TYPE;
    }
}
