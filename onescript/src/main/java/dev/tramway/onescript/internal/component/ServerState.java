package dev.tramway.onescript.internal.component;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslCollection;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.bind.Type;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Numbers;
import dev.tramway.onescript.internal.value.Values;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** СостояниеСервера: the numbers that a server's state may have, and their names. */
final class ServerState extends BslCollection {
    static final long STOPPED = 0;
    static final long STARTING = 1;
    static final long RUNNING = 2;
    static final long STOPPING = 3;
    static final long STOPPED_WITH_ERROR = 4;

    private record Named(long number, String russian, String english) {}

    /** In the order in which scripts iterate. */
    private static final List<Named> ALL = List.of(
            new Named(RUNNING, "Запущен", "Running"),
            new Named(STARTING, "Запускается", "Starting"),
            new Named(STOPPED, "Остановлен", "Stopped"),
            new Named(STOPPED_WITH_ERROR, "ОстановленСОшибкой", "StoppedWithError"),
            new Named(STOPPING, "Останавливается", "Stopping"));

    static final NativeType TYPE = declare();

    private static NativeType declare() {
        NativeType.Builder<ServerState> type = NativeType.declare(
                        ServerState.class, "МсСостояниеСервера", "MsServerState")
                .requires(Permission.PURE)
                .function("Имя", "Имя", Params.of(1), (self, call) -> name(call.value(0), Named::russian))
                .function("Name", "Name", Params.of(1), (self, call) -> name(call.value(0), Named::english))
                .function("Количество", "Count", self -> (long) self.size())
                .function("Получить", "Get", Params.of(1), (self, call) -> self.at(call.value(0)));
        for (Named state : ALL) {
            type.property(state.russian, state.english, self -> state.number);
        }
        return type.build();
    }

    private static String name(Object number, Function<Named, String> language) {
        return ALL.stream()
                .filter(state -> Values.equal(state.number, number))
                .map(language)
                .findFirst()
                .orElseGet(() -> Values.toText(number));
    }

    @Override
    public Type type() {
        return TYPE;
    }

    @Override
    public int size() {
        return ALL.size();
    }

    @Override
    public Object at(Object index) {
        long number = Numbers.toLong(Values.toNumber(index));
        if (number < 0 || number >= ALL.size()) {
            throw Errors.indexOutOfRange();
        }
        return ALL.get((int) number).number;
    }

    @Override
    public Iterator<Object> elements() {
        return ALL.stream().<Object>map(Named::number).iterator();
    }
}
