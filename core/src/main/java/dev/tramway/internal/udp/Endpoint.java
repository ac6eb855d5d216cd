package dev.tramway.internal.udp;

import dev.tramway.ClosedException;
import dev.tramway.ErrorEvent;
import dev.tramway.MulticastGroup;
import dev.tramway.SendFailedException;
import dev.tramway.SendResult;
import dev.tramway.Subscription;
import dev.tramway.UdpEndpoint;
import dev.tramway.UdpListener;
import dev.tramway.UdpStats;
import dev.tramway.internal.loop.Handling;
import dev.tramway.internal.loop.Loop;
import dev.tramway.internal.loop.LoopService;
import dev.tramway.internal.loop.Member;
import dev.tramway.internal.loop.SocketErrors;
import io.netty.channel.socket.SocketProtocolFamily;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint: its sockets, its groups, its listeners. May be used by any thread. Each start begins an {@link EndpointRun},
 * which ends with the stop.
 */
final class Endpoint implements UdpEndpoint, Member {
    private final UUID id = UUID.randomUUID();
    private final LoopService service;
    private final EndpointConfig config;
    private final Listeners listeners;
    private final Set<MulticastGroup> joined = ConcurrentHashMap.newKeySet();
    private volatile @Nullable EndpointRun run;
    private volatile boolean paused;

    /** Counts what the application asked for, so that a restart does not undo a later stop. */
    private long stops;

    private boolean restartWithService;

    Endpoint(LoopService service, EndpointConfig config, List<UdpListener> listeners) {
        this.service = service;
        this.config = config;
        this.listeners = new Listeners(this, service, listeners);
        this.joined.addAll(config.groups());
    }

    // ---- start and stop ---------------------------------------------------------------------------------------------

    CompletableFuture<Void> start() {
        EndpointRun started;
        synchronized (this) {
            // Joins before it looks, so that a stop which is not seen here will see this endpoint.
            service.join(this);
            if (!service.isRunning()) {
                service.leave(this);
                return CompletableFuture.failedFuture(new IllegalStateException("the I/O service has stopped"));
            }
            started = new EndpointRun(this, run == null ? Optional.empty() : run.address());
            run = started;
        }
        return started.start();
    }

    /** A run has ended; the last of it. */
    synchronized void stopped(EndpointRun ended) {
        if (run == ended) {
            service.leave(this);
        }
    }

    /** The platform has closed a socket, which no option of UDP should lead to: all are opened anew. */
    void lost(EndpointRun from) {
        if (run == from) {
            listeners.error(ErrorEvent.of(
                    ErrorEvent.Category.SYSTEM, "SOCKET_LOST", "the system has closed a socket; it is opened anew"));
            restart().exceptionally(failure -> {
                listeners.error(ErrorEvent.of(
                        ErrorEvent.Category.SYSTEM, "SOCKET_LOST", "the socket cannot be opened anew", failure));
                return null;
            });
        }
    }

    private EndpointRun current() {
        EndpointRun current = run;
        if (current == null) {
            throw new IllegalStateException("the endpoint was not started");
        }
        return current;
    }

    /** The sockets of the present run, or of the last one. */
    List<EndpointSocket> sockets() {
        return current().sockets();
    }

    @Override
    public boolean isRunning() {
        EndpointRun current = run;
        return current != null && current.isRunning();
    }

    @Override
    public CompletableFuture<Void> stop() {
        synchronized (this) {
            stops++;
        }
        return current().stop().copy();
    }

    @Override
    public CompletableFuture<Void> restart() {
        long mine;
        synchronized (this) {
            mine = ++stops;
        }
        return current().stop().thenCompose(done -> startAgain(mine));
    }

    private CompletableFuture<Void> startAgain(long wanted) {
        synchronized (this) {
            if (stops != wanted) {
                return CompletableFuture.failedFuture(
                        new ClosedException("the endpoint was stopped while it restarted"));
            }
            return start();
        }
    }

