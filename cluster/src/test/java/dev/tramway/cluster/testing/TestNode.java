package dev.tramway.cluster.testing;

import dev.tramway.Framing;
import dev.tramway.IoService;
import dev.tramway.Session;
import dev.tramway.TcpServer;
import dev.tramway.cluster.NatsCluster;
import dev.tramway.cluster.NatsOptions;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A node with a server of lines, and the clients of it. */
public final class TestNode implements AutoCloseable {
    private final IoService io;
    private final NatsCluster cluster;
    private final TcpServer server;
    private final Deque<LineClient> clients = new ArrayDeque<>();

    private TestNode(NatsOptions options, Consumer<TcpServer.Builder> more) {
        io = IoService.builder().threads(2).start();
        cluster = NatsCluster.connect(options);
        TcpServer.Builder builder = TcpServer.on(io)
                .address("127.0.0.1")
                .port(0)
                .framing(Framing.lines())
                .cluster(cluster);
        more.accept(builder);
        server = builder.start();
    }

    /** Starts one with defaults. */
    public static TestNode start(String url) {
        return start(NatsOptions.to(url));
    }

    /** Starts one. */
    public static TestNode start(NatsOptions options) {
        return new TestNode(options, builder -> {});
    }

    /** Starts one with options of its server. */
    public static TestNode start(NatsOptions options, Consumer<TcpServer.Builder> more) {
        return new TestNode(options, more);
    }

    /** Its server. */
    public TcpServer server() {
        return server;
    }

    /** Its place in the cluster. */
    public NatsCluster cluster() {
        return cluster;
    }

    /** Connects a client, and waits until it gets what is broadcast. */
    public LineClient client() throws IOException {
        int before = server.everyone().size();
        LineClient client = LineClient.connect(server.port());
        clients.add(client);
        Await.until("client is in", () -> server.everyone().size() > before);
        return client;
    }

    /** The session of a client. */
    public Session sessionOf(LineClient client) {
        Optional<Session> found = server.sessions().stream()
                .filter(session -> session.remoteAddress().getPort() == client.localPort())
                .findFirst();
        return found.orElseThrow();
    }

    /** Waits until it knows so many others. */
    public void awaitOthers(int others) {
        Await.until(others + " other nodes", () -> cluster.nodes().size() == others);
    }

    @Override
    public void close() throws Exception {
        for (LineClient client : clients) {
            client.close();
        }
        server.close();
        cluster.close();
        io.stop().toCompletableFuture().get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
}
