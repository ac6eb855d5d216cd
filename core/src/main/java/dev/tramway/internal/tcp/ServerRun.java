package dev.tramway.internal.tcp;

import dev.tramway.BindFailedException;
import dev.tramway.CloseReason;
import dev.tramway.ErrorEvent;
import dev.tramway.StopReport;
import dev.tramway.internal.loop.Deadline;
import dev.tramway.internal.loop.Handling;
import dev.tramway.internal.loop.Loop;
import dev.tramway.internal.loop.LoopService;
import dev.tramway.internal.loop.SocketErrors;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One run of a server, from binding its ports to the end of its last session. May be used by any thread; binding and closing
 * go on in Netty's futures.
 */
final class ServerRun {
    private enum State {
        STARTING,
        RUNNING,
        STOPPING,
        ENDED
    }

    private final Server server;
    private final LoopService service;
    private final ServerConfig config;
    private final List<ServerPort> ports;
    private final List<InetSocketAddress> addressesBefore;
    private final List<Channel> listening = new ArrayList<>();
    private final List<InetSocketAddress> addresses = new ArrayList<>();
    private final CompletableFuture<StopReport> end = new CompletableFuture<>();
    /** Changed under the lock; read by every broadcast. */
    private volatile State state = State.STARTING;

    private boolean wasRunning;
    private boolean listeningClosed;
    private int drained;
    private int cut;
    private long bytesLost;

    /**
     * Prepares a run.
     *
     * @param addressesBefore of the run before, whose ports are kept; empty for the first
     */
    ServerRun(Server server, ServerConfig config, List<ServerPort> ports, List<InetSocketAddress> addressesBefore) {
        this.server = server;
        this.service = server.service();
        this.config = config;
        this.ports = ports;
        this.addressesBefore = addressesBefore;
    }

    boolean isRunning() {
        State now = state;
        return now == State.RUNNING || now == State.STARTING;
    }

    /** Those it listens on, or did; of a run that did not begin, those of the run before, whose ports a later one keeps. */
    synchronized List<InetSocketAddress> addresses() {
        return wasRunning ? List.copyOf(addresses) : addressesBefore;
    }

    /** The listening sockets, in the order of the ports. */
    synchronized List<Channel> listening() {
        return List.copyOf(listening);
    }

    CompletableFuture<StopReport> ended() {
        return end;
    }

    // ---- binding ----------------------------------------------------------------------------------------------------

    /** Binds all ports one after the other, or none; {@link #accept} is to follow. */
    CompletableFuture<Void> bind() {
        Admission admission = new Admission(config.maxSessions(), config.maxSessionsPerAddress());
        AcceptRate rate = config.acceptRate() == 0
                ? null
                : new AcceptRate(config.acceptRate(), service.clock().nanos());
        CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
        for (int i = 0; i < ports.size(); i++) {
            int place = i;
            all = all.thenCompose(done -> bind(ports.get(place), place, admission, rate));
        }
        return all.handle((done, failure) -> failure).thenCompose(this::settled);
    }

    /** Lets connections in, which have waited in the kernel until now. */
    synchronized void accept() {
        listening.forEach(channel -> channel.config().setAutoRead(true));
    }

    private CompletableFuture<Void> settled(@Nullable Throwable failure) {
        synchronized (this) {
            wasRunning = failure == null && state == State.STARTING;
            state = wasRunning ? State.RUNNING : State.STOPPING;
            if (wasRunning) {
                return CompletableFuture.completedFuture(null);
            }
        }
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure == null ? stoppedWhileStarting() : failure;
        closeListening(Duration.ZERO);
        return end.thenCompose(report -> CompletableFuture.failedFuture(cause));
    }

    private static IllegalStateException stoppedWhileStarting() {
        return new IllegalStateException("the server was stopped while it started");
    }

    private CompletableFuture<Void> bind(ServerPort port, int place, Admission admission, @Nullable AcceptRate rate) {
        if (!isRunning()) {
            return CompletableFuture.failedFuture(stoppedWhileStarting());
        }
        InetSocketAddress wanted;
        try {
            wanted = wantedAddress(port, place);
        } catch (UnknownHostException e) {
            return CompletableFuture.failedFuture(new BindFailedException(
                    "cannot listen on " + config.address().orElse("")
                            + ": the name is not known here; give an address of"
                            + " this machine, such as 127.0.0.1 or ::1",
                    e));
        }
        CompletableFuture<Void> bound = new CompletableFuture<>();
        ChannelFuture binding = bootstrap(port, admission, rate).bind(wanted);
        binding.addListener(done -> {
            if (done.isSuccess()) {
                register(binding.channel());
                bound.complete(null);
            } else {
                bound.completeExceptionally(SocketErrors.bindFailed(wanted, done.cause()));
            }
        });
        return bound;
    }

    private synchronized void register(Channel channel) {
        addresses.add((InetSocketAddress) channel.localAddress());
        listening.add(channel);
    }

    private InetSocketAddress wantedAddress(ServerPort port, int place) throws UnknownHostException {
        int number = place < addressesBefore.size()
                ? addressesBefore.get(place).getPort()
                : port.portConfig().port();
        Optional<String> address = config.address();
        return address.isEmpty()
                ? new InetSocketAddress(number)
                : new InetSocketAddress(InetAddress.getByName(address.get()), number);
    }

