package dev.tramway.internal.loop;

import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What Netty's native transports leave out of UDP on Linux: multicast options by their kernel numbers, since Netty's own set
 * the unicast TTL and, on an IPv6 socket, leave IPv4 multicast as it was; and empty datagrams, which Netty does not send.
 */
final class LinuxDatagrams {
    private static final int SOL_IP = 0;
    private static final int SOL_IPV6 = 41;

    private static final int MREQN_BYTES = 12;
    private static final int MREQN_INDEX = 8;

    static final IntegerUnixChannelOption MULTICAST_TTL = new IntegerUnixChannelOption("IP_MULTICAST_TTL", SOL_IP, 33);
    static final IntegerUnixChannelOption MULTICAST_LOOP =
            new IntegerUnixChannelOption("IP_MULTICAST_LOOP", SOL_IP, 34);
    private static final RawUnixChannelOption MULTICAST_IF =
            new RawUnixChannelOption("IP_MULTICAST_IF", SOL_IP, 32, MREQN_BYTES);
    static final IntegerUnixChannelOption MULTICAST_HOPS_V6 =
            new IntegerUnixChannelOption("IPV6_MULTICAST_HOPS", SOL_IPV6, 18);
    static final IntegerUnixChannelOption MULTICAST_LOOP_V6 =
            new IntegerUnixChannelOption("IPV6_MULTICAST_LOOP", SOL_IPV6, 19);
    static final IntegerUnixChannelOption MULTICAST_IF_V6 =
            new IntegerUnixChannelOption("IPV6_MULTICAST_IF", SOL_IPV6, 17);
    private static final IntegerUnixChannelOption MULTICAST_ALL_V6 =
            new IntegerUnixChannelOption("IPV6_MULTICAST_ALL", SOL_IPV6, 29);

    private static final ByteBuffer EMPTY = ByteBuffer.allocateDirect(1);

    private LinuxDatagrams() {}

    /** An IPv6 socket hears the groups that it joined, not those that any socket of the machine joined; IPv4 does so by Netty. */
    static void hearOnlyOwnGroups(DatagramChannel channel, SocketProtocolFamily family) {
        if (family == SocketProtocolFamily.INET6) {
            channel.config().setOption(MULTICAST_ALL_V6, 0);
        }
    }

    static void set(DatagramChannel channel, SocketProtocolFamily family, MulticastOptions options) {
        boolean v6 = family == SocketProtocolFamily.INET6;
        options.ttl().ifPresent(ttl -> {
            channel.config().setOption(MULTICAST_TTL, ttl);
            if (v6) {
                channel.config().setOption(MULTICAST_HOPS_V6, ttl);
            }
        });
        options.loopback().ifPresent(on -> {
            channel.config().setOption(MULTICAST_LOOP, on ? 1 : 0);
            if (v6) {
                channel.config().setOption(MULTICAST_LOOP_V6, on ? 1 : 0);
            }
        });
        options.networkInterface().ifPresent(one -> {
            ByteBuffer request = ByteBuffer.allocateDirect(MREQN_BYTES).order(ByteOrder.nativeOrder());
            channel.config().setOption(MULTICAST_IF, request.putInt(MREQN_INDEX, one.getIndex()));
            if (v6) {
                channel.config().setOption(MULTICAST_IF_V6, one.getIndex());
            }
        });
    }

    static void sendEmpty(DatagramChannel channel, InetSocketAddress to) throws IOException {
        new Socket(((UnixChannel) channel).fd().intValue()).sendTo(EMPTY, 0, 0, to.getAddress(), to.getPort());
    }
}
