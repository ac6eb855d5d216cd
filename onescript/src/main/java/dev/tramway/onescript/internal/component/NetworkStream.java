package dev.tramway.onescript.internal.component;

import dev.tramway.SendResult;
import dev.tramway.Session;
import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.bind.Type;
import dev.tramway.onescript.internal.library.binary.BslBinaryBuffer;
import dev.tramway.onescript.internal.value.Errors;
import java.nio.ByteBuffer;

/** ПотокСети and SSLПоток: the connection of a client in blocking style. */
final class NetworkStream extends BslObject {
    static final NativeType PLAIN = common("МсПотокСети", "MsNetworkStream")
            .property("ДанныеДоступны", "DataAvailable", self -> self.received.isAvailable())
            .procedure("Закрыть", "Close", Params.NONE, (self, call) -> self.close())
            .procedure("Записать", "Write", Params.of(3), NetworkStream::write)
            .function(
                    "Прочитать",
                    "Read",
                    Params.of(2),
                    (self, call) -> new BslBinaryBuffer(self.received.read(call.context(), call.integer(1))))
            .function("ЧитатьБайт", "ReadByte", Params.NONE, (self, call) -> self.readByte(call.context()))
            .build();

    static final NativeType SECURE = common("МсSSLПоток", "MsSslStreamWrapper").build();

    /** No reading returns more. */
    private static final int LARGEST = 1024;

    private final Session session;
    private final Received received;
    private final Room room;
    private final boolean secure;
    private final Runnable closing;
    private volatile boolean closed;

    NetworkStream(Session session, Received received, Room room, boolean secure, Runnable closing) {
        this.session = session;
        this.received = received;
        this.room = room;
        this.secure = secure;
        this.closing = closing;
    }

    private static NativeType.Builder<NetworkStream> common(String russian, String english) {
        return NativeType.declare(NetworkStream.class, russian, english)
                .requires(Permission.PURE)
                .property("ВозможностьЧтения", "CanRead", NetworkStream::isUsable)
                .property("ВозможностьЗаписи", "CanWrite", NetworkStream::isUsable)
                .function(
                        "ПрочитатьВБуферДвоичныхДанных",
                        "ReadToBinaryDataBuffer",
                        Params.NONE,
                        (self, call) -> new BslBinaryBuffer(self.received.read(call.context(), LARGEST)));
    }

    @Override
    public Type type() {
        return secure ? SECURE : PLAIN;
    }

    private boolean isUsable() {
        return !closed && (session.isOpen() || received.isAvailable());
    }

    private void close() {
        closed = true;
        closing.run();
    }

    private Object readByte(Context context) {
        byte[] one = received.read(context, 1);
        return one.length == 0 ? -1L : one[0] & 0xFFL;
    }

    private void write(Call call) {
        BslBinaryBuffer buffer = call.as(0, BslBinaryBuffer.class);
        int count = call.integer(2);
        int from = buffer.checked(call.integer(1), count);
        ByteBuffer bytes = ByteBuffer.wrap(buffer.array(), from, count);
        if (room.send(call.context(), () -> session.send(bytes)) == SendResult.CLOSED) {
            throw Errors.of("Соединение закрыто", "The connection is closed");
        }
    }
}
