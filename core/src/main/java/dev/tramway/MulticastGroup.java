package dev.tramway;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * A multicast group to join: its address, the interface to hear it on, and, for source-specific multicast, the only sender
 * to hear.
 *
 * <pre>{@code
 * MulticastGroup.of("239.255.0.1")                              // on the endpoint's interface
 * MulticastGroup.of("239.255.0.1").on("lo")                     // on one interface
 * MulticastGroup.of("232.1.1.1").on("lo").from("127.0.0.1")     // from one sender
 * }</pre>
 *
 * @param address a multicast address
 * @param networkInterface the interface; empty for the endpoint's {@link UdpEndpoint.Builder#multicastInterface}, and if
 *     that is not set either, the one that the system would send to the group on
 * @param source the only sender to hear; empty for all
 */
public record MulticastGroup(
        InetAddress address, Optional<NetworkInterface> networkInterface, Optional<InetAddress> source) {
    /** Checks that the address is a multicast address, and the source of the same family. */
    public MulticastGroup {
        if (!address.isMulticastAddress()) {
            throw new IllegalArgumentException("group: " + address.getHostAddress()
                    + " (expected: a multicast address, 224.0.0.0 to 239.255.255.255 or ff00::/8)");
        }
        boolean v4 = address instanceof Inet4Address;
        if (source.isPresent() && v4 != (source.get() instanceof Inet4Address)) {
            throw new IllegalArgumentException("source: " + source.get().getHostAddress()
                    + " (expected: an address of the group's family, which is " + (v4 ? "IPv4" : "IPv6") + ")");
        }
    }

    /**
     * A group on the endpoint's interface, from all senders.
     *
     * @param address a literal such as {@code 239.255.0.1} or {@code ff12::1}
     */
    public static MulticastGroup of(String address) {
        return new MulticastGroup(addressOf("group", address), Optional.empty(), Optional.empty());
    }

    /**
     * A group on the endpoint's interface, from all senders.
     *
     * @param address a multicast address
     */
    public static MulticastGroup of(InetAddress address) {
        return new MulticastGroup(address, Optional.empty(), Optional.empty());
    }

    /**
     * The same group on one interface.
     *
     * @param name name of the interface, such as {@code eth0}, or one of its addresses
     */
    public MulticastGroup on(String name) {
        return on(interfaceOf(name));
    }

    /**
     * The same group on one interface.
     *
     * @param one where to hear the group
     */
    public MulticastGroup on(NetworkInterface one) {
        return new MulticastGroup(address, Optional.of(one), source);
    }

    /**
     * The same group from one sender (source-specific multicast).
     *
     * @param sender a literal of the group's family
     */
    public MulticastGroup from(String sender) {
        return from(addressOf("source", sender));
    }

    /**
     * The same group from one sender (source-specific multicast).
     *
     * @param sender an address of the group's family
     */
    public MulticastGroup from(InetAddress sender) {
        return new MulticastGroup(address, networkInterface, Optional.of(sender));
    }

    static NetworkInterface interfaceOf(String name) {
        try {
            NetworkInterface named = NetworkInterface.getByName(name);
            if (named != null) {
                return named;
            }
            NetworkInterface addressed = NetworkInterface.getByInetAddress(InetAddress.getByName(name));
            if (addressed != null) {
                return addressed;
            }
        } catch (SocketException | UnknownHostException e) {
            throw new IllegalArgumentException(
                    "interface: " + name + " (expected: the name or an address of an interface of this machine)", e);
        }
        throw new IllegalArgumentException(
                "interface: " + name + " (expected: the name or an address of an interface of this machine)");
    }

    private static InetAddress addressOf(String what, String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(what + ": " + literal + " (expected: an IPv4 or IPv6 address)", e);
        }
    }

    @Override
    public String toString() {
        return address.getHostAddress()
                + networkInterface.map(one -> " on " + one.getName()).orElse("")
                + source.map(sender -> " from " + sender.getHostAddress()).orElse("");
    }
}
