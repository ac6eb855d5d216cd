package dev.tramway.internal.tcp;

import dev.tramway.Backoff;
import dev.tramway.CloseReason;
import dev.tramway.Connection;
import dev.tramway.ErrorEvent;
import dev.tramway.IoService;
import dev.tramway.Session;
import dev.tramway.SessionListener;
import dev.tramway.TcpClient;
import dev.tramway.internal.loop.LoopService;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** Collects and checks the configuration of a client. */
public final class ClientBuilder extends Options<TcpClient.Builder> implements TcpClient.Builder {
    private final LoopService service;
    private String host = "127.0.0.1";
    private int port;
    private Optional<InetSocketAddress> from = Optional.empty();
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Optional<Backoff> reconnect = Optional.empty();
    private final List<BiConsumer<TcpClient, ErrorEvent>> connectFailed = new ArrayList<>();

    /** Begins a configuration. */
    public ClientBuilder(IoService io) {
        service = LoopService.of(io);
    }

    @Override
    TcpClient.Builder self() {
        return this;
    }

    @Override
    public TcpClient.Builder to(String peerHost, int peerPort) {
        if (peerPort < 1 || peerPort > 65_535) {
            throw new IllegalArgumentException("port: " + peerPort + " (expected: 1 to 65535)");
        }
        host = peerHost;
        port = peerPort;
        return this;
    }

    @Override
    public TcpClient.Builder from(String localHost, int localPort) {
        from = Optional.of(new InetSocketAddress(localHost, localPort));
        return this;
    }

    @Override
    public TcpClient.Builder connectTimeout(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("connectTimeout: " + time + " (expected: more than zero)");
        }
        connectTimeout = time;
        return this;
    }

    @Override
    public TcpClient.Builder reconnect(Backoff backoff) {
        reconnect = Optional.of(backoff);
        return this;
    }

    @Override
    public TcpClient.Builder onConnectFailed(BiConsumer<TcpClient, ErrorEvent> handler) {
        connectFailed.add(handler);
        return this;
    }

    @Override
    public TcpClient build() {
        if (port == 0) {
            throw new IllegalStateException("no address was given; call to(host, port)");
        }
        return new Client(
                service,
                new Client.Target(host, port, from, connectTimeout, reconnect, List.copyOf(connectFailed)),
                sessionConfig(),
                listeners());
    }

    @Override
    public Connection open() {
        CompletableFuture<Connection> opened = new CompletableFuture<>();
        serveBlocking(new BlockingDelivery.HandOver(opened::complete));
        TcpClient client = build();
        // A connection is one session: nobody would take what another one brings.
        client.listen(new SessionListener() {
            @Override
            public void onDisconnect(Session session, CloseReason reason) {
                client.close();
            }
        });
        try {
            client.connect();
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
        return opened.join();
    }
}
