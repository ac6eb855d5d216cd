package dev.tramway.internal.udp;

import dev.tramway.BindFailedException;
import dev.tramway.ClosedException;
import dev.tramway.ErrorEvent;
import dev.tramway.MulticastGroup;
import dev.tramway.SendFailedException;
import dev.tramway.internal.loop.DatagramBuffer;
import dev.tramway.internal.loop.Deadline;
import dev.tramway.internal.loop.Handling;
import dev.tramway.internal.loop.Loop;
import dev.tramway.internal.loop.LoopService;
import dev.tramway.internal.loop.SocketErrors;
import dev.tramway.internal.loop.TransportChoice;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One run of an endpoint, from binding its sockets to the end of the last of them. May be used by any thread; binding and
 * closing go on in Netty's futures.
 */
final class EndpointRun {
    /** Netty's own marks are never reached: the queue has the limit. */
    private static final WriteBufferWaterMark NO_MARKS = new WriteBufferWaterMark(Integer.MAX_VALUE, Integer.MAX_VALUE);

    private enum State {
        STARTING,
        RUNNING,
        STOPPING,
        ENDED
    }

    private final Endpoint endpoint;
    private final LoopService service;
    private final EndpointConfig config;
    private final Optional<InetSocketAddress> addressBefore;
    private final CopyOnWriteArrayList<EndpointSocket> sockets = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final LongAdder refused = new LongAdder();
    private State state = State.STARTING;
    private boolean wasRunning;
    private int living;
    private volatile @Nullable Addresses addresses;
    private volatile @Nullable InetSocketAddress bound;

