package dev.tramway.internal.tcp;

import dev.tramway.BindFailedException;
import dev.tramway.CloseReason;
import dev.tramway.Cluster;
import dev.tramway.ErrorEvent;
import dev.tramway.Group;
import dev.tramway.SendResult;
import dev.tramway.ServerListener;
import dev.tramway.ServerStats;
import dev.tramway.Session;
import dev.tramway.SessionAddress;
import dev.tramway.SessionListener;
import dev.tramway.StopReport;
import dev.tramway.Subscription;
import dev.tramway.TcpServer;
import dev.tramway.TlsException;
import dev.tramway.internal.loop.Handling;
import dev.tramway.internal.loop.Loop;
import dev.tramway.internal.loop.LoopService;
import dev.tramway.internal.loop.Member;
import dev.tramway.internal.loop.TransportChoice;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server: its ports, its sessions, its groups. May be used by any thread. Each start begins a {@link ServerRun}, which ends
 * with the stop.
 */
final class Server implements TcpServer, Member {
    private final UUID id;
    private final LoopService service;
    private final ServerConfig config;
    private final Audience audience;
    private final List<ServerPort> ports;
    private final Cluster.Link others;
    private final Set<TcpSession> sessions = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<UUID, TcpSession> byId = new ConcurrentHashMap<>();
    private volatile Counters counters = new Counters();
    private volatile @Nullable ServerRun run;
    private volatile Rooms rooms;
    private boolean restartWithService;

    /** The restart that is under way; a stop overrules it. */
    private @Nullable CompletableFuture<Void> restarting;

    Server(LoopService service, ServerConfig config) {
        this.service = service;
        this.config = config;
        this.audience = new Audience(null, config.listeners());
        this.ports =
                config.ports().stream().map(port -> new ServerPort(this, port)).toList();
        this.id = config.cluster().map(Cluster::id).orElseGet(UUID::randomUUID);
        this.others = config.cluster().map(this::join).orElseGet(Alone::new);
        this.rooms = newRooms();
    }

    private Cluster.Link join(Cluster cluster) {
        return cluster.join(this, this::tellWritable);
    }

    private Rooms newRooms() {
        return new Rooms(service.loops(), this::isRunning, this::tellWritable, others);
    }

    private void tellWritable() {
        tellServer(listener -> listener.onWritable(this));
    }

    // ---- start and stop ---------------------------------------------------------------------------------------------

    /** Binds all ports, or none. */
    synchronized CompletableFuture<Void> start() {
        try {
            prepareTls();
        } catch (TlsException e) {
            return CompletableFuture.failedFuture(e);
        }
        // Joins before it looks, so that a stop which is not seen here will see this server.
        service.join(this);
        if (!service.isRunning()) {
            service.leave(this);
            return CompletableFuture.failedFuture(new IllegalStateException("the I/O service has stopped"));
        }
        ServerRun last = run;
        List<InetSocketAddress> known = last == null ? List.of() : last.addresses();
        counters = new Counters();
        if (!rooms.lives(service.loops().get(0))) {
            rooms = newRooms();
        }
        ServerRun started = new ServerRun(this, config, ports, known);
        run = started;
        CompletableFuture<Void> bound = started.bind();
        return bound.whenComplete((done, failure) -> {
            if (failure != null) {
                service.leave(this);
            } else {
                // Before anybody is let in, so that no session is told before the start.
                onFirstLoop(() -> {
                    tellNow(listener -> listener.onStarted(this));
                    started.accept();
                });
            }
        });
    }

    private void prepareTls() {
        for (ServerPort port : ports) {
            if (port.config().tls() != null) {
                port.config().tls().prepareServer();
            }
        }
    }

    @Override
    public boolean isRunning() {
        ServerRun current = run;
        return current != null && current.isRunning();
    }

    ServerRun current() {
        ServerRun current = run;
        if (current == null) {
            throw new IllegalStateException("the server was not started");
        }
        return current;
    }

