package dev.tramway.internal.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.KeepAlive;
import dev.tramway.Session;
import dev.tramway.TcpClient;
import dev.tramway.TcpServer;
import dev.tramway.Transport;
import dev.tramway.testing.Await;
import dev.tramway.testing.Net;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Sessions;
import dev.tramway.testing.Wire;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ServerSocketChannelConfig;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import java.net.StandardSocketOptions;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;

/** Options as the kernel has them, of accepted and connected sockets and of those that listen. */
class TcpSocketOptionsTest {
    private static final int IPPROTO_TCP = 6;

    private static ChannelConfig config(Session session) {
        return ((TcpSession) session).channel().config();
    }

    private static Channel listening(TcpServer server) {
        return ((Server) server).current().listening().get(0);
    }

    /** The kernel's own figure, by its number; NIO knows it by another name. */
    private static int tcp(Wire wire, ChannelConfig config, int linux, ChannelOption<Integer> nio) {
        return wire.transport() == Transport.NIO
                ? config.getOption(nio)
                : config.getOption(new IntegerUnixChannelOption("tcp " + linux, IPPROTO_TCP, linux));
    }

    @OverWires(ipv6 = true)
    void keepAliveIsSetWithItsDetailsOnBothSides(Wire wire) throws Exception {
        KeepAlive keepAlive = new KeepAlive(Duration.ofSeconds(33), Duration.ofSeconds(7), 5);
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.keepAlive(keepAlive));
            TcpClient client = net.client(server, options -> options.keepAlive(keepAlive));
            for (ChannelConfig config : both(server, client)) {
                assertThat(config.getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
                assertThat(tcp(wire, config, 4, NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE)))
                        .isEqualTo(33);
                assertThat(tcp(wire, config, 5, NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL)))
                        .isEqualTo(7);
                assertThat(tcp(wire, config, 6, NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT)))
                        .isEqualTo(5);
            }
        }
    }

    @OverWires(ipv6 = true)
    void withoutBeingAskedThereIsNoKeepAliveAndNoDelay(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> {});
            TcpClient client = net.client(server, options -> {});
            for (ChannelConfig config : both(server, client)) {
                assertThat(config.getOption(ChannelOption.SO_KEEPALIVE)).isFalse();
                assertThat(config.getOption(ChannelOption.TCP_NODELAY)).isTrue();
            }
            TcpServer nagle = net.server(options -> options.noDelay(false));
            TcpClient nagleToo = net.client(nagle, options -> options.noDelay(false));
            for (ChannelConfig config : both(nagle, nagleToo)) {
                assertThat(config.getOption(ChannelOption.TCP_NODELAY)).isFalse();
            }
        }
    }

    @OverWires
    void bufferSizesAreSetOnBothSides(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer small = net.server(options -> options.socketBuffers(20_000, 10_000));
            TcpServer large = net.server(options -> options.socketBuffers(90_000, 80_000));
            TcpClient toSmall = net.client(small, options -> options.socketBuffers(20_000, 10_000));
            TcpClient toLarge = net.client(large, options -> options.socketBuffers(90_000, 80_000));
            ChannelConfig[] few = both(small, toSmall);
            ChannelConfig[] many = both(large, toLarge);
            for (int i = 0; i < 2; i++) {
                // Linux doubles what it is asked for.
                assertThat(few[i].getOption(ChannelOption.SO_RCVBUF)).isBetween(20_000, 40_000);
                assertThat(few[i].getOption(ChannelOption.SO_SNDBUF)).isBetween(10_000, 20_000);
                assertThat(many[i].getOption(ChannelOption.SO_RCVBUF)).isBetween(90_000, 180_000);
                assertThat(many[i].getOption(ChannelOption.SO_SNDBUF)).isBetween(80_000, 160_000);
            }
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void addressesAndPortsAreReusedAsAskedAndTheBacklogIsGivenToTheKernel(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            Channel byDefault = listening(net.server(options -> {}));
            Channel asked = listening(net.server(
                    options -> options.reuseAddress(false).reusePort(true).backlog(7)));
            assertThat(byDefault.config().getOption(ChannelOption.SO_REUSEADDR)).isTrue();
            assertThat(asked.config().getOption(ChannelOption.SO_REUSEADDR)).isFalse();
            assertThat(reusesPort(wire, byDefault)).isFalse();
            assertThat(reusesPort(wire, asked)).isTrue();
            assertThat(((ServerSocketChannelConfig) byDefault.config()).getBacklog())
                    .isEqualTo(4096);
            assertThat(((ServerSocketChannelConfig) asked.config()).getBacklog())
                    .isEqualTo(7);
        }
    }

    private static boolean reusesPort(Wire wire, Channel listening) {
        return listening
                .config()
                .getOption(
                        wire.transport() == Transport.NIO
                                ? NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT)
                                : UnixChannelOption.SO_REUSEPORT);
    }

    @OverWires(OverWires.Kind.PLAIN)
    void eachPortMayHaveOptionsOfItsOwn(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.closing(TcpServer.on(net.io())
                    .address(wire.host())
                    .noDelay(false)
                    .port(0)
                    .port(0, port -> port.noDelay(true).keepAlive(KeepAlive.DEFAULT))
                    .start());
            for (int i = 0; i < 2; i++) {
                TcpClient client = net.unconnected(server.addresses().get(i).getPort(), options -> {});
                client.connect();
                ChannelConfig config = config(Sessions.only(server));
                assertThat(config.getOption(ChannelOption.TCP_NODELAY)).isEqualTo(i == 1);
                assertThat(config.getOption(ChannelOption.SO_KEEPALIVE)).isEqualTo(i == 1);
                client.close();
                Await.until("left", () -> server.everyone().size() == 0);
            }
        }
    }

    private static ChannelConfig[] both(TcpServer server, TcpClient client) {
        return new ChannelConfig[] {
            config(Sessions.only(server)), config(client.session().orElseThrow())
        };
    }
}
