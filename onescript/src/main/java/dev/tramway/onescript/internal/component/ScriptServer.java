package dev.tramway.onescript.internal.component;

import dev.tramway.BindFailedException;
import dev.tramway.ErrorEvent;
import dev.tramway.Framing;
import dev.tramway.Group;
import dev.tramway.Outbound;
import dev.tramway.ServerListener;
import dev.tramway.Session;
import dev.tramway.TcpServer;
import dev.tramway.TlsException;
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
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** МногопоточныйTCPСервер and МногопоточныйTCPСерверSSL. */
final class ScriptServer extends BslObject implements ServerListener {
    static final NativeType PLAIN = declare("МсМногопоточныйTCPСервер", "MsMultithreadedTCPServer");
    static final NativeType SECURE = declare("МсМногопоточныйTCPСерверSSL", "MsMultithreadedTCPServerSSL");

    private static final String OVERLOADED = "ERROR: Сервер перегружен\n";
    private static final String SHUTDOWN = "SERVER_SHUTDOWN\n";
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final int MAX_CLIENTS = 1500;
    private static final int MAX_MESSAGE = 128 << 20;
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final Hub hub;
    private final int port;
    private final Optional<CertificateFiles.Protected> certificate;
    private final Handlers handlers = new Handlers();
    private final AtomicLong ids;
    private final Map<String, Peer> peers = new ConcurrentHashMap<>();
    private final AtomicInteger active = new AtomicInteger();
    private final Room room = new Room();

    private volatile EventQueue queue;
    private volatile @Nullable RootObject background;
    private volatile @Nullable TcpServer running;
    private volatile CompletableFuture<Void> stopped = CompletableFuture.completedFuture(null);
    private volatile long state = ServerState.STOPPED;

    private volatile boolean checksActivity;
    private volatile Duration heartbeat = HEARTBEAT;
    private volatile int maxClients = MAX_CLIENTS;
    private volatile long maxMessage = MAX_MESSAGE;
    private volatile long sendQueueLimit = MAX_MESSAGE;
    private volatile Duration idleTimeout = Duration.ZERO;
    private volatile ScriptEncoding encoding = ScriptEncoding.UTF8;
    private volatile Framing framing = Framing.raw();

    ScriptServer(Hub hub, int port, Optional<CertificateFiles.Protected> certificate) {
        this.hub = hub;
        this.port = port;
        this.certificate = certificate;
        this.ids = hub.clients(certificate.isPresent());
        this.queue = hub.queue();
    }

    private static NativeType declare(String russian, String english) {
        NativeType.Builder<ScriptServer> type = NativeType.declare(ScriptServer.class, russian, english)
                .requires(Permission.PURE)
                .property(
                        "ПроверятьАктивностьКлиента",
                        "CheckClientActivity",
                        self -> self.checksActivity,
                        (self, value) -> self.checksActivity = Values.toBoolean(value))
                .property(
                        "ИнтервалПроверки",
                        "HeartbeatInterval",
                        self -> ServerOptions.seconds(self.heartbeat),
                        (self, value) -> self.heartbeat = ServerOptions.seconds(value))
                .property(
                        "МаксимальноеКоличествоПодключений",
                        "MaxClients",
                        self -> (long) self.maxClients,
                        (self, value) -> self.maxClients = ServerOptions.count(value))
                .property(
                        "МаксимальныйРазмерСообщения",
                        "MaxMessageSize",
                        self -> self.maxMessage,
                        (self, value) -> self.maxMessage = ServerOptions.bytes(value))
                .property(
                        "Кодировка",
                        "Encoding",
                        self -> self.encoding,
                        (self, value) -> self.encoding = ScriptEncoding.of(value))
                .property("КоличествоАктивныхКлиентов", "ActiveClientsNumber", self -> (long) self.active.get())
                .property("СостояниеСервера", "ServerState", self -> self.state);
        Handlers.declare(type, self -> self.handlers);
        Handlers.declare(type, ServerEvent.RECEIVED, "MessageReceived", "MessageReceived", self -> self.handlers);
        Handlers.declare(type, ServerEvent.ERROR, "ServerError", "ServerError", self -> self.handlers);
        type.requires(Permission.LISTEN)
                .procedure("Начать", "Start", Params.NONE, (self, call) -> self.start(call.context()))
                .procedure("Остановить", "Stop", Params.NONE, (self, call) -> self.stop(call.context()))
                .requires(Permission.PURE)
                .procedure("ОтправитьВсем", "SendToAll", Params.of(1), ScriptServer::sendToAll)
                .procedure("ОтправитьКлиенту", "SendToClient", Params.of(2), ScriptServer::sendToClient);
        declareAdditions(type);
        return type.build();
    }