    @Override
    public CompletableFuture<?> stopWithService() {
        synchronized (this) {
            restartWithService = isRunning();
        }
        return run == null ? CompletableFuture.completedFuture(null) : stop();
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
    public void close() {
        CompletableFuture<Void> stopping = stop();
        if (Handling.mayWait()) {
            stopping.join();
        }
    }

    // ---- sending ----------------------------------------------------------------------------------------------------

    @Override
    public SendResult send(InetSocketAddress to, ByteBuffer datagram) {
        return counted(send(to, datagram, null));
    }

    @Override
    public SendResult send(ByteBuffer datagram) {
        return send(requirePeer(), datagram);
    }

    @Override
    public SendResult multicast(ByteBuffer datagram) {
        return send(requireGroup(), datagram);
    }

    @Override
    public CompletableFuture<Void> sendAsync(InetSocketAddress to, ByteBuffer datagram) {
        CompletableFuture<Void> taken = new CompletableFuture<>();
        return switch (counted(send(to, datagram, taken))) {
            case ACCEPTED -> taken;
            case FULL ->
                CompletableFuture.failedFuture(new SendFailedException("cannot send to " + SocketErrors.text(to)
                        + ": the queue is full (wait for onWritable, or raise the limit of outbound)"));
            case CLOSED -> CompletableFuture.failedFuture(new ClosedException("the endpoint has stopped"));
        };
    }

    @Override
    public CompletableFuture<Void> sendAsync(ByteBuffer datagram) {
        return sendAsync(requirePeer(), datagram);
    }

    @Override
    public CompletableFuture<Void> multicastAsync(ByteBuffer datagram) {
        return sendAsync(requireGroup(), datagram);
    }

    private SendResult counted(SendResult result) {
        if (result == SendResult.FULL) {
            current().refused().increment();
        }
        return result;
    }

    /** Sends without counting a refusal. */
    SendResult send(InetSocketAddress to, ByteBuffer datagram, @Nullable CompletableFuture<Void> tracked) {
        EndpointRun current = current();
        check(current, to, datagram);
        List<EndpointSocket> sockets = current.sockets();
        return sockets.isEmpty() ? SendResult.CLOSED : choose(sockets, to).send(to, datagram, tracked);
    }

    private void check(EndpointRun current, InetSocketAddress to, ByteBuffer datagram) {
        if (datagram.remaining() > MAX_DATAGRAM) {
            throw new IllegalArgumentException(
                    "datagram: " + datagram.remaining() + " bytes (expected: at most " + MAX_DATAGRAM + ")");
        }
        if (to.isUnresolved() || to.getPort() == 0) {
            throw new IllegalArgumentException("to: " + to + " (expected: a resolved address with a port)");
        }
        Addresses addresses = current.addresses().orElse(null);
        if (addresses == null) {
            return;
        }
        if (addresses.family() == SocketProtocolFamily.INET && to.getAddress() instanceof Inet6Address) {
            throw new IllegalArgumentException(
                    "to: " + to + " (expected: an IPv4 address, as the endpoint is bound to IPv4 only; see bind)");
        }
        if (addresses.peer().isPresent() && !addresses.peer().get().equals(to)) {
            throw new IllegalArgumentException("to: " + to + " (expected: "
                    + SocketErrors.text(addresses.peer().get()) + ", to which the endpoint is connected)");
        }
    }

    /** The socket of the loop that sends, else always the same for one address, so that order is kept. */
    private static EndpointSocket choose(List<EndpointSocket> sockets, InetSocketAddress to) {
        if (sockets.size() == 1) {
            return sockets.get(0);
        }
        Loop here = Loop.current();
        if (here != null) {
            for (int i = 0; i < sockets.size(); i++) {
                if (sockets.get(i).loop() == here) {
                    return sockets.get(i);
                }
            }
        }
        return sockets.get(Math.floorMod(to.hashCode(), sockets.size()));
    }

    private InetSocketAddress requirePeer() {
        return current()
                .addresses()
                .flatMap(Addresses::peer)
                .orElseThrow(() ->
                        new IllegalStateException("the endpoint is not connected; name an address, or call connect"));
    }

    private InetSocketAddress requireGroup() {
        return config.multicastTo()
                .orElseThrow(() -> new IllegalStateException("no group was set; call multicastTo(group, port)"));
    }

    // ---- groups and reading -----------------------------------------------------------------------------------------

    @Override
    public CompletableFuture<Void> join(MulticastGroup group) {
        return isRunning() ? current().join(group) : notRunning();
    }

    @Override
    public CompletableFuture<Void> leave(MulticastGroup group) {
        return isRunning() ? current().leave(group) : notRunning();
    }

    private static CompletableFuture<Void> notRunning() {
        return CompletableFuture.failedFuture(new ClosedException("the endpoint is not running"));
    }

    /** The groups that are joined, and joined again by a restart. */
    Set<MulticastGroup> joined() {
        return joined;
    }

    @Override
    public void pauseReading() {
        paused = true;
        sockets().forEach(socket -> socket.control(socket::followFlow));
    }

    @Override
    public void resumeReading() {
        paused = false;
        sockets().forEach(socket -> socket.control(socket::resumed));
    }

    boolean isPaused() {
        return paused;
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

    EndpointConfig config() {
        return config;
    }

    Listeners listeners() {
        return listeners;
    }

    @Override
    public InetSocketAddress address() {
        return current().address().orElseThrow(() -> new IllegalStateException("the endpoint is not bound"));
    }

    @Override
    public Optional<InetSocketAddress> peer() {
        return current().addresses().flatMap(Addresses::peer);
    }

    @Override
    public Optional<InetSocketAddress> multicastEndpoint() {
        return config.multicastTo();
    }

    @Override
    public Subscription listen(UdpListener listener) {
        return listeners.add(listener);
    }

    @Override
    public UdpStats stats() {
        EndpointRun now = current();
        return new UdpStats(
                sum(now, socket -> socket.counters().datagramsReceived.get()),
                sum(now, socket -> socket.counters().bytesReceived.get()),
                sum(now, socket -> socket.counters().datagramsSent.get()),
                sum(now, socket -> socket.counters().bytesSent.get()),
                sum(now, socket -> socket.outgoing().pendingDatagrams()),
                sum(now, socket -> socket.outgoing().pendingBytes()),
                sum(now, socket -> socket.counters().datagramsDropped.get())
                        + now.refused().sum(),
                sum(now, socket -> socket.counters().datagramsTooLong.get()),
                sum(now, socket -> socket.counters().errors.get()));
    }

    private static long sum(EndpointRun now, ToLongFunction<EndpointSocket> counter) {
        return now.sockets().stream().mapToLong(counter).sum();
    }

    @Override
    public String toString() {
        EndpointRun current = run;
        return "UDP endpoint"
                + (current == null
                        ? ""
                        : current.address()
                                .map(address -> " on " + SocketErrors.text(address))
                                .orElse(""));
    }
}
