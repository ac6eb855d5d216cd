package dev.tramway.cluster;

import dev.tramway.Cluster;
import dev.tramway.ConnectFailedException;
import dev.tramway.Subscription;
import dev.tramway.TcpServer;
import dev.tramway.cluster.internal.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A node of a cluster whose messages go through NATS: one connection, for one server. All methods may be called from any thread.
 *
 * <pre>{@code
 * try (NatsCluster cluster = NatsCluster.connect("nats://127.0.0.1:4222");
 *         TcpServer server = TcpServer.on(io).port(7000).cluster(cluster).start()) {
 *     server.everywhere().broadcast("hello, all of you");
 * }
 * }</pre>
 *
 * <p>Messages reach other nodes at most once, those of one node in the order in which each of its threads sent them. While NATS is away
 * the server serves its own sessions as ever; messages for others wait in a bounded buffer, and what finds no room is dropped
 * and counted. The connection comes back by itself.
 */
public final class NatsCluster implements Cluster, AutoCloseable {
    private final Node node;
    private final Places places;

    private NatsCluster(Node node) {
        this.node = node;
        this.places = new Places(node.claims());
    }

    /**
     * Connects with defaults, and waits for it.
     *
     * @param urls servers of one NATS cluster, such as {@code nats://127.0.0.1:4222}
     * @throws ConnectFailedException if none is reached
     */
    public static NatsCluster connect(String... urls) {
        return connect(NatsOptions.to(urls));
    }

    /**
     * Connects, and waits for it; where NATS is not required ({@link NatsOptions#required}), tries once, and goes on trying while the node is alone.
     *
     * @param options where and how
     * @throws ConnectFailedException if NATS is not reached, though it is required, or refuses
     */
    public static NatsCluster connect(NatsOptions options) {
        Node node = new Node(options);
        node.start();
        return new NatsCluster(node);
    }

    @Override
    public UUID id() {
        return node.id();
    }

    @Override
    public Link join(TcpServer server, Runnable writable) {
        node.join(server, writable);
        return node;
    }

    /** The other nodes that are present, in any order. While NATS is away, those that were before. */
    public List<ClusterNode> nodes() {
        return node.nodes();
    }

    /**
     * Another node, if it is present.
     *
     * @param other its id
     */
    public Optional<ClusterNode> node(UUID other) {
        return node.nodes().stream().filter(one -> one.id().equals(other)).findFirst();
    }

    /** How well the others are reached. */
    public ClusterHealth health() {
        return node.health();
    }

    /** Counters as of now. */
    public ClusterStats stats() {
        return node.stats();
    }

    /**
     * Adds a listener.
     *
     * @param listener hears from the next event on
     * @return ends the registration
     */
    public Subscription listen(ClusterListener listener) {
        return node.listen(listener);
    }

    /**
     * Answers what other nodes ask by {@link #call}.
     *
     * @param name of the service
     * @param service answers one request, in time or later; must not wait, since all that comes from other nodes waits for it
     * @throws IllegalStateException if the name is served already
     */
    public void serve(String name, Function<ByteBuffer, CompletableFuture<byte[]>> service) {
        node.serve(name, service);
    }

    /**
     * Asks a service of another node.
     *
     * @param target {@link ClusterNode#id} of the other
     * @param service its name
     * @param request what is asked; copied when NATS takes it
     * @return its answer; fails with {@link dev.tramway.TimedOutException} if there is none within two seconds, and with another
     *     exception if the node is not reached or the service failed
     */
    public CompletableFuture<byte[]> call(UUID target, String service, byte[] request) {
        return node.call(target, service, request);
    }

    /**
     * Opens a channel, in which nodes talk beside what their servers say.
     *
     * @param name any text
     * @param listener hears what other nodes say in it
     * @throws IllegalStateException if this node has opened it before
     */
    public Channel channel(String name, ChannelListener listener) {
        node.listenTo(name, listener);
        return new Channel(node, name);
    }

    /** Where things are of which there is one. */
    public Places places() {
        return places;
    }

    /**
     * A stream of this installation on the disks of NATS, made if it is not there. Waits for JetStream, some seconds at most.
     *
     * @param name any text
     * @throws UncheckedIOException if JetStream does not answer, or cannot make it
     */
    public DurableStream stream(String name) {
        try {
            return new DurableStream(node.stream(name));
        } catch (IOException e) {
            throw new UncheckedIOException("stream " + name + ": " + e.getMessage(), e);
        }
    }

    /** Sends what waits, for two seconds at most, tells the others, and disconnects. The server goes on alone. */
    @Override
    public void close() {
        node.close();
    }
}
