package dev.tramway.onescript.internal.library.net;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.bind.Type;
import dev.tramway.onescript.internal.library.file.FileNames;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/** TCPСервер: hands out one connection after the other. */
final class BslTcpServer extends BslObject {
    static final NativeType TYPE = NativeType.declare(BslTcpServer.class, "TCPСервер", "TCPServer")
            .requires(Permission.LISTEN)
            .constructor(Params.of(1), call -> new BslTcpServer(call.integer(0)))
            .procedure("Запустить", "Start", Params.NONE, BslTcpServer::start)
            .procedure("Остановить", "Stop", Params.NONE, (self, call) -> self.stop())
            .function("ОжидатьСоединения", "WaitForConnection", Params.of(0, 1), BslTcpServer::accept)
            .property("Порт", "Port", BslTcpServer::port)
            .build();

    private final int port;
    private @Nullable ServerSocket socket;

    private BslTcpServer(int port) {
        this.port = port;
    }

    @Override
    public Type type() {
        return TYPE;
    }

    /** Returns the port that it listens on, which the system chose where 0 was asked for. */
    private synchronized Object port() {
        return (long) (socket == null ? port : socket.getLocalPort());
    }

    private synchronized void start(Call call) {
        call.context().require(Permission.LISTEN, Integer.toString(port));
        if (socket == null) {
            socket = FileNames.io(() -> new ServerSocket(port));
        }
    }

    private synchronized void stop() {
        ServerSocket open = socket;
        if (open != null) {
            socket = null;
            FileNames.run(open::close);
        }
    }

    private synchronized ServerSocket running() {
        if (socket == null) {
            throw Errors.of("Сервер не запущен", "The server has not been started");
        }
        return socket;
    }

    /** Waits that many milliseconds for a connection, without end if it is 0; Неопределено if none came. */
    private Object accept(Call call) {
        ServerSocket listening = running();
        int timeout = call.integer(0, 0);
        try {
            listening.setSoTimeout(timeout);
            return new BslTcpConnection(listening.accept());
        } catch (SocketTimeoutException nobody) {
            return Empty.UNDEFINED;
        } catch (IOException failed) {
            throw FileNames.error(failed);
        }
    }
}