    /** A socket for both families would take {@code 0.0.0.0} for all addresses of both. */
    private boolean isIpv4Only() {
        return config.address().filter("0.0.0.0"::equals).isPresent();
    }

    private ServerBootstrap bootstrap(ServerPort port, Admission admission, @Nullable AcceptRate rate) {
        Loop acceptor = service.nextLoop();
        EventLoopGroup all = acceptor.parent();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(acceptor, all)
                .channelFactory(() -> service.transportChoice().newServerChannel(isIpv4Only()))
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.SO_BACKLOG, config.backlog())
                .option(ChannelOption.SO_REUSEADDR, config.reuseAddress())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new AcceptGate(server, admission, rate));
                    }
                })
                .childHandler(port);
        service.transportChoice().prepare(bootstrap);
        if (config.reusePort()) {
            bootstrap.option(service.transportChoice().reusePort(), true);
        }
        return bootstrap;
    }

    // ---- stopping ---------------------------------------------------------------------------------------------------

    /** Stops accepting, drains, then cuts; the same future for all who ask. Who does not want to wait ends a draining. */
    CompletableFuture<StopReport> stop(Duration drain) {
        State before;
        synchronized (this) {
            before = state;
            if (before == State.STARTING || before == State.RUNNING) {
                state = State.STOPPING;
            }
        }
        switch (before) {
            // Binding notices, closes what it has bound until then, and ends this run: never while a port is being
            // bound.
            case STARTING -> {}
            case RUNNING -> closeListening(drain);
            case STOPPING, ENDED -> {
                if (isZero(drain)) {
                    closeSessions();
                }
            }
        }
        return end;
    }

    private static boolean isZero(Duration drain) {
        return drain.isZero() || drain.isNegative();
    }

    private void closeListening(Duration drain) {
        List<Channel> open;
        synchronized (this) {
            open = List.copyOf(listening);
        }
        List<CompletableFuture<Void>> closing = new ArrayList<>();
        for (Channel channel : open) {
            CompletableFuture<Void> closed = new CompletableFuture<>();
            channel.close().addListener(done -> completeAfterTurn((Loop) channel.eventLoop(), 2, closed));
            closing.add(closed);
        }
        CompletableFuture.allOf(closing.toArray(CompletableFuture<?>[]::new)).thenRun(() -> endSessions(drain));
    }

    /**
     * With NIO, a port is free only after the selector has looked once more; until then a restart could not have it. Two hops
     * through the inbox take the loop past that, wherever in its turn it was.
     */
    private static void completeAfterTurn(Loop loop, int hops, CompletableFuture<Void> closed) {
        if (hops == 0
                || !loop.inbox().offerControl((message, detail) -> completeAfterTurn(loop, hops - 1, closed), null)) {
            closed.complete(null);
        }
    }

    private void endSessions(Duration drain) {
        if (isZero(drain)) {
            closeSessions();
        } else {
            server.connections().forEach(session -> session.drainAndClose(shutdown()));
            after(drain.toNanos(), this::cutSessions);
        }
        after(drain.toNanos() + Handling.GRACE_NANOS, this::giveUp);
        synchronized (this) {
            listeningClosed = true;
        }
        endIfNobodyIsLeft();
    }

    private void closeSessions() {
        server.connections().forEach(session -> session.closeAtOnce(shutdown()));
    }

    private static CloseReason shutdown() {
        return CloseReason.of(CloseReason.Kind.SHUTDOWN);
    }

    private void after(long nanos, Runnable step) {
        Loop loop = service.loops().get(0);
        Deadline deadline = new Deadline() {
            @Override
            protected void expire() {
                step.run();
            }
        };
        loop.inbox().offerControl((message, detail) -> loop.setDeadline(deadline, nanos), null);
    }

    /** The time to drain is over. */
    private void cutSessions() {
        synchronized (this) {
            if (state != State.STOPPING) {
                // This run has ended in time; the sessions are those of the next.
                return;
            }
        }
        server.connections().forEach(session -> session.controlOnLoop(session::cut));
    }

    /** Sessions whose handlers do not return, on an executor or in blocking style, do not keep the stop from ending. */
    private void giveUp() {
        int left = server.connections().size();
        if (end.isDone() || left == 0) {
            return;
        }
        server.reportToListeners(ErrorEvent.of(
                ErrorEvent.Category.HANDLER,
                "HANDLER_STILL_RUNNING",
                left + " sessions have handlers that do not return; the stop does not wait for them any longer"));
        synchronized (this) {
            cut += left;
        }
        endNow();
    }

    /** A session of this run has ended. */
    void ended(TcpSession session, long lost) {
        synchronized (this) {
            if (state == State.STOPPING) {
                if (lost > 0) {
                    cut++;
                } else {
                    drained++;
                }
                bytesLost += lost;
            }
        }
        endIfNobodyIsLeft();
    }

    private void endIfNobodyIsLeft() {
        synchronized (this) {
            if (!listeningClosed || !server.connections().isEmpty()) {
                return;
            }
        }
        endNow();
    }

    private void endNow() {
        StopReport report;
        synchronized (this) {
            if (state != State.STOPPING) {
                return;
            }
            state = State.ENDED;
            report = new StopReport(drained, cut, bytesLost);
        }
        server.stopped(report, wasRunning);
        end.complete(report);
    }
}
