package dev.tramway.server.internal.cluster;

import dev.tramway.cluster.ChannelListener;
import dev.tramway.cluster.ClusterHealth;
import dev.tramway.cluster.ClusterNode;
import dev.tramway.cluster.ClusterStats;
import dev.tramway.cluster.NatsCluster;
import dev.tramway.cluster.NatsOptions;
import dev.tramway.server.internal.config.ServerConfig.ClusterConfig;
import dev.tramway.server.internal.config.ServerConfig.Secret;
import dev.tramway.server.internal.listener.Elsewhere;
import dev.tramway.server.internal.telemetry.Nodes;
import dev.tramway.server.internal.telemetry.TelemetryService;
import dev.tramway.server.internal.telemetry.Views.ListenerView;
import dev.tramway.server.internal.telemetry.Whereabouts;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.json.JsonMapper;

/**
 * The other servers that share the devices: says which are here, finds those that are elsewhere, hands over commands for them, and carries what is said in
 * chats. May be used by any thread.
 */
public final class OtherNodes implements Whereabouts, Nodes, Elsewhere, AutoCloseable {
    /** The service that tells how a server is doing. */
    private static final String FIGURES = "server.figures";

    private static final long ANSWER_MILLIS = 1_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final NatsCluster cluster;
    private final NatsOptions options;
    private final TelemetryService devices;
    private final Handover handover;

    private OtherNodes(NatsCluster cluster, NatsOptions options, TelemetryService devices) {
        this.cluster = cluster;
        this.options = options;
        this.devices = devices;
        this.handover = new Handover(cluster, devices);
    }

    /**
     * Joins them; if NATS is not reached and not required, when it is.
     *
     * @throws dev.tramway.ConnectFailedException if NATS is not reached, though it is required, or refuses
     */
    public static OtherNodes join(ClusterConfig config, TelemetryService devices) {
        NatsOptions options = options(config);
        OtherNodes others = new OtherNodes(NatsCluster.connect(options), options, devices);
        devices.join(others, others);
        others.handover.start();
        others.cluster.serve(
                FIGURES, request -> CompletableFuture.completedFuture(JSON.writeValueAsBytes(others.figures())));
        return others;
    }

    private static NatsOptions options(ClusterConfig config) {
        NatsOptions options = NatsOptions.to(config.urls().toArray(String[]::new))
                .prefix(config.prefix())
                .replicas(config.replicas())
                .required(config.required());
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

    // ---- chats ------------------------------------------------------------------------------------------------------

    @Override
    public Ear open(String room, Predicate<ByteBuffer> heard, Runnable writable) {
        return cluster.channel("chat " + room, new ChannelListener() {
            @Override
            public boolean onMessage(ByteBuffer message) {
                return heard.test(message);
            }

            @Override
            public void onWritable() {
                writable.run();
            }
        })::send;
    }

    // ---- looked at --------------------------------------------------------------------------------------------------

    /** What is wrong; empty if nothing. */
    public String trouble() {
        return cluster.health() == ClusterHealth.UP ? "" : "the other servers are not reached: " + health();
    }

    private String health() {
        return cluster.health().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Status status() {
        List<CompletableFuture<NodeView>> nodes = new ArrayList<>();
        nodes.add(CompletableFuture.completedFuture(self()));
        cluster.nodes().forEach(node -> nodes.add(asked(node)));
        return new Status(health(), nodes.stream().map(CompletableFuture::join).toList());
    }

    /** Another node, with what it says of itself if it does so in time. */
    private CompletableFuture<NodeView> asked(ClusterNode node) {
        return cluster.call(node.id(), FIGURES, new byte[0])
                .thenApply(answer -> Optional.of(JSON.readValue(answer, Figures.class)))
                .completeOnTimeout(Optional.empty(), ANSWER_MILLIS, TimeUnit.MILLISECONDS)
                .exceptionally(unreached -> Optional.empty())
                .thenApply(figures -> new NodeView(node.id().toString(), node.name(), false, figures));
    }

    private NodeView self() {
        return new NodeView(cluster.id().toString(), options.name(), true, Optional.of(figures()));
    }

    private Figures figures() {
        List<ListenerView> listeners = devices.listeners();
        ClusterStats stats = cluster.stats();
        return new Figures(
                health(),
                listeners.stream().mapToLong(ListenerView::sessions).sum(),
                listeners.stream().mapToLong(ListenerView::messagesIn).sum(),
                stats.sent(),
                stats.received(),
                stats.dropped(),
                stats.missed(),
                stats.refusedHere());
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
                : cluster.node(node).map(one -> new NodeView(one.id().toString(), one.name(), false, Optional.empty()));
    }

    @Override
    public void close() {
        handover.close();
        cluster.close();
    }
}
