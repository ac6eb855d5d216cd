package dev.tramway.internal.udp;

import dev.tramway.BindFailedException;
import io.netty.channel.socket.SocketProtocolFamily;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The addresses of one run of an endpoint.
 *
 * @param family of its sockets; an IPv6 one on all addresses serves IPv4 too
 * @param local where to bind; empty leaves it to the system, for a connected endpoint
 * @param peer whom to connect to
 */
record Addresses(SocketProtocolFamily family, Optional<InetSocketAddress> local, Optional<InetSocketAddress> peer) {
    private static final int SOME_PORT = 9;

    /**
     * Resolves the names, on a thread that may wait.
     *
     * @param before address of the run before, whose port is kept
     */
    static CompletableFuture<Addresses> find(EndpointConfig config, Optional<InetSocketAddress> before) {
        return CompletableFuture.supplyAsync(
                () -> resolve(config, before),
                task -> Thread.ofVirtual().name("tramway resolve").start(task));
    }

    private static Addresses resolve(EndpointConfig config, Optional<InetSocketAddress> before) {
        Optional<InetSocketAddress> peer =
                config.peer().map(to -> new InetSocketAddress(addressOf("connect to", to.host()), to.port()));
        Optional<InetAddress> address = config.bindAddress().map(name -> addressOf("listen on", name));
        SocketProtocolFamily family = address.map(Addresses::familyOf)
                .or(() -> peer.map(to -> familyOf(to.getAddress())))
                .orElseGet(() -> familyFor(config));
        int port = before.map(InetSocketAddress::getPort).orElse(config.bindPort());
        if (peer.isPresent() && address.isEmpty() && port == 0) {
            return new Addresses(family, Optional.empty(), peer);
        }
        return new Addresses(
                family, Optional.of(new InetSocketAddress(address.orElseGet(() -> any(family)), port)), peer);
    }

    private static InetAddress addressOf(String what, String name) {
        try {
            return InetAddress.getByName(name);
        } catch (UnknownHostException e) {
            throw new BindFailedException(
                    "cannot " + what + " " + name + ": the name is not known; check its spelling, or give an address",
                    e);
        }
    }

    private static SocketProtocolFamily familyOf(InetAddress address) {
        return address instanceof Inet4Address ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
    }

    /** Without an address: IPv4 if a group needs it, since IPv4 multicast from an IPv6 socket is not portable. */
    private static SocketProtocolFamily familyFor(EndpointConfig config) {
        Stream<InetAddress> groups = Stream.concat(
                config.groups().stream().map(group -> group.address()),
                config.multicastTo().stream().map(InetSocketAddress::getAddress));
        boolean v4 = groups.anyMatch(group -> group instanceof Inet4Address);
        return v4 || !hasIpv6() ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
    }

    private static boolean hasIpv6() {
        try {
            return !Boolean.getBoolean("java.net.preferIPv4Stack")
                    && NetworkInterface.networkInterfaces()
                            .flatMap(NetworkInterface::inetAddresses)
                            .anyMatch(address -> address instanceof Inet6Address);
        } catch (SocketException e) {
            return false;
        }
    }

    private static InetAddress any(SocketProtocolFamily family) {
        try {
            return InetAddress.getByAddress(new byte[family == SocketProtocolFamily.INET ? 4 : 16]);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** The same local address with another port. */
    Optional<InetSocketAddress> localOn(int port) {
        return local.map(address -> new InetSocketAddress(address.getAddress(), port));
    }

    /** The interface that the system would send to a group on; nothing is sent to find out. */
    static NetworkInterface interfaceTowards(InetAddress group) {
        try (DatagramSocket probe = new DatagramSocket()) {
            probe.connect(new InetSocketAddress(group, SOME_PORT));
            NetworkInterface found = NetworkInterface.getByInetAddress(probe.getLocalAddress());
            if (found != null) {
                return found;
            }
        } catch (IOException | RuntimeException e) {
            // No route: any interface is as good.
        }
        return anyInterface();
    }

    private static NetworkInterface anyInterface() {
        try {
            List<NetworkInterface> up =
                    NetworkInterface.networkInterfaces().filter(Addresses::isUp).toList();
            return up.stream()
                    .filter(Addresses::doesMulticast)
                    .findFirst()
                    .or(() -> up.stream().findFirst())
                    .orElseThrow(() -> new BindFailedException("no network interface is up"));
        } catch (SocketException e) {
            throw new BindFailedException("the network interfaces of this machine cannot be listed", e);
        }
    }

    private static boolean isUp(NetworkInterface one) {
        try {
            return one.isUp();
        } catch (SocketException e) {
            return false;
        }
    }

    private static boolean doesMulticast(NetworkInterface one) {
        try {
            return one.supportsMulticast() && one.inetAddresses().findAny().isPresent();
        } catch (SocketException e) {
            return false;
        }
    }
}
