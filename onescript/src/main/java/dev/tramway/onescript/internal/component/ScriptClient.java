package dev.tramway.onescript.internal.component;

import dev.tramway.Outbound;
import dev.tramway.SendResult;
import dev.tramway.Session;
import dev.tramway.SessionListener;
import dev.tramway.TcpClient;
import dev.tramway.TramwayException;
import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.bind.Type;
import dev.tramway.onescript.internal.library.binary.BslBinaryBuffer;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.ScriptError;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** TCPКлиент and TCPКлиентSSL. */
final class ScriptClient extends BslObject {
    static final NativeType PLAIN = declare("МсTCPКлиент", "MsTCPClient", 2, "ПолучитьПоток", "GetStream");
    static final NativeType SECURE = declare("МсTCPКлиентSSL", "MsTCPClientSSL", 3, "ПолучитьПотокSSL", "GetStreamSSL");

    /** As much as a server may owe a client. */
    private static final long SEND_QUEUE_LIMIT = 128 << 20;

    private final Hub hub;
    private final boolean secure;
    private final CountDownLatch handlerSet = new CountDownLatch(1);
    private volatile ScriptEncoding encoding = ScriptEncoding.UTF8;
    private volatile @Nullable Action handler;
    private volatile @Nullable Link link;

    ScriptClient(Hub hub, boolean secure) {
        this.hub = hub;
        this.secure = secure;
    }

    private static NativeType declare(String ru, String en, int connectArguments, String streamRu, String streamEn) {
        return NativeType.declare(ScriptClient.class, ru, en)
                .requires(Permission.PURE)
                .property("Подключен", "Connected", ScriptClient::isConnected)
                .property(
                        "Кодировка",
                        "Encoding",
                        self -> self.encoding,
                        (self, value) -> self.encoding = ScriptEncoding.of(value))
                .property(
                        "КлиентПолучилДанные",
                        "ClientReceived",
                        self -> Handlers.orUndefined(self.handler),
                        (self, value) -> self.handler(Handlers.action(value)))
                .procedure("Закрыть", "Close", Params.NONE, (self, call) -> self.close())
                .procedure("Отправить", "Send", Params.of(1), ScriptClient::send)
                .procedure(
                        "ОбработатьКлиентПолучилДанные",
                        "ProcessingClientReceived",
                        Params.of(1),
                        (self, call) -> self.handle(call.context(), call.value(0)))
                .function(streamRu, streamEn, self -> self.stream())
                .requires(Permission.CONNECT)
                .procedure("Подключить", "Connect", Params.of(2, connectArguments), ScriptClient::connect)
                .build();
    }

    @Override
    public Type type() {
        return secure ? SECURE : PLAIN;
    }

    /** One connection. */
    private record Link(TcpClient client, Session session, Received received, Room room) {
        boolean isOpen() {
            return session.isOpen();
        }
    }

    /** What has arrived before the end can still be read, so the script does not stop before that. */
    private boolean isConnected() {
        Link present = link;
        return present != null && (present.isOpen() || present.received.isAvailable());
    }

    /** Connects and waits for it, to host, port and for TLS certificate as given. What goes wrong is printed. */
    void connect(Call call) {
        String host = call.text(0);
        int port = call.integer(1);
        call.context().require(Permission.CONNECT, host + ":" + port);
        close();
        try {
            link = open(call, host, port);
        } catch (TramwayException | IllegalArgumentException failed) {
            hub.engine().print("Ошибка подключения: " + failed.getMessage());
        }
    }

    private Link open(Call call, String host, int port) {
        Received received = new Received(hub.io());
        Room room = new Room();
        TcpClient.Builder builder = TcpClient.on(hub.io())
                .to(host, port)
                .outbound(Outbound.limit(SEND_QUEUE_LIMIT))
                .listen(received)
                .onWritable(session -> room.opened());
        if (secure) {
            Optional<String> certificate = Optional.of(call.text(2, "")).filter(name -> !name.isEmpty());
            builder.tls(CertificateFiles.client(call.context(), certificate));
        }
        SessionCatcher catcher = new SessionCatcher();
        TcpClient client = builder.listen(catcher).connect();
        return new Link(client, catcher.session(), received, room);
    }

    /** Keeps the session also if it has ended before anybody could ask for it. */
    private static final class SessionCatcher implements SessionListener {
        private volatile @Nullable Session session;

        @Override
        public void onConnect(Session connected) {
            session = connected;
        }

        Session session() {
            Session caught = session;
            if (caught == null) {
                throw new IllegalStateException("A client without a session is connected");
            }
            return caught;
        }
    }

    /** Sends what was accepted as far as the system takes it at once, and ends the connection. */
    private void close() {
        Link present = link;
        if (present != null) {
            link = null;
            present.received.discard();
            present.client.close();
        }
    }

    private void send(Call call) {
        Link present = link;
        ByteBuffer message = Outgoing.bytes(call.value(0), encoding, false);
        SendResult result = present == null
                ? SendResult.CLOSED
                : present.room.send(call.context(), () -> present.session.send(message));
        if (result == SendResult.CLOSED) {
            hub.engine().print("Ошибка отправки: клиент не подключен");
        }
    }

    private Object stream() {
        Link present = link;
        return present == null || !isConnected()
                ? Empty.UNDEFINED
                : new NetworkStream(present.session, present.received, present.room, secure, this::close);
    }

    private void handler(@Nullable Action action) {
        handler = action;
        if (action != null) {
            handlerSet.countDown();
        }
    }

    /** Reads on a job of its own, which begins once there is a handler; Неопределено if there is no connection. */
    Object readInBackground() {
        Link present = link;
        if (present == null) {
            return Empty.UNDEFINED;
        }
        hub.engine().start("tcp-client", () -> readAll(present.received));
        return this;
    }

    private void readAll(Received received) {
        Context context = hub.engine().context();
        try {
            handlerSet.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw context.interrupted();
        }
        byte[] piece = received.read(context, Integer.MAX_VALUE);
        while (piece.length > 0) {
            handle(context, new BslBinaryBuffer(piece));
            piece = received.read(context, Integer.MAX_VALUE);
        }
    }

    /** Calls the handler on the calling thread. An error in it is printed and goes no further. */
    private void handle(Context context, Object data) {
        Action action = handler;
        if (action == null) {
            return;
        }
        try {
            hub.call(context, action, EventArguments.ofData(data));
        } catch (ScriptError failed) {
            if (failed.isFatal()) {
                throw failed;
            }
            hub.engine().print("Ошибка обработки сообщения: " + failed.getMessage());
        }
    }
}
