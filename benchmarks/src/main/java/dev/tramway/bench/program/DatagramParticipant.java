package dev.tramway.bench.program;

import dev.tramway.IoService;
import dev.tramway.Outbound;
import dev.tramway.UdpEndpoint;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A client over UDP, with a socket of its own. Datagrams that are lost are not replaced, as in the founding documents. */
final class DatagramParticipant implements Participant {
    private static final Outbound ROOM = Outbound.limit(1L << 30).whenFull(Outbound.WhenFull.DROP_NEWEST);

    private final Flow flow;
    private final UdpEndpoint.Builder builder;
    private volatile Optional<UdpEndpoint> endpoint = Optional.empty();

    private DatagramParticipant(Flow flow, UdpEndpoint.Builder builder, Trouble trouble) {
        this.flow = flow;
        this.builder = builder.outbound(ROOM)
                .onStarted(socket -> flow.ready(socket::send))
                .onDatagram((socket, from, data) -> flow.received(socket::send, data))
                .onError((socket, error) -> trouble.accept(error.toString()));
    }

    /** Talks to a server. */
    static Participant connected(IoService io, ClientOptions options, Flow flow, Trouble trouble) {
        return new DatagramParticipant(flow, UdpEndpoint.on(io).connect(options.address, options.port), trouble);
    }

    /** Listens to a group; all clients share its port. */
    static Participant joined(
            IoService io, ClientOptions options, Optional<String> networkInterface, Flow flow, Trouble trouble) {
        var builder = UdpEndpoint.on(io).bind("0.0.0.0", options.port).reuseAddress(true);
        networkInterface.ifPresent(builder::multicastInterface);
        return new DatagramParticipant(flow, builder.join(options.address), trouble);
    }

    @Override
    public Flow flow() {
        return flow;
    }

    @Override
    public CompletableFuture<UdpEndpoint> open() {
        return builder.startAsync().thenApply(started -> {
            endpoint = Optional.of(started);
            return started;
        });
    }

    @Override
    public void sendDue() {
        if (flow instanceof FixedRate paced) {
            endpoint.ifPresent(socket -> paced.sendDue(socket::send));
        }
    }

    @Override
    public boolean isOpen() {
        return endpoint.isPresent();
    }

    @Override
    public void close() {
        endpoint.ifPresent(UdpEndpoint::close);
    }
}
