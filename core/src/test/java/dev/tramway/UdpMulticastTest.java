package dev.tramway;

import static dev.tramway.testing.Datagrams.bytes;
import static dev.tramway.testing.Datagrams.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tramway.testing.Await;
import dev.tramway.testing.Datagrams;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Wire;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.extension.ExtendWith;

/** Groups: joining, leaving, sources, interfaces; on the loopback interface, and with a TTL of 0. */
@ExtendWith(NoLeaks.class)
class UdpMulticastTest {
    private static final String LOOPBACK = "127.0.0.1";

    /** A group of the wire's family that is used nowhere else. */
    private static MulticastGroup group(Wire wire, int last) {
        boolean v4 = wire.host().equals(LOOPBACK);
        return MulticastGroup.of(v4 ? "239.255.77." + last : "ff11::7761:" + last)
                .on(wire.host());
    }

    /** Over IPv6, many machines have no route for multicast on their loopback interface. */
    private static void assumeRoute(MulticastGroup group) {
        try (DatagramSocket probe = new DatagramSocket(
                0,
                group.networkInterface()
                        .orElseThrow()
                        .inetAddresses()
                        .filter(address -> address.getClass() == group.address().getClass())
                        .findFirst()
                        .orElseThrow())) {
            probe.setOption(
                    StandardSocketOptions.IP_MULTICAST_IF,
                    group.networkInterface().orElseThrow());
            probe.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 0);
            probe.send(new DatagramPacket(new byte[0], 0, group.address(), probe.getLocalPort()));
        } catch (IOException e) {
            assumeTrue(false, "no multicast to " + group + ": " + e.getMessage());
        }
    }

    private static String any(Wire wire) {
        return wire.host().equals(LOOPBACK) ? "0.0.0.0" : "::";
    }

    private static UdpEndpoint.Builder receiver(Net net, int port, BlockingQueue<String> heard) {
        return UdpEndpoint.on(net.io())
                .bind(any(net.wire()), port)
                .reuseAddress(true)
                .onDatagram((endpoint, from, bytes) -> heard.add(Text.of(bytes)));
    }

    private static UdpEndpoint.Builder sender(Net net, MulticastGroup group, int port) {
        return on(net).multicastInterface(net.wire().host())
                .ttl(0)
                .multicastTo(group.address().getHostAddress(), port);
    }

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void everyReceiverHearsWhatWasSentWhileItWasAMember(Wire wire) throws Exception {
        MulticastGroup group = group(wire, 1);
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        assumeRoute(group);
        try (Net net = new Net(wire)) {
            List<UdpEndpoint> receivers = new ArrayList<>();
            receivers.add(net.closing(receiver(net, 0, heard).start()));
            int port = receivers.get(0).port();
            receivers.add(net.closing(receiver(net, port, heard).start()));
            receivers.add(net.closing(receiver(net, port, heard).start()));
            UdpEndpoint server = net.closing(sender(net, group, port).start());
            // One joins after the other, one datagram after each; then one leaves after the other, one between.
            for (int members = 1; members <= 3; members++) {
                Await.get(receivers.get(members - 1).join(group));
                multicastTo(members, server, heard);
            }
            for (int left = 0; left < 2; left++) {
                Await.get(receivers.get(left).leave(group));
                multicastTo(2 - left, server, heard);
            }
            Await.get(receivers.get(2).leave(group));
            net.settle();
            assertThat(heard).isEmpty();
            for (UdpEndpoint receiver : receivers) {
                assertThat(receiver.stats().bytesReceived()).isEqualTo(12);
                assertThat(receiver.stats().errors()).isZero();
            }
            assertThat(server.stats().bytesSent()).isEqualTo(20);
            assertThat(server.stats().bytesReceived()).isZero();
        }
    }

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void groupsOfBothFamiliesAreJoinedAndLeft(Wire wire) throws Exception {
        MulticastGroup group = group(wire, 12);
        try (Net net = new Net(wire)) {
            UdpEndpoint receiver =
                    net.closing(receiver(net, 0, new LinkedBlockingQueue<>()).start());
            for (int i = 0; i < 3; i++) {
                Await.get(receiver.join(group));
                Await.get(receiver.leave(group));
                Await.get(receiver.join(group.from(wire.host())));
                Await.get(receiver.leave(group.from(wire.host())));
            }
            assertThat(receiver.stats().errors()).isZero();
        }
    }

    private static void multicastTo(int members, UdpEndpoint server, BlockingQueue<String> heard) {
        Await.get(server.multicastAsync(bytes("test")));
        for (int i = 0; i < members; i++) {
            assertThat(Await.next(heard)).isEqualTo("test");
        }
    }

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void joiningAndLeavingIsToldOnceAndDoesNothingTwice(Wire wire) throws Exception {
        MulticastGroup group = group(wire, 2);
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        assumeRoute(group);
        try (Net net = new Net(wire)) {
            UdpEndpoint receiver = net.closing(receiver(net, 0, heard)
                    .onStarted(endpoint -> told.add("started"))
                    .onJoined((endpoint, joined) -> told.add("joined " + joined.equals(group)))
                    .onLeft((endpoint, left) -> told.add("left " + left.equals(group)))
                    .join(group)
                    .start());
            UdpEndpoint server = net.closing(sender(net, group, receiver.port()).start());
            Await.get(receiver.join(group));
            multicastTo(1, server, heard);
            Await.get(receiver.leave(group));
            Await.get(receiver.leave(group));
            Await.get(server.multicastAsync(bytes("nobody")));
            Await.get(receiver.join(group));
            multicastTo(1, server, heard);
            assertThat(told).containsExactly("joined true", "started", "left true", "joined true");
            assertThat(heard).isEmpty();
        }
    }

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void aSourceSpecificMemberHearsItsSourceOnly(Wire wire) throws Exception {
        MulticastGroup group = group(wire, 3);
        BlockingQueue<String> chosen = new LinkedBlockingQueue<>();
        BlockingQueue<String> other = new LinkedBlockingQueue<>();
        boolean v4 = wire.host().equals(LOOPBACK);
        assumeRoute(group);
        try (Net net = new Net(wire)) {
            UdpEndpoint hearing = net.closing(
                    receiver(net, 0, chosen).join(group.from(wire.host())).start());
            UdpEndpoint deaf = net.closing(receiver(net, hearing.port(), other)
                    .join(group.from(v4 ? "127.0.0.2" : "fe80::1"))
                    .start());
            UdpEndpoint server = net.closing(sender(net, group, hearing.port()).start());
            multicastTo(1, server, chosen);
            net.settle();
            assertThat(deaf.stats().datagramsReceived()).isZero();
            Await.get(deaf.join(group.from(wire.host())));
            Await.get(server.multicastAsync(bytes("both")));
            assertThat(Await.next(chosen)).isEqualTo("both");
            assertThat(Await.next(other)).isEqualTo("both");
            Await.get(hearing.leave(group.from(wire.host())));
            Await.get(server.multicastAsync(bytes("one")));
            assertThat(Await.next(other)).isEqualTo("one");
            assertThat(chosen).isEmpty();
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void severalSocketsHearAGroupOnceTogether(Wire wire) throws Exception {
        MulticastGroup group = group(wire, 5);
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (Net net = new Net(wire)) {
            UdpEndpoint receiver =
                    net.closing(receiver(net, 0, heard).sockets(4).join(group).start());
            UdpEndpoint server = net.closing(sender(net, group, receiver.port()).start());
            for (int i = 0; i < 10; i++) {
                server.multicast("message " + i);
            }
            for (int i = 0; i < 10; i++) {
                assertThat(Await.next(heard)).isEqualTo("message " + i);
            }
            net.settle();
            assertThat(receiver.stats().datagramsReceived()).isEqualTo(10);
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void aSocketHearsOnlyTheGroupsThatItJoined(Wire wire) throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        BlockingQueue<String> other = new LinkedBlockingQueue<>();
        try (Net net = new Net(wire)) {
            UdpEndpoint one =
                    net.closing(receiver(net, 0, heard).join(group(wire, 6)).start());
            UdpEndpoint two = net.closing(
                    receiver(net, one.port(), other).join(group(wire, 7)).start());
            UdpEndpoint server =
                    net.closing(sender(net, group(wire, 6), one.port()).start());
            server.send(new InetSocketAddress(group(wire, 7).address(), two.port()), "to seven");
            server.multicast("to six");
            assertThat(Await.next(heard)).isEqualTo("to six");
            assertThat(Await.next(other)).isEqualTo("to seven");
            net.settle();
            assertThat(one.stats().datagramsReceived()).isEqualTo(1);
            assertThat(two.stats().datagramsReceived()).isEqualTo(1);
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void anEndpointOfBothFamiliesHearsAndSendsIpv4Groups(Wire wire) throws Exception {
        MulticastGroup group = group(wire, 8);
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (Net net = new Net(wire)) {
            UdpEndpoint both = net.closing(UdpEndpoint.on(net.io())
                    .bind("::", 0)
                    .multicastInterface("127.0.0.1")
                    .ttl(0)
                    .onDatagram((endpoint, from, bytes) -> heard.add(Text.of(bytes)))
                    .start());
            if (wire.transport() == Transport.IO_URING) {
                // Netty's io_uring transport joins groups of the socket's own family only.
                assertThat(Await.failureOf(both.join(group))).hasMessageContaining("bind it to 0.0.0.0");
                return;
            }
            Await.get(both.join(MulticastGroup.of(group.address())));
            Await.get(both.sendAsync(new InetSocketAddress(group.address(), both.port()), bytes("to myself")));
            assertThat(Await.next(heard)).isEqualTo("to myself");
        }
    }

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void aRestartKeepsPortAndGroups(Wire wire) throws Exception {
        MulticastGroup configured = group(wire, 9);
        MulticastGroup added = group(wire, 10);
        MulticastGroup removed = group(wire, 11);
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        assumeRoute(configured);
        try (Net net = new Net(wire)) {
            UdpEndpoint receiver = net.closing(
                    receiver(net, 0, heard).join(configured).join(removed).start());
            int port = receiver.port();
            Await.get(receiver.join(added));
            Await.get(receiver.leave(removed));
            Await.get(receiver.restart());
            assertThat(receiver.port()).isEqualTo(port);
            UdpEndpoint server = net.closing(sender(net, configured, port).start());
            server.send(new InetSocketAddress(removed.address(), port), "removed");
            server.send(new InetSocketAddress(added.address(), port), "added");
            server.multicast("configured");
            assertThat(List.of(Await.next(heard), Await.next(heard))).containsExactly("added", "configured");
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void aGroupThatCannotBeJoinedIsAClearErrorAndNothingElse(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            UdpEndpoint receiver = net.closing(Datagrams.on(net).start());
            MulticastGroup wrongFamily = MulticastGroup.of("ff11::7761:1").on("127.0.0.1");
            assertThat(Await.failureOf(receiver.join(wrongFamily)))
                    .isInstanceOf(SendFailedException.class)
                    .hasMessageContaining("cannot join ff11:0:0:0:0:0:7761:1");
            assertThat(receiver.isRunning()).isTrue();
            assertThat(Await.failureOf(Datagrams.on(net).join(wrongFamily).startAsync()))
                    .isInstanceOf(BindFailedException.class)
                    .hasMessageContaining("cannot join ff11:0:0:0:0:0:7761:1");
            receiver.close();
            assertThat(Await.failureOf(receiver.join("239.255.77.1"))).isInstanceOf(ClosedException.class);
        }
    }
}