    @Override
    public CompletableFuture<StopReport> stop(Duration drain) {
        synchronized (this) {
            // A restart that is under way does not start again.
            restarting = null;
        }
        return current().stop(drain).copy();
    }

    /** The run has ended: nobody is connected any more. */
    void stopped(StopReport report, boolean wasRunning) {
        service.leave(this);
        if (wasRunning) {
            tellServer(listener -> listener.onStopped(this, report));
        }
    }

    @Override
    public synchronized CompletableFuture<Void> restart() {
        CompletableFuture<Void> present = restarting;
        if (present != null) {
            return present.copy();
        }
        CompletableFuture<Void> begun = new CompletableFuture<>();
        restarting = begun;
        current()
                .stop(Duration.ZERO)
                .thenCompose(report -> startAgain(begun))
                .whenComplete((done, failure) -> restarted(begun, failure));
        return begun.copy();
    }

    private synchronized CompletableFuture<Void> startAgain(CompletableFuture<Void> restart) {
        return restarting == restart
                ? start()
                : CompletableFuture.failedFuture(
                        new IllegalStateException("the server was stopped while it restarted"));
    }

    private void restarted(CompletableFuture<Void> restart, @Nullable Throwable failure) {
        synchronized (this) {
            if (restarting == restart) {
                restarting = null;
            }
        }
        if (failure == null) {
            restart.complete(null);
        } else {
            restart.completeExceptionally(
                    failure instanceof CompletionException && failure.getCause() != null
                            ? failure.getCause()
                            : failure);
        }
    }

    @Override
    public CompletableFuture<?> stopWithService() {
        synchronized (this) {
            restartWithService = isRunning() || restarting != null;
        }
        return run == null ? CompletableFuture.completedFuture(null) : stop(Duration.ZERO);
    }

    @Override
    public CompletableFuture<?> restartWithService() {
        boolean wanted;
        synchronized (this) {
            wanted = restartWithService;
        }
        return wanted ? start() : CompletableFuture.completedFuture(null);
    }

    @Override
    public void awaitStop() throws InterruptedException {
        if (Loop.current() != null) {
            throw new IllegalStateException("awaitStop on an event loop would wait for itself");
        }
        try {
            ServerRun awaited;
            do {
                awaited = current();
                awaited.ended().get();
                awaitRestart();
            } while (awaited != current());
        } catch (ExecutionException e) {
            throw new BindFailedException("the server did not start", e);
        }
    }

    private void awaitRestart() throws InterruptedException, ExecutionException {
        CompletableFuture<Void> present;
        synchronized (this) {
            present = restarting;
        }
        if (present != null) {
            present.handle((done, failure) -> null).get();
        }
    }

    @Override
    public void close() {
        CompletableFuture<StopReport> stopping = stop(Duration.ZERO);
        if (Handling.mayWait()) {
            stopping.join();
        }
    }

    // ---- sessions, on their loops -----------------------------------------------------------------------------------

    /** A connection was let in. */
    void accepted(TcpSession session) {
        counters.accepted.increment();
        sessions.add(session);
        if (!isRunning()) {
            session.close(CloseReason.of(CloseReason.Kind.SHUTDOWN));
        }
    }

    void opened(TcpSession session) {
        counters.opened.increment();
        rooms.join(rooms.everyone(), session);
    }

    /** Ids are made when first asked for; from then on the session can be found by it. */
    void identified(TcpSession session, UUID sessionId) {
        byId.put(sessionId, session);
        if (!sessions.contains(session)) {
            byId.remove(sessionId);
        }
    }

    void closed(TcpSession session, long bytesLost) {
        counters.disconnected.increment();
        forget(session, bytesLost);
    }

    void failed(TcpSession session) {
        counters.handshakesFailed.increment();
        forget(session, 0);
    }

    private void forget(TcpSession session, long bytesLost) {
        sessions.remove(session);
        UUID known = session.knownId();
        if (known != null) {
            byId.remove(known);
        }
        current().ended(session, bytesLost);
    }

