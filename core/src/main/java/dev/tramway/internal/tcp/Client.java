package dev.tramway.internal.tcp;

import dev.tramway.Backoff;
import dev.tramway.CloseReason;
import dev.tramway.ConnectFailedException;
import dev.tramway.ErrorEvent;
import dev.tramway.Session;
import dev.tramway.SessionListener;
import dev.tramway.SessionStats;
import dev.tramway.Subscription;
import dev.tramway.TcpClient;
import dev.tramway.TcpServer;
import dev.tramway.Timer;
import dev.tramway.TlsException;
import dev.tramway.internal.loop.Deadline;
import dev.tramway.internal.loop.Handling;
import dev.tramway.internal.loop.Loop;
import dev.tramway.internal.loop.LoopService;
import dev.tramway.internal.loop.Member;
import dev.tramway.internal.tls.TlsSettings;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A client. May be used by any thread; its state changes under its lock, and nothing of the application's is called while that
 * is held.
 *
 * <p>What the application wants (to be connected or not) is kept apart from what is (a session, an attempt, a wait). Whenever
 * one of them changes, {@link #proceed} takes the next step from what is towards what is wanted.
 */
final class Client implements TcpClient, Member, Owner {
    /** Where to connect to, and how. */
    record Target(
            String host,
            int port,
            Optional<InetSocketAddress> from,
            Duration connectTimeout,
            Optional<Backoff> reconnect,
            List<BiConsumer<TcpClient, ErrorEvent>> connectFailed) {}

    private static final SessionStats NONE = new SessionStats(0, 0, 0, 0, 0, 0);

    private final UUID id = UUID.randomUUID();
    private final LoopService service;
    private final Target target;
    private final SessionConfig config;
    private final Audience audience;

    private boolean wanted;
    private boolean closedForGood;
    private boolean wantedBeforeServiceStop;
    private int failures;
    private @Nullable ConnectAttempt attempt;
    private @Nullable TcpSession lastSession;
    /** A session that has not ended yet; a new attempt waits for its end. */
    private @Nullable TcpSession living;

    private @Nullable Timer wait;
    private @Nullable CompletableFuture<Session> connecting;
    private CompletableFuture<Void> disconnected = CompletableFuture.completedFuture(null);

    Client(LoopService service, Target target, SessionConfig config, List<SessionListener> listeners) {
        this.service = service;
        this.target = target;
        this.config = config;
        this.audience = new Audience(null, listeners);
        if (config.tls() != null) {
            config.tls().prepareClient();
        }
    }

    // ---- what the application wants ---------------------------------------------------------------------------------

    @Override
    public void connect() {
        if (Loop.current() != null) {
            throw new IllegalStateException("connect on an event loop would wait for itself; use connectAsync");
        }
        try {
            connectAsync().join();
        } catch (CompletionException e) {
            throw rethrown(e);
        }
    }

    /** The same failure, thrown anew, so that the stack shows who called. */
    private static RuntimeException rethrown(CompletionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String message = String.valueOf(cause.getMessage());
        return switch (cause) {
            case ConnectFailedException e -> new ConnectFailedException(message, e);
            case TlsException e -> new TlsException(message, e);
            case RuntimeException e -> e;
            default -> failure;
        };
    }

    @Override
    public CompletableFuture<Session> connectAsync() {
        CompletableFuture<Session> result;
        synchronized (this) {
            if (closedForGood) {
                return CompletableFuture.failedFuture(new IllegalStateException("the client was closed"));
            }
            if (!joinService()) {
                return CompletableFuture.failedFuture(new IllegalStateException("the I/O service has stopped"));
            }
            TcpSession present = living;
            if (present != null && present.isOpen()) {
                return CompletableFuture.completedFuture(present);
            }
            wanted = true;
            result = connecting == null ? new CompletableFuture<>() : connecting;
            connecting = result;
        }
        proceed();
        return result.copy();
    }

    /** Joins before it looks, so that a stop which is not seen here will see this client. */
    private boolean joinService() {
        service.join(this);
        if (!service.isRunning() && !wanted && living == null) {
            service.leave(this);
        }
        return service.isRunning();
    }

    @Override
    public CompletableFuture<Void> disconnect() {
        CompletableFuture<Void> result;
        synchronized (this) {
            wanted = false;
            abandonAttempt();
            result = disconnected;
        }
        giveUp(new ConnectFailedException("disconnected while connecting to " + place()));
        proceed();
        return result.copy();
    }

    @Override
    public CompletableFuture<Session> reconnect() {
        // Only a session: an attempt that is under way is what is asked for.
        session().ifPresent(Session::close);
        return connectAsync();
    }

    @Override
    public void close() {
        CompletableFuture<Void> done = disconnect();
        synchronized (this) {
            closedForGood = true;
        }
        if (Handling.mayWait()) {
            done.join();
        }
    }

    @Override
    public CompletableFuture<?> stopWithService() {
        synchronized (this) {
            wantedBeforeServiceStop = wanted && target.reconnect().isPresent();
        }
        TcpSession present = present();
        if (present != null) {
            present.closeAtOnce(CloseReason.of(CloseReason.Kind.SHUTDOWN));
        }
        return disconnect();
    }

    @Override
    public CompletableFuture<?> restartWithService() {
        boolean again;
        synchronized (this) {
            again = wantedBeforeServiceStop;
        }
        if (again) {
            connectAsync();
        }
        return CompletableFuture.completedFuture(null);
    }

    // ---- from what is to what is wanted -----------------------------------------------------------------------------

    private void proceed() {
        TcpSession unwanted = null;
        ConnectAttempt begun = null;
        synchronized (this) {
            if (!wanted) {
                cancelWait();
                abandonAttempt();
                unwanted = living;
                if (living == null) {
                    service.leave(this);
                }
            } else if (living == null && attempt == null && wait == null) {
                begun = new ConnectAttempt(this, service, target);
                attempt = begun;
                disconnected = new CompletableFuture<>();
            }
        }
        if (unwanted != null) {
            unwanted.close();
            giveUpLater(unwanted);
        }
        if (begun != null) {
            begun.start();
        }
    }

    /** Handlers on an executor that do not return do not keep a client that disconnects from ending. */
    private void giveUpLater(TcpSession session) {
        if (config.handlers() == null) {
            return;
        }
        Deadline deadline = new Deadline() {
            @Override
            protected void expire() {
                if (present() == session) {
                    report(ErrorEvent.of(
                            ErrorEvent.Category.HANDLER,
                            "HANDLER_STILL_RUNNING",
                            "a handler of the " + Client.this + " does not return; it is not waited for any longer"));
                    closed(session, CloseReason.of(CloseReason.Kind.LOCAL), 0);
                }
            }
        };
        session.controlOnLoop(() -> session.loop().setDeadline(deadline, Handling.GRACE_NANOS));
    }

    /** Whatever becomes of it, nobody will hear of it. A session that it has made already is closed as such. */
    private void abandonAttempt() {
        ConnectAttempt abandoned = attempt;
        attempt = null;
        if (abandoned != null && living == null) {
            abandoned.cancel();
        }
    }

    private void cancelWait() {
        if (wait != null) {
            wait.cancel();
            wait = null;
        }
    }

    /** Makes the session of a channel that was connected, on its loop; null if the attempt was abandoned. */
    @Nullable
    TcpSession newSession(ConnectAttempt by, Loop loop, Channel channel) {
        TcpSession session = new TcpSession(loop, channel, this, new BroadcastLog(loop));
        synchronized (this) {
            if (attempt != by) {
                return null;
            }
            living = session;
        }
        return session;
    }

    @Override
    public void opened(TcpSession session) {
        CompletableFuture<Session> waiting;
        synchronized (this) {
            attempt = null;
            failures = 0;
            lastSession = session;
            // If it was disconnected meanwhile, who has asked since then waits for the next one.
            waiting = session.closeReason().isEmpty() ? connecting : null;
            if (waiting != null) {
                connecting = null;
            }
        }
        if (waiting != null) {
            // Behind onConnect, which this callback precedes, wherever that is told.
            session.loop().defer(() -> session.afterTold(() -> waiting.complete(session)));
        }
        proceed();
    }

    @Override
    public void closed(TcpSession session, CloseReason reason, long bytesLost) {
        CompletableFuture<Void> done;
        synchronized (this) {
            if (living != session) {
                // It was given up before, and another may be in its place.
                return;
            }
            living = null;
            done = disconnected;
            if (connecting == null && target.reconnect().isEmpty()) {
                wanted = false;
            }
            if (reason.kind() == CloseReason.Kind.LOCAL && connecting == null) {
                wanted = false;
            }
            if (wanted && connecting == null) {
                // Nobody asked for it just now: the clients of a server that went away shall not all come back at once.
                waitBeforeNext();
            }
        }
        done.complete(null);
        proceed();
    }

    @Override
    public void failed(TcpSession session, CloseReason reason) {
        ConnectAttempt by;
        CompletableFuture<Void> done;
        synchronized (this) {
            if (living != session) {
                return;
            }
            living = null;
            by = attempt;
            done = disconnected;
        }
        if (by == null) {
            // Disconnected during the handshake.
            done.complete(null);
            proceed();
            return;
        }
        String message = "cannot connect to " + place() + ": " + reason;
        Throwable cause = reason.cause().orElseGet(() -> new ConnectFailedException(reason.detail()));
        switch (reason.kind()) {
            case HANDSHAKE_FAILED, HANDSHAKE_TIMEOUT -> attemptFailed(by, "TLS", new TlsException(message, cause));
            default -> attemptFailed(by, reason.kind().name(), new ConnectFailedException(message, cause));
        }
    }

    /** No address could be connected to, or the handshake failed; told on a loop. */
    void attemptFailed(ConnectAttempt by, String code, RuntimeException failure) {
        boolean again;
        synchronized (this) {
            if (attempt != by) {
                return;
            }
            attempt = null;
            failures++;
            again = wanted && mayTryAgain();
            if (again) {
                waitBeforeNext();
            } else {
                wanted = false;
            }
        }
        ErrorEvent error = ErrorEvent.of(category(code, failure), code, String.valueOf(failure.getMessage()), failure);
        for (BiConsumer<TcpClient, ErrorEvent> handler : target.connectFailed()) {
            try {
                handler.accept(this, error);
            } catch (Throwable e) {
                report(ErrorEvent.of(
                        ErrorEvent.Category.HANDLER, e.getClass().getSimpleName(), "onConnectFailed failed: " + e, e));
            }
        }
        if (!again) {
            giveUp(failure);
        }
        proceed();
    }

    private static ErrorEvent.Category category(String code, RuntimeException failure) {
        if (failure instanceof TlsException) {
            return ErrorEvent.Category.TLS;
        }
        return code.equals("UNKNOWN_HOST") ? ErrorEvent.Category.RESOLVER : ErrorEvent.Category.SYSTEM;
    }

    private boolean mayTryAgain() {
        return target.reconnect()
                .filter(backoff -> backoff.attempts() == 0 || failures < backoff.attempts())
                .isPresent();
    }

    private void waitBeforeNext() {
        Duration pause = target.reconnect().orElseThrow().waitAfter(Math.max(failures, 1), ThreadLocalRandom.current());
        wait = service.after(pause, () -> {
            synchronized (this) {
                wait = null;
            }
            proceed();
        });
    }

    private void giveUp(RuntimeException failure) {
        CompletableFuture<Session> waiting;
        CompletableFuture<Void> done;
        synchronized (this) {
            waiting = connecting;
            connecting = null;
            done = living == null ? disconnected : null;
        }
        if (waiting != null) {
            waiting.completeExceptionally(failure);
        }
        if (done != null) {
            done.complete(null);
        }
    }

    String place() {
        return target.host() + ":" + target.port();
    }

    // ---- the rest ---------------------------------------------------------------------------------------------------

    private synchronized @Nullable TcpSession present() {
        return living;
    }

    @Override
    public Optional<Session> session() {
        TcpSession present = present();
        return present != null && present.isOpen() ? Optional.of(present) : Optional.empty();
    }

    @Override
    public SessionStats stats() {
        TcpSession last;
        synchronized (this) {
            last = lastSession;
        }
        return last == null ? NONE : last.stats();
    }

    @Override
    public Subscription listen(SessionListener listener) {
        Subscription subscription = audience.add(listener);
        listenersChanged();
        return () -> {
            subscription.close();
            listenersChanged();
        };
    }

    private void listenersChanged() {
        TcpSession present = present();
        if (present != null) {
            present.listenersChanged();
        }
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public LoopService service() {
        return service;
    }

    @Override
    public SessionConfig config() {
        return config;
    }

    @Nullable
    TlsSettings tls() {
        return config.tls();
    }

    @Override
    public Audience audience() {
        return audience;
    }

    @Override
    public TcpServer server() {
        throw new IllegalStateException("a client's session has no server");
    }

    @Override
    public void identified(TcpSession session, UUID sessionId) {
        // a client has one session, which need not be found
    }

    @Override
    public void report(ErrorEvent error) {
        service.report(error);
    }

    @Override
    public void received(long bytes, long messages) {
        // the session counts for itself
    }

    @Override
    public void sent(long bytes, long messages) {
        // the session counts for itself
    }

    @Override
    public void dropped(long messages) {
        // the session counts for itself
    }

    @Override
    public String toString() {
        return "client of " + place();
    }
}
