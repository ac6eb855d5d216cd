package dev.tramway.server.internal.listener;

import dev.tramway.IoService;
import dev.tramway.ServerListener;
import dev.tramway.StopReport;
import dev.tramway.TcpServer;
import dev.tramway.Tls;
import dev.tramway.server.internal.config.ListenerConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A listener over TCP or TLS. Used by any thread. */
final class TcpListener implements RunningListener {
    private final ListenerConfig config;
    private final TcpServer server;

    TcpListener(
            ListenerConfig config,
            IoService io,
            Optional<Tls> tls,
            Optional<? extends Executor> handlers,
            ServerListener what) {
        this.config = config;
        TcpServer.Builder builder = Servers.of(config, io, tls).listen(what);
        handlers.ifPresent(builder::handlers);
        server = builder.start();
    }

    @Override
    public ListenerConfig config() {
        return config;
    }

    @Override
    public List<InetSocketAddress> addresses() {
        return server.addresses();
    }

    @Override
    public Traffic traffic() {
        return Traffic.of(server.stats());
    }

    @Override
    public CompletableFuture<StopReport> stop(Duration drain) {
        return server.stop(drain);
    }
}