    /** What the original component does not have. */
    private static void declareAdditions(NativeType.Builder<ScriptServer> type) {
        type.property("Порт", "Port", ScriptServer::port)
                .property(
                        "ПределОчередиОтправки",
                        "SendQueueLimit",
                        self -> self.sendQueueLimit,
                        (self, value) -> self.sendQueueLimit = ServerOptions.bytes(value))
                .property(
                        "ТаймаутБездействия",
                        "IdleTimeout",
                        self -> ServerOptions.seconds(self.idleTimeout),
                        (self, value) -> self.idleTimeout = ServerOptions.seconds(value))
                .procedure(
                        "РазделятьПоСтрокам",
                        "FrameByLines",
                        Params.NONE,
                        (self, call) -> self.framing = Framing.lines(self.longestMessage()))
                .procedure(
                        "РазделятьПоДлине",
                        "FrameByLength",
                        Params.of(0, 2),
                        (self, call) -> self.framing = ServerOptions.lengthPrefixed(call, self.longestMessage()))
                .function("АдресКлиента", "ClientAddress", Params.of(1), ScriptServer::clientAddress)
                .procedure(
                        "ОтключитьКлиента",
                        "DisconnectClient",
                        Params.of(1),
                        (self, call) ->
                                self.find(call).ifPresent(peer -> peer.session().close()))
                .procedure(
                        "ДобавитьВГруппу",
                        "AddToGroup",
                        Params.of(2),
                        (self, call) -> self.find(call)
                                .ifPresent(peer -> peer.group(call.text(1)).add(peer.session())))
                .procedure(
                        "УдалитьИзГруппы",
                        "RemoveFromGroup",
                        Params.of(2),
                        (self, call) -> self.find(call)
                                .ifPresent(peer -> peer.group(call.text(1)).remove(peer.session())))
                .procedure("ОтправитьГруппе", "SendToGroup", Params.of(2, 3), ScriptServer::sendToGroup);
    }

    private int longestMessage() {
        return (int) Math.min(maxMessage, 1 << 30);
    }

    @Override
    public Type type() {
        return certificate.isPresent() ? SECURE : PLAIN;
    }

    Hub hub() {
        return hub;
    }

    long maxMessage() {
        return maxMessage;
    }

    boolean isFramed() {
        return framing != Framing.raw();
    }

    ScriptEncoding encoding() {
        return encoding;
    }

    /** Returns the port that it listens on, which is another than was asked for where that was 0. */
    private Object port() {
        TcpServer server = running;
        return (long) (server == null ? port : server.port());
    }

    /** Starts; what goes wrong is printed or told as an event, and the state stays Запускается, as in the original. */
    private synchronized boolean start(Context context) {
        context.require(Permission.LISTEN, Integer.toString(port));
        if (running != null) {
            hub.engine().print("Критическая ошибка: сервер уже запущен");
            return false;
        }
        await(context, stopped);
        state = ServerState.STARTING;
        try {
            running = configure(context).start();
        } catch (TlsException | ScriptError wrong) {
            failed("Ошибка сервера: " + wrong.getMessage());
            return false;
        } catch (BindFailedException | IllegalArgumentException wrong) {
            hub.engine().print("Критическая ошибка: " + wrong.getMessage());
            if (background != null) {
                failed("Ошибка сервера: " + wrong.getMessage());
            }
            return false;
        }
        state = ServerState.RUNNING;
        hub.engine().print("Сервер запущен на порту " + Values.toText(port()));
        return true;
    }

    private void failed(String text) {
        if (background == null && handlers.get(ServerEvent.ERROR) == null) {
            hub.engine().print(text);
        }
        tell(ServerEvent.ERROR, EventArguments.ofError(text));
    }

    private TcpServer.Builder configure(Context context) {
        TcpServer.Builder builder = TcpServer.on(hub.io())
                .port(port)
                .framing(framing)
                .outbound(Outbound.limit(sendQueueLimit))
                .idleTimeout(idleTimeout)
                .listen(this);
        certificate.ifPresent(files -> builder.tls(CertificateFiles.server(context, files)));
        return hub.engine().server(builder);
    }

    /** Starts with a job of its own that calls the handlers of the root object, or those set here. */
    boolean startInBackground(Context context, RootObject root) {
        background = root;
        EventQueue own = new EventQueue();
        queue = own;
        boolean started = start(context);
        hub.engine().start("tcp-server-" + port, () -> handleEvents(root, own));
        if (!started) {
            own.close();
        }
        return started;
    }

