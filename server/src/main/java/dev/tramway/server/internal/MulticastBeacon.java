package dev.tramway.server.internal;

import dev.tramway.IoService;
import dev.tramway.UdpEndpoint;
import dev.tramway.server.internal.ServeSettings.BeaconSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a multicast group again and again what the server is doing, one line a datagram. Lives on an event loop of the
 * service, and ends with it.
 */
final class MulticastBeacon {
    private static final Logger LOG = LoggerFactory.getLogger(MulticastBeacon.class);

    private final UdpEndpoint endpoint;
    private final Supplier<String> news;
    private long number;

    private MulticastBeacon(UdpEndpoint endpoint, Supplier<String> news) {
        this.endpoint = endpoint;
        this.news = news;
    }

    /**
     * Begins to send.
     *
     * @param news the changing part of the line
     */
    static MulticastBeacon start(IoService io, BeaconSettings settings, Supplier<String> news) {
        InetAddress group = settings.group().address();
        UdpEndpoint endpoint = UdpEndpoint.on(io)
                .bind(addressOf(settings.way(), group).getHostAddress(), 0)
                .multicastInterface(settings.way())
                .ttl(settings.ttl())
                .multicastTo(group.getHostAddress(), settings.port() == 0 ? freePort() : settings.port())
                .onError((sender, error) -> LOG.warn("{}", error))
                .start();
        MulticastBeacon beacon = new MulticastBeacon(endpoint, news);
        io.every(settings.interval(), beacon::send);
        return beacon;
    }

    private void send() {
        number++;
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        endpoint.multicast("tramway " + number + " " + now + " " + news.get() + "\n");
    }

    /** Where it sends to. */
    InetSocketAddress group() {
        return endpoint.multicastEndpoint().orElseThrow();
    }

    /** The interface's own address of the group's family, so that nothing is received on other interfaces. */
    private static InetAddress addressOf(NetworkInterface way, InetAddress group) {
        return way.inetAddresses()
                .filter(address -> address.getClass().equals(group.getClass()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--interface: " + way.getName()
                        + " has no address of the family of --group " + group.getHostAddress()));
    }

    private static int freePort() {
        try (DatagramSocket socket = new DatagramSocket()) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException("no UDP port is free: " + failure.getMessage(), failure);
        }
    }
}
