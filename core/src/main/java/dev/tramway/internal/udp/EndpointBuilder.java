package dev.tramway.internal.udp;

import dev.tramway.BindFailedException;
import dev.tramway.ErrorEvent;
import dev.tramway.IoService;
import dev.tramway.MulticastGroup;
import dev.tramway.Outbound;
import dev.tramway.UdpEndpoint;
import dev.tramway.UdpListener;
import dev.tramway.UdpSocket;
import dev.tramway.internal.loop.Loop;
import dev.tramway.internal.loop.LoopService;
import dev.tramway.internal.loop.MulticastOptions;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects and checks the configuration of an endpoint. */
public final class EndpointBuilder implements UdpEndpoint.Builder {
    private static final int MOST_SOCKETS = 1024;

    private final LoopService service;
    private Optional<String> bindAddress = Optional.empty();
    private int bindPort;
    private Optional<EndpointConfig.Peer> peer = Optional.empty();
    private int sockets = 1;
    private int maxDatagram = UdpEndpoint.MAX_DATAGRAM;
    private boolean reuseAddress;
    private boolean reusePort;
    private int receiveBuffer;
    private int sendBuffer;
    private boolean broadcast;
    private boolean receiveOffload;
    private Optional<NetworkInterface> multicastInterface = Optional.empty();
    private OptionalInt ttl = OptionalInt.empty();
    private Optional<Boolean> loopback = Optional.empty();
    private final List<MulticastGroup> groups = new ArrayList<>();
    private Optional<InetSocketAddress> multicastTo = Optional.empty();
    private Outbound outbound = Outbound.DEFAULT.whenFull(Outbound.WhenFull.DROP_NEWEST);
    private @Nullable Executor handlers;
    private final List<UdpListener> listeners = new ArrayList<>();

    /** Begins a configuration. */
    public EndpointBuilder(IoService io) {
        service = LoopService.of(io);
    }

    @Override
    public UdpEndpoint.Builder bind(int port) {
        bindPort = require("port", port, 0, 65_535);
        bindAddress = Optional.empty();
        return this;
    }

    @Override
    public UdpEndpoint.Builder bind(String address, int port) {
        bindPort = require("port", port, 0, 65_535);
        bindAddress = Optional.of(address);
        return this;
    }

    @Override
    public UdpEndpoint.Builder connect(String host, int port) {
        peer = Optional.of(new EndpointConfig.Peer(host, require("port", port, 1, 65_535)));
        return this;
    }

    @Override
    public UdpEndpoint.Builder sockets(int count) {
        sockets = require("sockets", count, 1, MOST_SOCKETS);
        return this;
    }

    @Override
    public UdpEndpoint.Builder maxDatagram(int bytes) {
        maxDatagram = require("maxDatagram", bytes, 1, UdpEndpoint.MAX_DATAGRAM);
        return this;
    }

    @Override
    public UdpEndpoint.Builder reuseAddress(boolean on) {
        reuseAddress = on;
        return this;
    }

    @Override
    public UdpEndpoint.Builder reusePort(boolean on) {
        reusePort = on;
        return this;
    }

    @Override
    public UdpEndpoint.Builder socketBuffers(int receive, int send) {
        receiveBuffer = require("socketBuffers, receive", receive, 0, Integer.MAX_VALUE);
        sendBuffer = require("socketBuffers, send", send, 0, Integer.MAX_VALUE);
        return this;
    }

    @Override
    public UdpEndpoint.Builder receiveOffload(boolean on) {
        receiveOffload = on;
        return this;
    }

    @Override
    public UdpEndpoint.Builder broadcast(boolean on) {
        broadcast = on;
        return this;
    }

    @Override
    public UdpEndpoint.Builder multicastInterface(NetworkInterface networkInterface) {
        multicastInterface = Optional.of(networkInterface);
        return this;
    }

    @Override
    public UdpEndpoint.Builder ttl(int hops) {
        ttl = OptionalInt.of(require("ttl", hops, 0, 255));
        return this;
    }

    @Override
    public UdpEndpoint.Builder loopback(boolean on) {
        loopback = Optional.of(on);
        return this;
    }

    @Override
    public UdpEndpoint.Builder join(MulticastGroup group) {
        groups.add(group);
        return this;
    }