    private void handleEvents(RootObject root, EventQueue events) {
        Context context = hub.engine().context();
        Optional<Event> next = events.take(context);
        while (next.isPresent()) {
            handle(context, root, next.get());
            next = events.take(context);
        }
    }

    private void handle(Context context, RootObject root, Event event) {
        Action action = event.action();
        if (action == null) {
            root.raise(context, event.kind(), event.arguments());
            return;
        }
        try {
            hub.call(context, action, event.arguments());
        } catch (ScriptError wrong) {
            if (wrong.isFatal()) {
                throw wrong;
            }
            hub.engine().print("Ошибка обработки сообщения: " + wrong.getMessage());
        }
    }

    /** Stops: clients are told, what is owed to them is sent, and they are disconnected. Waits if there is nobody to wait for. */
    private synchronized void stop(Context context) {
        TcpServer server = running;
        if (server == null) {
            return;
        }
        boolean alone = active.get() == 0;
        hub.engine().print("Начало выключения сервера...");
        state = ServerState.STOPPING;
        running = null;
        room.send(context, () -> server.broadcast(SHUTDOWN));
        stopped = server.stop(DRAIN).thenRunAsync(() -> {
            state = ServerState.STOPPED;
            hub.engine().print("Сервер полностью остановлен");
        });
        if (alone) {
            await(context, stopped);
        }
    }

    private static void await(Context context, CompletableFuture<Void> done) {
        try {
            done.get(2 * DRAIN.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw context.interrupted();
        } catch (ExecutionException | TimeoutException goesOn) {
            // Whoever wants to know looks at the state.
        }
    }

    private void sendToAll(Call call) {
        TcpServer server = running;
        if (server != null) {
            ByteBuffer message = outgoing(call.value(0));
            room.send(call.context(), () -> server.broadcast(message));
        }
    }

    /** A client that is not there gets nothing, and nobody hears of it. */
    private void sendToClient(Call call) {
        find(call).ifPresent(peer -> {
            ByteBuffer message = outgoing(call.value(1));
            room.send(call.context(), () -> peer.session().send(message));
        });
    }

    private void sendToGroup(Call call) {
        TcpServer server = running;
        if (server == null) {
            return;
        }
        Group group = server.group(call.text(0));
        ByteBuffer message = outgoing(call.value(1));
        Peer except = peers.get(call.text(2));
        room.send(
                call.context(),
                () -> except == null ? group.broadcast(message) : group.broadcast(message, except.session()));
    }

    private ByteBuffer outgoing(Object data) {
        return Outgoing.bytes(data, encoding, isFramed());
    }

    private Object clientAddress(Call call) {
        return find(call)
                .<Object>map(peer -> peer.session().remoteAddress().getAddress().getHostAddress() + ":"
                        + peer.session().remoteAddress().getPort())
                .orElse(Empty.UNDEFINED);
    }

    private Optional<Peer> find(Call call) {
        return Optional.ofNullable(peers.get(call.text(0)));
    }

    @Override
    public void onConnect(Session session) {
        if (active.incrementAndGet() > maxClients) {
            active.decrementAndGet();
            session.sendAndClose(OVERLOADED);
            return;
        }
        Peer peer = new Peer(this, session, Long.toString(ids.incrementAndGet()));
        peers.put(peer.id(), peer);
        session.listen(peer);
        tell(ServerEvent.CONNECTED, EventArguments.ofClient(peer.id()));
        if (checksActivity) {
            peer.checkEvery(heartbeat);
        }
    }

    /** A client has gone. */
    void left(Peer peer) {
        peers.remove(peer.id());
        active.decrementAndGet();
        tell(ServerEvent.DISCONNECTED, EventArguments.ofClient(peer.id()));
    }

    @Override
    public void onWritable(TcpServer server) {
        room.opened();
    }

    @Override
    public void onWritable(Session session) {
        room.opened();
    }

    @Override
    public void onError(TcpServer server, ErrorEvent error) {
        tell(ServerEvent.ERROR, EventArguments.ofError("Ошибка приёма клиента: " + error.text()));
    }

    void tell(ServerEvent kind, EventArguments arguments) {
        tell(kind, arguments, () -> {});
    }

    /** Puts an event into the queue if somebody wants it now. */
    void tell(ServerEvent kind, EventArguments arguments, Runnable taken) {
        Action action = handlers.get(kind);
        if (action != null) {
            queue.put(new Event(kind, action, arguments.with(action.parameter()), taken));
        } else if (background != null) {
            queue.put(new Event(kind, null, arguments, taken));
        } else {
            taken.run();
        }
    }
}
