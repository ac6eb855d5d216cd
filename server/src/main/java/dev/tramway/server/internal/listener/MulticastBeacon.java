package dev.tramway.server.internal.listener;

import dev.tramway.IoService;
import dev.tramway.MulticastGroup;
import dev.tramway.StopReport;
import dev.tramway.Timer;
import dev.tramway.UdpEndpoint;
import dev.tramway.server.internal.config.ListenerConfig;
import dev.tramway.server.internal.config.ListenerConfig.BeaconConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a multicast group again and again what the server is doing, one line a datagram. Lives on an event loop of the
 * service, and ends with it.
 */
public final class MulticastBeacon implements RunningListener {
    private static final Logger LOG = LoggerFactory.getLogger(MulticastBeacon.class);

    private final ListenerConfig config;
    private final NetworkInterface way;
    private final UdpEndpoint endpoint;
    private final Supplier<String> news;
    private final Timer timer;
    private long number;

    private MulticastBeacon(ListenerConfig config, IoService io, Supplier<String> news) {
        BeaconConfig beacon = config.beacon().orElseThrow();
        this.config = config;
        this.news = news;
        MulticastGroup group = MulticastGroup.of(beacon.group()).on(beacon.networkInterface());
        way = group.networkInterface().orElseThrow();
        int port = config.ports().get(0);
        endpoint = UdpEndpoint.on(io)
                .bind(addressOf(way, group.address()).getHostAddress(), 0)
                .multicastInterface(way)
                .ttl(beacon.ttl())
                .multicastTo(group.address().getHostAddress(), port == 0 ? freePort() : port)
                .onError((sender, error) -> LOG.warn("{}", error))
                .start();
        timer = io.every(beacon.interval(), this::send);
    }

    /**
     * Begins to send.
     *
     * @param news the changing part of the line
     */
    static MulticastBeacon start(ListenerConfig config, IoService io, Supplier<String> news) {
        return new MulticastBeacon(config, io, news);
    }

    /** The interface that it sends on. */
    public NetworkInterface way() {
        return way;
    }

    @Override
    public ListenerConfig config() {
        return config;
    }

    @Override
    public List<InetSocketAddress> addresses() {
        return List.of(endpoint.multicastEndpoint().orElseThrow());
    }

    @Override
    public Traffic traffic() {
        return Traffic.of(endpoint.stats(), 0);
    }

    @Override
    public CompletableFuture<StopReport> stop(Duration drain) {
        timer.cancel();
        return endpoint.stop().thenApply(done -> new StopReport(0, 0, 0));
    }

    private void send() {
        number++;
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        endpoint.multicast("tramway " + number + " " + now + " " + news.get() + "\n");
    }

    /** The interface's own address of the group's family, so that nothing is received on other interfaces. */
    private static InetAddress addressOf(NetworkInterface way, InetAddress group) {
        return way.inetAddresses()
                .filter(address -> address.getClass().equals(group.getClass()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("interface: " + way.getName()
                        + " has no address of the family of group " + group.getHostAddress()));
    }

    private static int freePort() {
        try (DatagramSocket socket = new DatagramSocket()) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException("no UDP port is free: " + failure.getMessage(), failure);
        }
    }
}
