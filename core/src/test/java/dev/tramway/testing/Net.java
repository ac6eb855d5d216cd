package dev.tramway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.Connection;
import dev.tramway.ErrorEvent;
import dev.tramway.IoService;
import dev.tramway.TcpClient;
import dev.tramway.TcpServer;
import dev.tramway.internal.loop.IoServiceBuilder;
import dev.tramway.internal.loop.Loop;
import dev.tramway.internal.loop.LoopService;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The I/O service of one test and all that lives on it. Closing it stops everything, and fails the test if trouble was
 * reported to the service that the test has not looked at by {@link #errors()}.
 */
public final class Net implements AutoCloseable {
    private final Wire wire;
    private final IoService io;
    private final ManualClock clock;
    private final List<ErrorEvent> errors = new CopyOnWriteArrayList<>();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private boolean errorsLookedAt;

    /** A service with two loops. */
    public Net(Wire wire) {
        this(wire, options -> {});
    }

    /** A service with options of its own. */
    public Net(Wire wire, Consumer<IoServiceBuilder> options) {
        this(wire, options, new ManualClock());
    }

    /** A service whose time goes on only by {@link #advance}. */
    public static Net withManualClock(Wire wire) {
        ManualClock clock = new ManualClock();
        return new Net(wire, options -> options.clock(clock), clock);
    }

    private Net(Wire wire, Consumer<IoServiceBuilder> options, ManualClock clock) {
        this.wire = wire;
        this.clock = clock;
        IoServiceBuilder builder = wire.service();
        // Loops that a busy machine keeps waiting are no trouble; who tests the watchdog switches it on.
        builder.onError(errors::add).blockedAfter(Duration.ZERO);
        options.accept(builder);
        io = builder.start();
    }

    /** How servers and clients of this test are connected. */
    public Wire wire() {
        return wire;
    }

    /** The service. */
    public IoService io() {
        return io;
    }

    /** The service's loops. */
    public List<Loop> loops() {
        return LoopService.of(io).loops();
    }

    /** Starts a server on a port of the system's choice; it is closed with this. */
    public TcpServer server(Consumer<TcpServer.Builder> options) {
        TcpServer.Builder builder = wire.server(io);
        options.accept(builder);
        return closing(builder.start());
    }

    /** Connects a client; it is closed with this, before the server. */
    public TcpClient client(TcpServer server, Consumer<TcpClient.Builder> options) {
        TcpClient client = unconnected(server.port(), options);
        client.connect();
        return client;
    }

    /** Makes a client without connecting it; it is closed with this, before the server. */
    public TcpClient unconnected(int port, Consumer<TcpClient.Builder> options) {
        TcpClient.Builder builder = wire.client(io, port);
        options.accept(builder);
        return closing(builder.build());
    }

    /** Connects a client in blocking style; it is closed with this, before the server. */
    public Connection connection(TcpServer server, Consumer<TcpClient.Builder> options) {
        TcpClient.Builder builder = wire.client(io, server.port());
        options.accept(builder);
        return closing(builder.open());
    }

    /** Connects a peer that is no part of Tramway; it is closed with this, before the server. */
    public Peer peer(TcpServer server) {
        return closing(Peer.connect(wire, server.port()));
    }

    /** Listens without Tramway, for clients to connect to; it is closed with this. */
    public PeerListener listener() {
        return closing(new PeerListener(wire));
    }

    /** Has something closed with this; what was added last is closed first. */
    public <T extends AutoCloseable> T closing(T resource) {
        open.push(resource);
        return resource;
    }

    /** The trouble reported to the service so far; by this, a test says that it expects some. */
    public List<ErrorEvent> errors() {
        errorsLookedAt = true;
        return errors;
    }

    /** Lets virtual time go on, and waits until the loops have done what was due. */
    public void advance(Duration span) {
        clock.advance(span);
        settle();
    }

    /** Waits until every loop has handled what it was given, and what that has caused on itself. */
    public void settle() {
        // Twice: the first turn may have looked at the clock, and at its sockets, before.
        for (int round = 0; round < 2; round++) {
            for (Loop loop : loops()) {
                CompletableFuture<Void> handled = new CompletableFuture<>();
                if (loop.inbox().offerControl((message, detail) -> handled.complete(null), null)) {
                    Await.get(handled);
                }
            }
        }
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable resource : open) {
            resource.close();
        }
        Await.get(io.stop());
        if (!errorsLookedAt) {
            assertThat(errors).as("trouble reported to the I/O service").isEmpty();
        }
    }
}
