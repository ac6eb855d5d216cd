package dev.tramway.onescript.internal.component;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.bind.Type;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.ScriptError;
import dev.tramway.onescript.internal.value.Values;
import java.util.Optional;

/** МногопоточныйTCPСерверДляОдноСкрипта: makes everything else of the component. */
final class RootObject extends BslObject {
    static final NativeType TYPE = declare();

    private final Hub hub;
    private final Handlers handlers = new Handlers();
    private volatile boolean goOn = true;

    private RootObject(Hub hub) {
        this.hub = hub;
    }

    private static NativeType declare() {
        NativeType.Builder<RootObject> type = NativeType.declare(
                        RootObject.class, "МногопоточныйTCPСерверДляОдноСкрипта", "OneScriptMultithreadedTCPServer")
                .requires(Permission.PURE)
                .constructor(Params.NONE, call -> new RootObject(Hub.of(call.context())))
                .property("АргументыСобытия", "EventArgs", self -> self.hub.current())
                .property("Продолжать", "GoOn", self -> self.goOn, (self, value) -> self.goOn = Values.toBoolean(value))
                .property("НоваяСтрока", "NewLine", self -> System.lineSeparator())
                .property("СостояниеСервера", "ServerState", self -> new ServerState())
                .function("Действие", "Action", Params.of(2, 3), (self, call) -> new Action(call))
                .function("Кодировка", "Encoding", self -> ScriptEncoding.byDefault())
                .function("ПолучитьСобытие", "DoEvents", Params.NONE, (self, call) -> self.nextEvent(call.context()));
        Handlers.declare(type, self -> self.handlers);
        for (ServerEvent event : ServerEvent.values()) {
            type.procedure(
                    "Обработать" + event.russian(),
                    "Processing" + event.english(),
                    Params.of(1),
                    (self, call) -> self.raise(call.context(), event, call.as(0, EventArguments.class)));
        }
        declareServers(type);
        declareClients(type);
        CertificateFiles.declare(type);
        return type.build();
    }

    private static void declareServers(NativeType.Builder<RootObject> type) {
        type.requires(Permission.LISTEN)
                .function("МногопоточныйСервер", "MultithreadedServer", Params.of(1), (self, call) -> self.server(call))
                .function(
                        "МногопоточныйСерверSSL",
                        "MultithreadedServerSSL",
                        Params.of(1, 3),
                        (self, call) -> self.secureServer(call))
                .function(
                        "ФоновыйМногопоточныйСервер",
                        "BackgroundMultithreadedServer",
                        Params.of(1),
                        (self, call) -> self.inBackground(call, self.server(call)))
                .function(
                        "ФоновыйМногопоточныйСерверSSL",
                        "BackgroundMultithreadedServerSSL",
                        Params.of(1, 3),
                        (self, call) -> self.inBackground(call, self.secureServer(call)));
    }

    private static void declareClients(NativeType.Builder<RootObject> type) {
        type.requires(Permission.CONNECT)
                .function("TCPКлиент", "TCPClient", Params.of(0, 2), (self, call) -> self.client(call, false))
                .function("TCPКлиентSSL", "TCPClientSSL", Params.of(0, 3), (self, call) -> self.client(call, true))
                .function(
                        "ФоновыйTCPКлиент",
                        "BackgroundTCPClient",
                        Params.of(2),
                        (self, call) -> self.client(call, false).readInBackground())
                .function(
                        "ФоновыйTCPКлиентSSL",
                        "BackgroundTCPClientSSL",
                        Params.of(2, 3),
                        (self, call) -> self.client(call, true).readInBackground());
    }

    private ScriptServer server(Call call) {
        return new ScriptServer(hub, call.integer(0), Optional.empty());
    }

    private ScriptServer secureServer(Call call) {
        CertificateFiles.Protected certificate = new CertificateFiles.Protected(
                call.text(1, CertificateFiles.DEFAULT_PFX), call.text(2, CertificateFiles.DEFAULT_PASSWORD));
        return new ScriptServer(hub, call.integer(0), Optional.of(certificate));
    }

    private Object inBackground(Call call, ScriptServer server) {
        call.context().require(Permission.JOBS, "");
        return server.startInBackground(call.context(), this) ? server : Empty.UNDEFINED;
    }

    /** Connects at once if host and port are given. */
    private ScriptClient client(Call call, boolean secure) {
        ScriptClient client = new ScriptClient(hub, secure);
        if (call.given(0) && call.given(1)) {
            client.connect(call);
        }
        return client;
    }

    private Object nextEvent(Context context) {
        Optional<Event> next = hub.queue().take(context);
        Event event = next.orElseThrow(context::interrupted);
        hub.current(event.arguments());
        Action action = event.action();
        if (action == null) {
            throw new IllegalStateException("An event without a handler in the queue of the foreground");
        }
        return new PendingEvent(action);
    }

    /**
     * Calls the handler of this object on the calling thread. An error in it is told to the handler of errors, or printed, and
     * goes no further.
     */
    void raise(Context context, ServerEvent kind, EventArguments arguments) {
        Action action = handlers.get(kind);
        if (action == null) {
            return;
        }
        try {
            hub.call(context, action, arguments);
        } catch (ScriptError failed) {
            if (failed.isFatal()) {
                throw failed;
            }
            failed(context, kind, "Ошибка обработки сообщения: " + failed.getMessage());
        }
    }

    private void failed(Context context, ServerEvent kind, String text) {
        if (kind == ServerEvent.ERROR || handlers.get(ServerEvent.ERROR) == null) {
            hub.engine().print(text);
        } else {
            raise(context, ServerEvent.ERROR, EventArguments.ofError(text));
        }
    }

    @Override
    public Type type() {
        return TYPE;
    }
}
