package dev.tramway.bench.peer;

import dev.tramway.Framing;
import dev.tramway.IoService;
import dev.tramway.Outbound;
import dev.tramway.SendResult;
import dev.tramway.TcpServer;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;

/** Tramway by its public API. */
final class TramwayPeer implements Peer {
    private static final long PAUSE_NANOS = 20_000;
    /** Does not cut off a client that a busy machine stops for a moment; the other peers wait for it. */
    private static final Outbound PATIENT = Outbound.limit(16 << 20);

    @Override
    public Running start(ServerSettings settings) {
        var io = IoService.builder().threads(settings.threads()).start();
        var calls = new Calls();
        var builder = TcpServer.on(io).address("127.0.0.1").port(settings.port());
        var server = configure(builder, settings.work(), calls).start();
        var pacer = new Pacer(settings, message -> broadcast(server, message));
        if (settings.work() == Work.BROADCAST) {
            pacer.start();
        }
        return new Server(io, server, calls, pacer);
    }

    private static TcpServer.Builder configure(TcpServer.Builder builder, Work work, Calls calls) {
        var frames = Framing.lengthPrefixed(4, NettyFramed.LONGEST);
        return switch (work) {
            case ECHO -> builder.onMessage((session, message) -> session.send(message));
            case FRAMED ->
                builder.framing(frames).onMessage((session, message) -> {
                    calls.count();
                    session.send(message);
                });
            case BROADCAST -> builder.framing(frames).outbound(PATIENT);
            case CHAT ->
                builder.framing(frames).onMessage((session, message) -> {
                    calls.count();
                    session.server().broadcast(message, session);
                });
        };
    }

    private static void broadcast(TcpServer server, ByteBuffer message) throws InterruptedException {
        while (server.broadcast(message) == SendResult.FULL) {
            LockSupport.parkNanos(PAUSE_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException("the producer is closed");
            }
        }
    }

    private record Server(IoService io, TcpServer server, Calls calls, Pacer pacer) implements Running {
        @Override
        public int port() {
            return server.port();
        }

        @Override
        public long messages() {
            return calls.sum();
        }

        @Override
        public long broadcasts() {
            return pacer.sent();
        }

        @Override
        public void close() {
            pacer.stop();
            server.close();
            io.close();
        }
    }
}
