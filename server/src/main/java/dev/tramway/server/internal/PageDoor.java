package dev.tramway.server.internal;

import dev.tramway.Credentials;
import dev.tramway.server.internal.api.ApiServer;
import dev.tramway.server.internal.api.Check;
import dev.tramway.server.internal.config.ServerConfig;
import dev.tramway.server.internal.config.ServerConfig.ApiConfig;
import dev.tramway.server.internal.config.ServerConfig.Secret;
import dev.tramway.server.internal.metrics.MetricSource;
import dev.tramway.server.internal.telemetry.Telemetry;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Opens the page and the interface for programs, as the configuration says. */
final class PageDoor {
    private PageDoor() {}

    /**
     * Opens it.
     *
     * @param settings where, and for whom
     * @param telemetry what is shown
     * @param checks says which parts of the server are ready
     * @param metrics further figures
     * @return empty if it is not to be opened
     * @throws java.io.UncheckedIOException if it cannot listen
     */
    static Optional<ApiServer> open(
            ServeSettings settings, Telemetry telemetry, Supplier<List<Check>> checks, List<MetricSource> metrics) {
        ServerConfig config = settings.config();
        ApiConfig api = config.api();
        if (!api.enabled()) {
            return Optional.empty();
        }
        Optional<Credentials> credentials = api.tls()
                .map(tls -> ServerTls.of(tls, config.state(), settings.certificateNames())
                        .credentials());
        ApiServer.Door door = new ApiServer.Door(
                api.address(), api.port(), api.hosts(), api.token().map(Secret::reveal), credentials);
        return Optional.of(ApiServer.start(door, telemetry, new ApiServer.Inside(checks, metrics)));
    }
}
