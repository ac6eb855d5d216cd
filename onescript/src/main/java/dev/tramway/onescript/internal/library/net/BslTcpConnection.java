package dev.tramway.onescript.internal.library.net;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.bind.Type;
import dev.tramway.onescript.internal.library.binary.BslBinaryData;
import dev.tramway.onescript.internal.library.binary.TextEncoding;
import dev.tramway.onescript.internal.library.file.FileNames;
import dev.tramway.onescript.internal.value.Numbers;
import dev.tramway.onescript.internal.value.Values;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** TCPСоединение. One thread reads at a time. */
final class BslTcpConnection extends BslObject {
    static final NativeType TYPE = NativeType.declare(BslTcpConnection.class, "TCPСоединение", "TCPConnection")
            .requires(Permission.CONNECT)
            .constructor(Params.of(2), BslTcpConnection::connect)
            .requires(Permission.PURE)
            .property("Активно", "IsActive", BslTcpConnection::isActive)
            .property(
                    "ТаймаутОтправки",
                    "WriteTimeout",
                    self -> self.writeTimeout,
                    (self, value) -> self.writeTimeout = Numbers.toLong(Values.toNumber(value)))
            .property("ТаймаутЧтения", "ReadTimeout", BslTcpConnection::readTimeout, BslTcpConnection::readTimeout)
            .property("УдаленныйУзел", "RemoteEndPoint", BslTcpConnection::remote)
            .function("ПрочитатьСтроку", "ReadString", Params.of(0, 1), BslTcpConnection::readString)
            .function("ПрочитатьДвоичныеДанные", "ReadBinaryData", Params.of(0, 1), BslTcpConnection::readData)
            .procedure("ОтправитьСтроку", "SendString", Params.of(1, 2), BslTcpConnection::sendString)
            .procedure(
                    "ОтправитьДвоичныеДанные",
                    "SendBinaryData",
                    Params.of(1),
                    (self, call) -> self.send(call.as(0, BslBinaryData.class).bytes()))
            .procedure("Закрыть", "Close", Params.NONE, (self, call) -> FileNames.run(self.socket::close))
            .build();

    private static final int READ = 1024;
    private static final int MARK = 1;

    /** How long a look for the end of the stream may take, in milliseconds: not at all, but 0 would mean for ever. */
    private static final int GLANCE = 1;

    private final Socket socket;
    private final InputStream input;

    /** Kept for scripts that set it; the system has no such limit. */
    private long writeTimeout;

    BslTcpConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.input = new BufferedInputStream(socket.getInputStream());
    }

    private static Object connect(Call call) {
        String host = call.text(0);
        int port = call.integer(1);
        call.context().require(Permission.CONNECT, host + ":" + port);
        return FileNames.io(() -> new BslTcpConnection(new Socket(host, port)));
    }

    @Override
    public Type type() {
        return TYPE;
    }

    /** Looks whether the peer has ended the stream, unless there is something to read. */
    private Object isActive() {
        if (socket.isClosed()) {
            return false;
        }
        try {
            return hasNotEnded();
        } catch (IOException broken) {
            return false;
        }
    }

    private boolean hasNotEnded() throws IOException {
        int timeout = socket.getSoTimeout();
        input.mark(MARK);
        try {
            socket.setSoTimeout(GLANCE);
            boolean more = input.read() >= 0;
            input.reset();
            return more;
        } catch (SocketTimeoutException quiet) {
            return true;
        } finally {
            socket.setSoTimeout(timeout);
        }
    }

    private Object readTimeout() {
        return FileNames.io(() -> (long) socket.getSoTimeout());
    }

    private void readTimeout(Object milliseconds) {
        FileNames.run(() -> socket.setSoTimeout(Numbers.toInt(Values.toNumber(milliseconds))));
    }

    private Object remote() {
        InetSocketAddress peer = (InetSocketAddress) socket.getRemoteSocketAddress();
        return peer.getAddress().getHostAddress() + ":" + peer.getPort();
    }

    private Object readString(Call call) {
        TextEncoding encoding = TextEncoding.of(call, 0);
        byte[] bytes = FileNames.io(() -> readAvailable());
        call.context().grow(bytes.length);
        return encoding.decode(bytes, 0, bytes.length);
    }

    private Object readData(Call call) {
        int length = call.integer(0, 0);
        byte[] bytes = FileNames.io(() -> length > 0 ? input.readNBytes(length) : readAvailable());
        call.context().grow(bytes.length);
        return new BslBinaryData(bytes);
    }

    /** Waits for something, and goes on while there is more. */
    private byte[] readAvailable() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[READ];
        do {
            int read = input.read(piece);
            if (read < 0) {
                break;
            }
            all.write(piece, 0, read);
        } while (input.available() > 0);
        return all.toByteArray();
    }

    private void sendString(Call call) {
        send(TextEncoding.of(call, 1).encode(call.text(0)));
    }

    private void send(byte[] bytes) {
        FileNames.run(() -> {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        });
    }
}
