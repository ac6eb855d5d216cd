package dev.tramway.bench.peer;

import dev.tramway.Framing;
import dev.tramway.IoService;
import dev.tramway.Outbound;
import dev.tramway.SendResult;
import dev.tramway.TcpServer;
import dev.tramway.Tls;
import dev.tramway.Transport;
import dev.tramway.UdpEndpoint;
import dev.tramway.Waiting;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Tramway by its public API.
 *
 * @param transport what carries the bytes
 * @param waiting what a loop does when it has nothing to do
 * @param engine TLS engine
 */
record TramwayPeer(Transport transport, Waiting waiting, Tls.Engine engine) implements Peer {
    private static final long PAUSE_NANOS = 20_000;
    private static final int LIMIT = 1 << 20;
    /** Does not cut off a client that a busy machine stops for a moment; the other peers wait for it. */
    private static final Outbound PATIENT = Outbound.limit(16 << 20);

    private static final Outbound DROPPING = Outbound.limit(LIMIT).whenFull(Outbound.WhenFull.DROP_NEWEST);

    /** As it is, but for the number of its loops. */
    static TramwayPeer standard() {
        return new TramwayPeer(Transport.AUTO, Waiting.block(), Tls.Engine.AUTO);
    }

    TramwayPeer on(Transport other) {
        return new TramwayPeer(other, waiting, engine);
    }

    TramwayPeer waiting(Waiting other) {
        return new TramwayPeer(transport, other, engine);
    }

    TramwayPeer engine(Tls.Engine other) {
        return new TramwayPeer(transport, waiting, other);
    }

    @Override
    public String description() {
        return "this tree; transport " + transport + ", " + waiting + ", TLS engine " + engine;
    }

    @Override
    public Set<Work> works() {
        return EnumSet.allOf(Work.class);
    }

    @Override
    public boolean speaksTls() {
        return true;
    }

    @Override
    public Running start(ServerSettings settings) {
        var io = IoService.builder()
                .threads(settings.threads())
                .transport(transport)
                .waiting(waiting)
                .start();
        return switch (settings.work()) {
            case UDP -> datagrams(io, settings);
            case GROUP -> group(io, settings);
            default -> streams(io, settings);
        };
    }

    private Running streams(IoService io, ServerSettings settings) {
        var calls = new Calls();
        var builder =
                TcpServer.on(io).address("127.0.0.1").port(settings.port()).backlog(4096);
        settings.certificate().ifPresent(file -> builder.tls(Tls.pem(file, "").engine(engine)));
        var server = configure(builder, settings.work(), calls).start();
        var pacer = new Pacer(settings, message -> patiently(() -> server.broadcast(message)));
        if (settings.work().isProduced()) {
            pacer.start();
        }
        return new Server(io, server::close, server.port(), calls, pacer);
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
            case LOSSY -> builder.framing(frames).outbound(DROPPING);
            case CHAT ->
                builder.framing(frames).outbound(PATIENT).onMessage((session, message) -> {
                    calls.count();
                    session.server().broadcast(message, session);
                });
            case UDP, GROUP -> throw new IllegalArgumentException(work + ": no stream");
        };
    }

    private static Running datagrams(IoService io, ServerSettings settings) {
        var calls = new Calls();
        var endpoint = UdpEndpoint.on(io)
                .bind("127.0.0.1", settings.port())
                .sockets(settings.threads())
                .onDatagram((socket, from, datagram) -> {
                    calls.count();
                    socket.send(from, datagram);
                })
                .start();
        return new Server(io, endpoint::close, endpoint.port(), calls, new Pacer(settings, message -> {}));
    }

    private static Running group(IoService io, ServerSettings settings) {
        var endpoint = UdpEndpoint.on(io)
                .bind("127.0.0.1", 0)
                .multicastInterface("127.0.0.1")
                .ttl(0)
                .multicastTo(Work.GROUP_ADDRESS, settings.port())
                .start();
        var pacer = new Pacer(settings, message -> patiently(() -> endpoint.multicast(message)));
        pacer.start();
        return new Server(io, endpoint::close, settings.port(), new Calls(), pacer);
    }

    private static void patiently(Supplier<SendResult> sending) throws InterruptedException {
        while (sending.get() == SendResult.FULL) {
            LockSupport.parkNanos(PAUSE_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException("the producer is closed");
            }
        }
    }

    private record Server(IoService io, Runnable stop, int port, Calls calls, Pacer pacer) implements Running {
        @Override
        public long messages() {
            return calls.sum();
        }

        @Override
        public long broadcasts() {
            return pacer.sent();
        }

        @Override
        public void rate(double perSecond) {
            pacer.rate(perSecond);
        }

        @Override
        public void close() {
            pacer.stop();
            stop.run();
            io.close();
        }
    }
}
