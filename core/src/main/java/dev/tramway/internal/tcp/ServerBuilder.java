package dev.tramway.internal.tcp;

import dev.tramway.BindFailedException;
import dev.tramway.Cluster;
import dev.tramway.ConnectionHandler;
import dev.tramway.IoService;
import dev.tramway.ServerListener;
import dev.tramway.TcpServer;
import dev.tramway.internal.loop.Loop;
import dev.tramway.internal.loop.LoopService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** Collects and checks the configuration of a server. */
public final class ServerBuilder extends Options<TcpServer.Builder> implements TcpServer.Builder {
    private final LoopService service;
    private final List<PlannedPort> ports = new ArrayList<>();
    private Optional<String> address = Optional.empty();
    private int backlog = 4096;
    private boolean reuseAddress = true;
    private boolean reusePort;
    private int maxSessions;
    private int maxSessionsPerAddress;
    private int acceptRate;
    private Optional<Cluster> cluster = Optional.empty();

    /** Options are applied at the start, so that those of the server may be set after the port. */
    private record PlannedPort(int port, Consumer<TcpServer.Port> options) {}

    /** Begins a configuration. */
    public ServerBuilder(IoService io) {
        service = LoopService.of(io);
    }

    @Override
    TcpServer.Builder self() {
        return this;
    }

    @Override
    public TcpServer.Builder port(int port) {
        return port(port, options -> {});
    }

    @Override
    public TcpServer.Builder port(int port, Consumer<TcpServer.Port> options) {
        require("port", port, 0, 65_535);
        ports.add(new PlannedPort(port, options));
        return this;
    }

    @Override
    public TcpServer.Builder ports(int... numbers) {
        for (int number : numbers) {
            port(number);
        }
        return this;
    }

    @Override
    public TcpServer.Builder address(String literal) {
        address = Optional.of(literal);
        return this;
    }

    @Override
    public TcpServer.Builder backlog(int connections) {
        require("backlog", connections, 1, Integer.MAX_VALUE);
        backlog = connections;
        return this;
    }

    @Override
    public TcpServer.Builder reuseAddress(boolean on) {
        reuseAddress = on;
        return this;
    }

    @Override
    public TcpServer.Builder reusePort(boolean on) {
        reusePort = on;
        return this;
    }

    @Override
    public TcpServer.Builder maxSessions(int sessions) {
        require("maxSessions", sessions, 0, Integer.MAX_VALUE);
        maxSessions = sessions;
        return this;
    }

    @Override
    public TcpServer.Builder maxSessionsPerAddress(int sessions) {
        require("maxSessionsPerAddress", sessions, 0, Integer.MAX_VALUE);
        maxSessionsPerAddress = sessions;
        return this;
    }

    @Override
    public TcpServer.Builder acceptRate(int connections) {
        require("acceptRate", connections, 0, Integer.MAX_VALUE);
        acceptRate = connections;
        return this;
    }

    @Override
    public TcpServer.Builder cluster(Cluster joined) {
        cluster = Optional.of(joined);
        return this;
    }

    @Override
    public TcpServer.Builder handle(ConnectionHandler handler) {
        serveBlocking(handler);
        return this;
    }

    @Override
    public TcpServer.Builder listen(ServerListener listener) {
        return listen((dev.tramway.SessionListener) listener);
    }

    @Override
    public TcpServer start() {
        if (Loop.current() != null) {
            throw new IllegalStateException("start on an event loop would wait for itself; use startAsync");
        }
        try {
            return startAsync().join();
        } catch (CompletionException e) {
            // Thrown anew, so that the stack shows who called start.
            if (e.getCause() instanceof BindFailedException failed) {
                throw new BindFailedException(String.valueOf(failed.getMessage()), failed);
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public CompletableFuture<TcpServer> startAsync() {
        Server server = new Server(service, config());
        return server.start().thenApply(started -> server);
    }

    private ServerConfig config() {
        if (ports.isEmpty()) {
            throw new IllegalStateException("no port was given; call port(...)");
        }
        List<ServerConfig.PortConfig> configured = new ArrayList<>();
        for (PlannedPort planned : ports) {
            PortOptions options = new PortOptions(this);
            planned.options().accept(options);
            configured.add(new ServerConfig.PortConfig(planned.port(), options.sessionConfig(), options.listeners()));
        }
        return new ServerConfig(
                address,
                List.copyOf(configured),
                backlog,
                reuseAddress,
                reusePort,
                maxSessions,
                maxSessionsPerAddress,
                acceptRate,
                cluster,
                listeners());
    }

    private static void require(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(option + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }
}
