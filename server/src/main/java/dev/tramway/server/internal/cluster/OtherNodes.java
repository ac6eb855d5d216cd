package dev.tramway.server.internal.cluster;

import dev.tramway.cluster.ClusterNode;
import dev.tramway.cluster.NatsCluster;
import dev.tramway.cluster.NatsOptions;
import dev.tramway.server.internal.config.ServerConfig.ClusterConfig;
import dev.tramway.server.internal.config.ServerConfig.Secret;
import dev.tramway.server.internal.telemetry.Nodes;
import dev.tramway.server.internal.telemetry.TelemetryService;
import dev.tramway.server.internal.telemetry.Whereabouts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;

/**
 * The other servers that share the devices: says which are here, finds those that are elsewhere, and hands over commands for them. May be used by
 * any thread.
 */
public final class OtherNodes implements Whereabouts, Nodes, AutoCloseable {
    private final NatsCluster cluster;
    private final NatsOptions options;
    private final Handover handover;

    private OtherNodes(NatsCluster cluster, NatsOptions options, TelemetryService devices) {
        this.cluster = cluster;
        this.options = options;
        this.handover = new Handover(cluster, devices);
    }

    /**
     * Joins them.
     *
     * @throws dev.tramway.ConnectFailedException if NATS is not reached, or refuses
     */
    public static OtherNodes join(ClusterConfig config, TelemetryService devices) {
        NatsOptions options = options(config);
        OtherNodes others = new OtherNodes(NatsCluster.connect(options), options, devices);
        devices.join(others, others);
        others.handover.start();
        return others;
    }

    private static NatsOptions options(ClusterConfig config) {
        NatsOptions options = NatsOptions.to(config.urls().toArray(String[]::new))
                .prefix(config.prefix())
                .replicas(config.replicas());
        if (config.name().isPresent()) {
            options = options.name(config.name().get());
        }
        if (config.user().isPresent()) {
            options = options.user(
                    config.user().get(), config.password().map(Secret::reveal).orElse(""));
        }
        Optional<Path> credentials = config.credentials();
        if (credentials.isPresent()) {
            options = options.credentials(credentials.get());
        }
        return config.ca().map(options::trust).orElse(options);
    }

    // ---- devices ----------------------------------------------------------------------------------------------------

    @Override
    public void arrived(String device, Runnable moved) {
        cluster.places().claim(device, moved);
    }

    @Override
    public void left(String device) {
        cluster.places().release(device);
    }

    // ---- looked at --------------------------------------------------------------------------------------------------

    @Override
    public Status status() {
        List<NodeView> nodes = new ArrayList<>();
        nodes.add(self());
        cluster.nodes().forEach(node -> nodes.add(view(node)));
        return new Status(cluster.health().name().toLowerCase(Locale.ROOT), nodes);
    }

    private NodeView self() {
        return new NodeView(cluster.id().toString(), options.name(), true);
    }

    private static NodeView view(ClusterNode node) {
        return new NodeView(node.id().toString(), node.name(), false);
    }

    @Override
    public Optional<NodeView> of(String device) {
        try {
            return cluster.places().find(device).join().flatMap(this::view);
        } catch (CompletionException notKnown) {
            return Optional.empty();
        }
    }

    private Optional<NodeView> view(UUID node) {
        return node.equals(cluster.id())
                ? Optional.of(self())
                : cluster.node(node).map(OtherNodes::view);
    }

    @Override
    public void close() {
        handover.close();
        cluster.close();
    }
}