    @Override
    public UdpEndpoint.Builder multicastTo(String group, int port) {
        require("port", port, 1, 65_535);
        multicastTo = Optional.of(new InetSocketAddress(MulticastGroup.of(group).address(), port));
        return this;
    }

    @Override
    public UdpEndpoint.Builder outbound(Outbound value) {
        if (value.whenFull() == Outbound.WhenFull.DISCONNECT) {
            throw new IllegalArgumentException(
                    "outbound: DISCONNECT (expected: whenFull(DROP_NEWEST) or whenFull(DROP_OLDEST), since a UDP endpoint"
                            + " has nobody to disconnect)");
        }
        outbound = value;
        return this;
    }

    @Override
    public UdpEndpoint.Builder handlers(Executor executor) {
        handlers = executor;
        return this;
    }

    @Override
    public UdpEndpoint.Builder listen(UdpListener listener) {
        listeners.add(listener);
        return this;
    }

    @Override
    public UdpEndpoint.Builder onStarted(Consumer<UdpEndpoint> handler) {
        return listen(new LambdaListener.Started(handler));
    }

    @Override
    public UdpEndpoint.Builder onDatagram(UdpEndpoint.DatagramHandler handler) {
        return listen(new LambdaListener.Datagram(handler));
    }

    @Override
    public UdpEndpoint.Builder onSent(UdpEndpoint.SentHandler handler) {
        return listen(new LambdaListener.Sent(handler));
    }

    @Override
    public UdpEndpoint.Builder onWritable(Consumer<UdpEndpoint> handler) {
        return listen(new LambdaListener.Writable(handler));
    }

    @Override
    public UdpEndpoint.Builder onJoined(BiConsumer<UdpEndpoint, MulticastGroup> handler) {
        return listen(new LambdaListener.Joined(handler));
    }

    @Override
    public UdpEndpoint.Builder onLeft(BiConsumer<UdpEndpoint, MulticastGroup> handler) {
        return listen(new LambdaListener.Left(handler));
    }

    @Override
    public UdpEndpoint.Builder onError(BiConsumer<UdpEndpoint, ErrorEvent> handler) {
        return listen(new LambdaListener.Failed(handler));
    }

    @Override
    public UdpEndpoint.Builder onStopped(Consumer<UdpEndpoint> handler) {
        return listen(new LambdaListener.Stopped(handler));
    }

    @Override
    public UdpEndpoint start() {
        refuseLoop();
        return await(startAsync());
    }

    @Override
    public CompletableFuture<UdpEndpoint> startAsync() {
        Endpoint endpoint = new Endpoint(service, config(null), listeners);
        return endpoint.start().thenApply(started -> endpoint);
    }

    @Override
    public UdpSocket open() {
        refuseLoop();
        BlockingUdpSocket socket = new BlockingUdpSocket();
        List<UdpListener> all = new ArrayList<>(listeners);
        all.add(socket);
        Endpoint endpoint = new Endpoint(service, config(socket), all);
        socket.attach(endpoint);
        await(endpoint.start());
        return socket;
    }

    private static void refuseLoop() {
        if (Loop.current() != null) {
            throw new IllegalStateException("start on an event loop would wait for itself; use startAsync");
        }
    }

    private static <T> T await(CompletableFuture<T> starting) {
        try {
            return starting.join();
        } catch (CompletionException e) {
            // Thrown anew, so that the stack shows who called start.
            if (e.getCause() instanceof BindFailedException failed) {
                throw new BindFailedException(String.valueOf(failed.getMessage()), failed);
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private EndpointConfig config(@Nullable BlockingUdpSocket blocking) {
        if (sockets > 1 && peer.isPresent()) {
            throw new IllegalStateException("sockets: " + sockets + " (expected: 1 for a connected endpoint)");
        }
        return new EndpointConfig(
                bindAddress,
                bindPort,
                peer,
                sockets,
                maxDatagram,
                reuseAddress,
                reusePort,
                receiveBuffer,
                sendBuffer,
                broadcast,
                receiveOffload,
                new MulticastOptions(multicastInterface, ttl, loopback),
                List.copyOf(groups),
                multicastTo,
                outbound,
                handlers,
                blocking);
    }

    private static int require(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + most + ")");
        }
        return value;
    }
}
