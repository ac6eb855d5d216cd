package dev.tramway.server.internal.listener;

import dev.tramway.IoService;
import dev.tramway.StopReport;
import dev.tramway.UdpEndpoint;
import dev.tramway.UdpListener;
import dev.tramway.server.internal.config.ListenerConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A listener over UDP, with an endpoint for each port. Used by any thread. */
final class UdpListening implements RunningListener {
    private final ListenerConfig config;
    private final List<UdpEndpoint> endpoints = new ArrayList<>();

    UdpListening(ListenerConfig config, IoService io, Optional<? extends Executor> handlers, UdpListener what) {
        this.config = config;
        try {
            for (int port : config.ports()) {
                UdpEndpoint.Builder builder =
                        UdpEndpoint.on(io).bind(config.address(), port).listen(what);
                handlers.ifPresent(builder::handlers);
                endpoints.add(builder.start());
            }
        } catch (RuntimeException failure) {
            endpoints.forEach(UdpEndpoint::close);
            throw failure;
        }
    }

    @Override
    public ListenerConfig config() {
        return config;
    }

    @Override
    public List<InetSocketAddress> addresses() {
        return endpoints.stream().map(UdpEndpoint::address).toList();
    }

    @Override
    public Traffic traffic() {
        return endpoints.stream()
                .map(endpoint -> Traffic.of(endpoint.stats(), 0))
                .reduce(Traffic.NONE, Traffic::plus);
    }

    @Override
    public CompletableFuture<StopReport> stop(Duration drain) {
        CompletableFuture<?>[] stops = endpoints.stream().map(UdpEndpoint::stop).toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(stops).thenApply(done -> new StopReport(0, 0, 0));
    }
}
