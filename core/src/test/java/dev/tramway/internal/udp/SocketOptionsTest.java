package dev.tramway.internal.udp;

import static dev.tramway.testing.Datagrams.at;
import static dev.tramway.testing.Datagrams.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.Transport;
import dev.tramway.UdpEndpoint;
import dev.tramway.testing.Await;
import dev.tramway.testing.Net;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Wire;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;

/** Options as the kernel has them; on the loopback interface their effect cannot be seen. */
class SocketOptionsTest {
    private static final int SOL_IP = 0;
    private static final int SOL_IPV6 = 41;

    private static DatagramChannel channel(UdpEndpoint endpoint) {
        return ((Endpoint) endpoint).sockets().get(0).channel();
    }

    private static int option(DatagramChannel channel, int level, int name) {
        return channel.config().getOption(new IntegerUnixChannelOption("option " + name, level, name));
    }

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void multicastIsSentAsConfigured(Wire wire) throws Exception {
        NetworkInterface loopback = NetworkInterface.getByName("lo");
        for (boolean loops : new boolean[] {true, false}) {
            try (Net net = new Net(wire)) {
                DatagramChannel channel = channel(net.closing(on(net).ttl(7)
                        .loopback(loops)
                        .multicastInterface(wire.host())
                        .start()));
                if (wire.transport() == Transport.NIO) {
                    assertThat(channel.config().getOption(NioChannelOption.of(StandardSocketOptions.IP_MULTICAST_TTL)))
                            .isEqualTo(7);
                    assertThat(channel.config().getOption(NioChannelOption.of(StandardSocketOptions.IP_MULTICAST_LOOP)))
                            .isEqualTo(loops);
                    assertThat(channel.config().getOption(NioChannelOption.of(StandardSocketOptions.IP_MULTICAST_IF)))
                            .isEqualTo(loopback);
                } else {
                    assertThat(option(channel, SOL_IP, 33)).isEqualTo(7);
                    assertThat(option(channel, SOL_IP, 34)).isEqualTo(loops ? 1 : 0);
                    if (wire.host().equals("::1")) {
                        assertThat(option(channel, SOL_IPV6, 18)).isEqualTo(7);
                        assertThat(option(channel, SOL_IPV6, 19)).isEqualTo(loops ? 1 : 0);
                        assertThat(option(channel, SOL_IPV6, 17)).isEqualTo(loopback.getIndex());
                    }
                }
            }
        }
    }

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void bufferSizesAndBroadcastAreSet(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            DatagramChannel small =
                    channel(net.closing(on(net).socketBuffers(20_000, 10_000).start()));
            DatagramChannel large = channel(net.closing(
                    on(net).socketBuffers(40_000, 30_000).broadcast(true).start()));
            assertThat(large.config().getReceiveBufferSize())
                    .isGreaterThan(small.config().getReceiveBufferSize());
            assertThat(large.config().getSendBufferSize())
                    .isGreaterThan(small.config().getSendBufferSize());
            assertThat(large.config().getOption(ChannelOption.SO_BROADCAST)).isTrue();
            assertThat(small.config().getOption(ChannelOption.SO_BROADCAST)).isFalse();
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void aBroadcastNeedsPermissionAndIsHeard(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            UdpEndpoint hearing =
                    net.closing(UdpEndpoint.on(net.io()).bind("0.0.0.0", 0).start());
            InetSocketAddress to = at("127.255.255.255", hearing.port());
            UdpEndpoint forbidden =
                    net.closing(on(net).onError((endpoint, error) -> {}).start());
            UdpEndpoint permitted = net.closing(on(net).broadcast(true).start());
            assertThat(Await.failureOf(forbidden.sendAsync(to, ByteBuffer.allocate(1))))
                    .hasMessageContaining("ermission denied");
            Await.get(permitted.sendAsync(to, ByteBuffer.allocate(2)));
            Await.until("broadcast heard", () -> hearing.stats().bytesReceived() == 2);
        }
    }
}