    /** Everything that is connected, whether its handshake is over or not. */
    Set<TcpSession> connections() {
        return sessions;
    }

    // ---- events -----------------------------------------------------------------------------------------------------

    Audience audience() {
        return audience;
    }

    void reportToListeners(ErrorEvent error) {
        boolean heard = false;
        for (SessionListener listener : audience.snapshot().listeners()) {
            heard |= listener instanceof ServerListener
                    && Audience.overrides(listener, "onError", TcpServer.class, ErrorEvent.class);
        }
        if (heard) {
            tellServer(listener -> listener.onError(this, error));
        } else {
            service.report(error);
        }
    }

    private void tellServer(Consumer<ServerListener> event) {
        onFirstLoop(() -> tellNow(event));
    }

    private void onFirstLoop(Runnable task) {
        service.loops().get(0).inbox().offerControl((message, detail) -> task.run(), null);
    }

    private void tellNow(Consumer<ServerListener> event) {
        for (SessionListener listener : audience.snapshot().listeners()) {
            if (listener instanceof ServerListener told) {
                try {
                    event.accept(told);
                } catch (Throwable e) {
                    service.report(ErrorEvent.of(
                            ErrorEvent.Category.HANDLER,
                            e.getClass().getSimpleName(),
                            "a server listener failed: " + e,
                            e));
                }
            }
        }
    }

    @Override
    public Subscription listen(ServerListener listener) {
        Subscription subscription = audience.add(listener);
        sessions.forEach(TcpSession::listenersChanged);
        return () -> {
            subscription.close();
            sessions.forEach(TcpSession::listenersChanged);
        };
    }

    // ---- the rest ---------------------------------------------------------------------------------------------------

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public LoopService service() {
        return service;
    }

    TransportChoice transport() {
        return service.transportChoice();
    }

    Counters counters() {
        return counters;
    }

    Rooms rooms() {
        return rooms;
    }

    @Override
    public List<InetSocketAddress> addresses() {
        return current().addresses();
    }

    @Override
    public Collection<Session> sessions() {
        return List.copyOf(sessions.stream().filter(TcpSession::isOpen).toList());
    }

    @Override
    public Optional<Session> findSession(UUID session) {
        return Optional.ofNullable(byId.get(session)).filter(TcpSession::isOpen).map(found -> found);
    }

    @Override
    public CompletableFuture<SendResult> send(SessionAddress session, ByteBuffer message) {
        return session.server().equals(id)
                ? CompletableFuture.completedFuture(send(session.session(), message))
                : others.send(session, message);
    }

    @Override
    public CompletableFuture<Boolean> disconnect(SessionAddress session) {
        if (!session.server().equals(id)) {
            return others.disconnect(session);
        }
        Optional<Session> found = findSession(session.session());
        found.ifPresent(Session::close);
        return CompletableFuture.completedFuture(found.isPresent());
    }

    @Override
    public Group everyone() {
        return rooms.everyone();
    }

    @Override
    public Group group(String name) {
        return rooms.named(name);
    }

    @Override
    public void disconnectAll() {
        sessions.forEach(Session::close);
    }

    @Override
    public ServerStats stats() {
        Counters now = counters;
        long pending = 0;
        for (TcpSession session : sessions) {
            pending += session.outbound().pendingBytes();
        }
        return new ServerStats(
                now.opened.sum() - now.disconnected.sum(),
                now.accepted.sum(),
                now.acceptsFailed.sum(),
                now.refused.sum(),
                now.handshakesFailed.sum(),
                now.disconnected.sum(),
                now.bytesReceived.sum(),
                now.bytesSent.sum(),
                pending,
                now.messagesReceived.sum(),
                now.messagesSent.sum(),
                now.messagesDropped.sum());
    }

    @Override
    public String toString() {
        return "server on " + addresses();
    }
}