    /**
     * Prepares a run.
     *
     * @param addressBefore of the run before, whose port is kept; empty for the first
     */
    EndpointRun(Endpoint endpoint, Optional<InetSocketAddress> addressBefore) {
        this.endpoint = endpoint;
        this.service = endpoint.service();
        this.config = endpoint.config();
        this.addressBefore = addressBefore;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    synchronized boolean isRunning() {
        return state == State.RUNNING;
    }

    List<EndpointSocket> sockets() {
        return sockets;
    }

    /** Datagrams that were answered FULL. */
    LongAdder refused() {
        return refused;
    }

    Optional<InetSocketAddress> address() {
        return Optional.ofNullable(bound);
    }

    /** The addresses in use; empty until the names are resolved. */
    Optional<Addresses> addresses() {
        return Optional.ofNullable(addresses);
    }

    // ---- starting ---------------------------------------------------------------------------------------------------

    /** Binds all sockets and joins all groups, or nothing. */
    CompletableFuture<Void> start() {
        return Addresses.find(config, addressBefore)
                .thenCompose(this::openAll)
                .thenCompose(done -> joinAll())
                .handle((done, failure) -> failure)
                .thenCompose(this::settled);
    }

    private CompletableFuture<Void> openAll(Addresses found) {
        addresses = found;
        CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
        for (int i = 0; i < config.sockets(); i++) {
            all = all.thenCompose(done -> open(found));
        }
        return all;
    }

    private CompletableFuture<Void> open(Addresses found) {
        InetSocketAddress first = bound;
        // The others follow the first, whose port the system may have chosen.
        Optional<InetSocketAddress> local = first == null ? found.local() : found.localOn(first.getPort());
        Bootstrap bootstrap = bootstrap(found);
        ChannelFuture opening = found.peer().isEmpty()
                ? bootstrap.bind(local.orElseThrow())
                : bootstrap.connect(found.peer().get(), local.orElse(null));
        CompletableFuture<Void> opened = new CompletableFuture<>();
        opening.addListener(done -> {
            if (done.isSuccess()) {
                bound = bound == null ? (InetSocketAddress) opening.channel().localAddress() : bound;
                opened.complete(null);
            } else {
                opened.completeExceptionally(openFailed(found, local, done.cause()));
            }
        });
        return opened;
    }

    private static BindFailedException openFailed(Addresses found, Optional<InetSocketAddress> local, Throwable cause) {
        String code = SocketErrors.code(cause);
        return found.peer().isPresent() && !code.equals("EADDRINUSE") && !code.equals("EADDRNOTAVAIL")
                ? new BindFailedException(
                        SocketErrors.connectProblem(
                                SocketErrors.text(found.peer().get()), SocketErrors.text(cause), cause),
                        cause)
                : SocketErrors.bindFailed(local.orElseGet(() -> new InetSocketAddress(0)), cause);
    }

    private Bootstrap bootstrap(Addresses found) {
        Loop loop = service.nextLoop();
        return new Bootstrap()
                .group(loop)
                .channelFactory(() -> newChannel(found))
                .handler(new ChannelInitializer<DatagramChannel>() {
                    @Override
                    protected void initChannel(DatagramChannel channel) {
                        DatagramBuffer buffer = service.transportChoice().datagramBuffer(loop);
                        channel.config().setRecvByteBufAllocator(buffer);
                        if (config.receiveOffload()) {
                            service.transportChoice().receiveRuns(channel, buffer);
                        }
                        EndpointSocket socket = new EndpointSocket(EndpointRun.this, loop, channel, buffer);
                        channel.pipeline().addLast(socket);
                        opened(socket);
                    }
                });
    }

    private DatagramChannel newChannel(Addresses found) {
        DatagramChannel channel = service.transportChoice().newDatagramChannel(found.family());
        try {
            setOptions(channel, found);
            return channel;
        } catch (RuntimeException e) {
            channel.unsafe().closeForcibly();
            throw e;
        }
    }

    private void setOptions(DatagramChannel channel, Addresses found) {
        TransportChoice transport = service.transportChoice();
        ChannelConfig options = channel.config();
        options.setAutoRead(false);
        options.setAllocator(PooledByteBufAllocator.DEFAULT);
        options.setWriteBufferWaterMark(NO_MARKS);
        options.setOption(ChannelOption.SO_REUSEADDR, config.reuseAddress());
        if (config.reusePort() || config.sockets() > 1) {
            options.setOption(transport.reusePort(), true);
        }
        if (config.broadcast()) {
            options.setOption(ChannelOption.SO_BROADCAST, true);
        }
        if (config.receiveBuffer() > 0) {
            options.setOption(ChannelOption.SO_RCVBUF, config.receiveBuffer());
        }
        if (config.sendBuffer() > 0) {
            options.setOption(ChannelOption.SO_SNDBUF, config.sendBuffer());
        }
        transport.multicast(channel, found.family(), config.multicast());
    }

    private synchronized void opened(EndpointSocket socket) {
        living++;
        sockets.add(socket);
    }

    private CompletableFuture<Void> joinAll() {
        CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
        for (MulticastGroup group : endpoint.joined()) {
            all = all.thenCompose(done -> change(group, true)).exceptionallyCompose(failure -> {
                Throwable cause =
                        failure instanceof CompletionException e && e.getCause() != null ? e.getCause() : failure;
                return CompletableFuture.failedFuture(
                        new BindFailedException(String.valueOf(cause.getMessage()), cause));
            });
        }
        return all;
    }

    private CompletableFuture<Void> settled(@Nullable Throwable failure) {
        boolean started;
        synchronized (this) {
            started = failure == null && state == State.STARTING;
            if (started) {
                // Before the state changes, so that a stop finds them open and closes them.
                sockets.forEach(EndpointSocket::open);
                state = State.RUNNING;
                wasRunning = true;
            }
        }
        if (started) {
            return begin();
        }
        // A later run keeps the port of the one before this.
        bound = addressBefore.orElse(null);
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure == null ? new ClosedException("the endpoint was stopped while it started") : failure;
        stop();
        closeAll();
        return end.thenCompose(done -> CompletableFuture.failedFuture(cause));
    }

    /** Tells that all is ready, then reads. */
    private CompletableFuture<Void> begin() {
        CompletableFuture<?>[] begun = sockets.stream()
                .map(socket -> {
                    CompletableFuture<Void> done = new CompletableFuture<>();
                    socket.control(() -> {
                        if (socket == first()) {
                            endpoint.joined().forEach(group -> tellJoined(socket, group));
                            socket.tell(listener -> listener.onStarted(endpoint));
                        }
                        socket.begin();
                        done.complete(null);
                    });
                    return done;
                })
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(begun);
    }

    private void tellJoined(EndpointSocket socket, MulticastGroup group) {
        socket.delivery().event(() -> endpoint.listeners().joined(group));
    }

    // ---- groups -----------------------------------------------------------------------------------------------------

    /** The socket that hears multicast. */
    private EndpointSocket first() {
        return sockets.get(0);
    }

    /** Joins a group while running. */
    CompletableFuture<Void> join(MulticastGroup group) {
        return changeInTurn(group, true);
    }

    /** Leaves a group while running. */
    CompletableFuture<Void> leave(MulticastGroup group) {
        return changeInTurn(group, false);
    }

    private CompletableFuture<Void> changeInTurn(MulticastGroup group, boolean join) {
        EndpointSocket socket = first();
        CompletableFuture<Void> result = new CompletableFuture<>();
        socket.control(() -> {
            if (!socket.isOpen()) {
                result.completeExceptionally(new ClosedException("the endpoint has stopped"));
            } else if (endpoint.joined().contains(group) == join) {
                result.complete(null);
            } else {
                change(group, join)
                        .whenComplete((done, failure) -> socket.control(() -> changed(group, join, failure, result)));
            }
        });
        return result;
    }

    private void changed(
            MulticastGroup group, boolean join, @Nullable Throwable failure, CompletableFuture<Void> result) {
        if (failure != null) {
            result.completeExceptionally(failure);
            return;
        }
        if (join) {
            endpoint.joined().add(group);
        } else {
            endpoint.joined().remove(group);
        }
        first().delivery().event(() -> {
            if (join) {
                endpoint.listeners().joined(group);
            } else {
                endpoint.listeners().left(group);
            }
            first().control(() -> result.complete(null));
        });
    }

    private CompletableFuture<Void> change(MulticastGroup group, boolean join) {
        DatagramChannel channel = first().channel();
        CompletableFuture<Void> result = new CompletableFuture<>();
        try {
            NetworkInterface on = group.networkInterface()
                    .or(() -> config.multicast().networkInterface())
                    .orElseGet(() -> Addresses.interfaceTowards(group.address()));
            InetAddress source = group.source().orElse(null);
            ChannelFuture changing = join
                    ? channel.joinGroup(group.address(), on, source, channel.newPromise())
                    : channel.leaveGroup(group.address(), on, source, channel.newPromise());
            changing.addListener(done -> {
                if (done.isSuccess()) {
                    result.complete(null);
                } else {
                    result.completeExceptionally(refused(group, join, done.cause()));
                }
            });
        } catch (RuntimeException e) {
            result.completeExceptionally(refused(group, join, e));
        }
        return result;
    }

    private SendFailedException refused(MulticastGroup group, boolean join, Throwable cause) {
        boolean v4 = group.address() instanceof Inet4Address;
        boolean otherFamily = addresses()
                .filter(known -> v4 == (known.family() == SocketProtocolFamily.INET6))
                .isPresent();
        return new SendFailedException(
                (join ? "cannot join " : "cannot leave ") + group + ": " + SocketErrors.text(cause)
                        + (otherFamily
                                ? " (the endpoint is bound to " + (v4 ? "IPv6" : "IPv4") + "; bind it to "
                                        + (v4 ? "0.0.0.0 or another IPv4 address" : ":: or another IPv6 address") + ")"
                                : ""),
                cause);
    }

    // ---- stopping ---------------------------------------------------------------------------------------------------

    /** Closes all sockets; the same future for all who ask. */
    CompletableFuture<Void> stop() {
        boolean wasStarting;
        synchronized (this) {
            if (state == State.STOPPING || state == State.ENDED) {
                return end;
            }
            wasStarting = state == State.STARTING;
            state = State.STOPPING;
        }
        sockets.forEach(EndpointSocket::endTraffic);
        if (!wasStarting) {
            closeAll();
        }
        return end;
    }

    private void closeAll() {
        sockets.forEach(socket -> socket.control(socket::close));
        if (config.handlers() != null && !sockets.isEmpty()) {
            first().control(() -> first().loop().setDeadline(new GiveUp(), Handling.GRACE_NANOS));
        }
        endIfNoneIsLeft();
    }

    /** A socket has closed, and its listeners have heard all before. */
    void ended(boolean unexpected) {
        synchronized (this) {
            living--;
        }
        if (unexpected && isRunning()) {
            endpoint.lost(this);
        }
        endIfNoneIsLeft();
    }

    /** Handlers that do not return do not keep the stop from ending. */
    private final class GiveUp extends Deadline {
        @Override
        protected void expire() {
            if (!end.isDone()) {
                endpoint.listeners()
                        .error(ErrorEvent.of(
                                ErrorEvent.Category.HANDLER,
                                "HANDLER_STILL_RUNNING",
                                "a handler of the " + endpoint
                                        + " does not return; the stop does not wait for it any longer"));
                endNow();
            }
        }
    }

    private void endIfNoneIsLeft() {
        synchronized (this) {
            if (living > 0) {
                return;
            }
        }
        endNow();
    }

    private void endNow() {
        synchronized (this) {
            if (state != State.STOPPING) {
                return;
            }
            state = State.ENDED;
        }
        endpoint.stopped(this);
        if (wasRunning) {
            endpoint.listeners().tell(listener -> listener.onStopped(endpoint));
        }
        end.complete(null);
    }
}
