package dev.tramway.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.smartboot.socket.MessageProcessor;
import org.smartboot.socket.Protocol;
import org.smartboot.socket.StateMachineEnum;
import org.smartboot.socket.buffer.BufferPagePool;
import org.smartboot.socket.transport.AioQuickServer;
import org.smartboot.socket.transport.AioSession;

/**
 * smart-socket with the settings of its own benchmark: a large read buffer out of a pool of direct pages, and as many
 * write chunks of 4 KiB; a message is decoded whole and written through the session's buffer, which the library flushes.
 */
final class SmartSocketPeer implements Peer {
    private static final int READ_BUFFER = 1 << 20;
    private static final int WRITE_CHUNK = 4_096;
    private static final int WRITE_CHUNKS = 512;

    @Override
    public String description() {
        return "smart-socket aio-core 1.8.1, read buffer 1 MiB, 512 write chunks of 4 KiB, as its own benchmark sets them";
    }

    @Override
    public Set<Work> works() {
        return EnumSet.of(Work.ECHO, Work.FRAMED);
    }

    @Override
    public boolean speaksTls() {
        return false;
    }

    @Override
    public Running start(ServerSettings settings) throws IOException {
        int port = settings.port() == 0 ? freePort() : settings.port();
        var handler = new Handler(settings.work() == Work.FRAMED);
        var server = new AioQuickServer("127.0.0.1", port, handler, handler)
                .setBannerEnabled(false)
                .setBacklog(4096)
                .setThreadNum(Math.max(2, settings.threads())) // it refuses fewer
                .setReadBufferSize(READ_BUFFER)
                .setBufferPagePool(new BufferPagePool(settings.threads() + 1, true))
                .setWriteBuffer(WRITE_CHUNK, WRITE_CHUNKS);
        server.start();
        return new Server(server, port, handler);
    }

    /** The library does not tell which port the system chose. */
    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static final class Handler implements Protocol<byte[]>, MessageProcessor<byte[]> {
        private final boolean framed;
        private final Calls calls = new Calls();

        Handler(boolean framed) {
            this.framed = framed;
        }

        @Override
        @SuppressWarnings("NullAway") // its way to say that more bytes are needed
        public byte[] decode(ByteBuffer input, AioSession session) {
            int length = input.remaining();
            if (framed) {
                if (length < Integer.BYTES || length - Integer.BYTES < input.getInt(input.position())) {
                    return null;
                }
                length = input.getInt();
            }
            if (length == 0) {
                return null;
            }
            var message = new byte[length];
            input.get(message);
            return message;
        }

        @Override
        public void process(AioSession session, byte[] message) {
            try {
                if (framed) {
                    calls.count();
                    session.writeBuffer().writeInt(message.length);
                }
                session.writeBuffer().write(message);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void stateEvent(AioSession session, StateMachineEnum state, Throwable cause) {
            // Clients that go are no trouble.
        }
    }

    private record Server(AioQuickServer server, int port, Handler handler) implements Running {
        @Override
        public long messages() {
            return handler.calls.sum();
        }

        @Override
        public void close() {
            server.shutdown();
        }
    }
}
