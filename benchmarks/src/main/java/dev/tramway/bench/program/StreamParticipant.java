package dev.tramway.bench.program;

import dev.tramway.CloseReason;
import dev.tramway.IoService;
import dev.tramway.Outbound;
import dev.tramway.Session;
import dev.tramway.TcpClient;
import java.util.concurrent.CompletableFuture;

/** A client over TCP or TLS. */
final class StreamParticipant implements Participant {
    /** The whole window may wait: the scenarios know no limit for clients. */
    private static final Outbound UNLIMITED = Outbound.limit(1L << 40);

    private final Flow flow;
    private final TcpClient client;
    private volatile boolean open;

    StreamParticipant(IoService io, ClientOptions options, Protocol protocol, Flow flow, Trouble trouble) {
        this.flow = flow;
        var builder = TcpClient.on(io)
                .to(options.address, options.port)
                .noDelay(options.noDelay)
                .outbound(UNLIMITED)
                .onConnect(session -> flow.ready(session::send))
                .onMessage((session, data) -> flow.received(session::send, data))
                .onError((session, error) -> trouble.accept(error.toString()))
                .onDisconnect((session, reason) -> ended(reason, trouble));
        if (flow instanceof WriteDriven) {
            builder.onSent((session, bytes) -> flow.written(session::send));
        }
        if (protocol == Protocol.TLS) {
            builder.tls(options.tls());
        }
        this.client = builder.build();
    }

    private void ended(CloseReason reason, Trouble trouble) {
        open = false;
        if (reason.kind() != CloseReason.Kind.LOCAL) {
            trouble.accept("disconnected: " + reason);
        }
    }

    @Override
    public Flow flow() {
        return flow;
    }

    @Override
    public CompletableFuture<Session> open() {
        open = true;
        return client.connectAsync();
    }

    @Override
    public void sendDue() {
        if (flow instanceof FixedRate paced) {
            client.session().ifPresent(session -> paced.sendDue(session::send));
        }
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        client.close();
    }
}
