package dev.tramway;

import static dev.tramway.testing.Datagrams.at;
import static dev.tramway.testing.Datagrams.bytes;
import static dev.tramway.testing.Datagrams.copy;
import static dev.tramway.testing.Datagrams.echo;
import static dev.tramway.testing.Datagrams.lostAt;
import static dev.tramway.testing.Datagrams.on;
import static dev.tramway.testing.Datagrams.pattern;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.testing.Await;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Wire;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sending and receiving datagrams, over every transport and both families. */
@ExtendWith(NoLeaks.class)
class UdpEndpointTest {
    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void echoesFourBytesAndCountsThemOnBothSides(Wire wire) throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (Net net = new Net(wire)) {
            UdpEndpoint server = echo(net);
            UdpEndpoint client = net.closing(on(net).onDatagram((endpoint, from, bytes) -> heard.add(Text.of(bytes)))
                    .start());
            Await.get(client.sendAsync(server.address(), bytes("test")));
            assertThat(Await.next(heard)).isEqualTo("test");
            client.close();
            server.close();
            for (UdpEndpoint side : List.of(client, server)) {
                UdpStats stats = side.stats();
                assertThat(stats.bytesReceived()).isEqualTo(4);
                assertThat(stats.bytesSent()).isEqualTo(4);
                assertThat(stats.datagramsReceived()).isEqualTo(1);
                assertThat(stats.datagramsSent()).isEqualTo(1);
                assertThat(stats.datagramsPending()).isZero();
                assertThat(stats.bytesPending()).isZero();
                assertThat(stats.errors()).isZero();
            }
        }
    }

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void datagramsOfAnySizeArriveWhole(Wire wire) throws Exception {
        BlockingQueue<byte[]> heard = new LinkedBlockingQueue<>();
        try (Net net = new Net(wire)) {
            UdpEndpoint server = echo(net);
            UdpEndpoint client = net.closing(on(net).onDatagram((endpoint, from, bytes) -> heard.add(copy(bytes)))
                    .start());
            UdpEndpoint connected = net.closing(UdpEndpoint.on(net.io())
                    .connect(wire.host(), server.port())
                    .onDatagram((endpoint, from, bytes) -> heard.add(copy(bytes)))
                    .start());
            for (int size : new int[] {0, 1, 1472, 1473, 9000, 65_507, 4}) {
                assertThat(client.send(server.address(), pattern(size))).isEqualTo(SendResult.ACCEPTED);
                assertThat(Await.next(heard)).as("%d bytes", size).isEqualTo(pattern(size));
                if (size > 0) {
                    assertThat(connected.send(pattern(size))).isEqualTo(SendResult.ACCEPTED);
                    assertThat(Await.next(heard))
                            .as("%d bytes, connected", size)
                            .isEqualTo(pattern(size));
                }
            }
            assertThat(server.stats().datagramsReceived()).isEqualTo(13);
            assertThat(server.stats().datagramsTooLong()).isZero();
        }
    }

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void emptyDatagramsKeepTheirPlaceBetweenOthers(Wire wire) throws Exception {
        List<Integer> sizes = List.of(3, 0, 5, 6, 0, 0, 7, 0);
        BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
        try (Net net = new Net(wire)) {
            UdpEndpoint server = net.closing(on(net).onDatagram((endpoint, from, bytes) -> heard.add(bytes.remaining()))
                    .start());
            UdpEndpoint client = net.closing(on(net).start());
            net.io().post(() -> sizes.forEach(size -> client.send(server.address(), pattern(size))));
            for (int size : sizes) {
                assertThat(Await.next(heard)).isEqualTo(size);
            }
            Await.until("all sent", () -> client.stats().datagramsSent() == sizes.size());
        }
    }

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void aConnectedEndpointSendsEmptyDatagramsOrSaysThatItCannot(Wire wire) throws Exception {
        BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
        try (Net net = new Net(wire)) {
            UdpEndpoint server = net.closing(on(net).onDatagram((endpoint, from, bytes) -> heard.add(bytes.remaining()))
                    .start());
            UdpEndpoint client = net.closing(UdpEndpoint.on(net.io())
                    .connect(wire.host(), server.port())
                    .onError((endpoint, error) -> {})
                    .start());
            if (wire.transport() == Transport.NIO) {
                assertThat(Await.failureOf(client.sendAsync(bytes(""))))
                        .isInstanceOf(SendFailedException.class)
                        .hasMessageContaining("empty");
            } else {
                Await.get(client.sendAsync(bytes("")));
                assertThat(Await.next(heard)).isZero();
            }
        }
    }

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void aBurstIsEchoedInOrderAndEveryLossIsAccountedFor(Wire wire) throws Exception {
        int burst = 10_000;
        List<Integer> heard = Collections.synchronizedList(new ArrayList<>());
        // With leak detection, a whole burst in one turn may take a while.
        try (Net net = new Net(wire, options -> options.blockedAfter(Duration.ZERO))) {
            UdpEndpoint server = echo(net);
            UdpEndpoint client = net.closing(on(net).onDatagram((endpoint, from, bytes) -> heard.add(bytes.getInt()))
                    .start());
            int refused = 0;
            for (int i = 0; i < burst; i++) {
                if (client.send(server.address(), ByteBuffer.allocate(32).putInt(0, i)) == SendResult.FULL) {
                    refused++;
                }
            }
            long given = (long) burst - refused;
            Await.until("all sent", () -> client.stats().datagramsSent() == given);
            Await.until(
                    "all heard or lost by the kernel",
                    () -> server.stats().datagramsReceived() + lostAt(server.port()) == given);
            Await.until(
                    "all answered",
                    () -> server.stats().datagramsSent() == server.stats().datagramsReceived());
            Await.until(
                    "all answers heard or lost by the kernel",
                    () -> client.stats().datagramsReceived() + lostAt(client.port())
                            == server.stats().datagramsSent());
            assertThat(client.stats().datagramsDropped()).isEqualTo(refused);
            assertThat(heard).isNotEmpty().isSorted().doesNotHaveDuplicates();
        }
    }

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void aDatagramLongerThanAllowedIsReportedAndNotCut(Wire wire) throws Exception {
        BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
        BlockingQueue<ErrorEvent> errors = new LinkedBlockingQueue<>();
        try (Net net = new Net(wire)) {
            UdpEndpoint server = net.closing(on(net).maxDatagram(100)
                    .onDatagram((endpoint, from, bytes) -> heard.add(bytes.remaining()))
                    .onError((endpoint, error) -> errors.add(error))
                    .start());
            UdpEndpoint client = net.closing(on(net).start());
            for (int size : new int[] {101, 9000, 100}) {
                client.send(server.address(), pattern(size));
            }
            assertThat(Await.next(heard)).isEqualTo(100);
            for (int size : new int[] {101, 9000}) {
                ErrorEvent error = Await.next(errors);
                assertThat(error.code()).isEqualTo("DATAGRAM_TOO_LONG");
                assertThat(error.text()).contains(size + " bytes", "maxDatagram, 100");
            }
            assertThat(server.stats().datagramsTooLong()).isEqualTo(2);
            assertThat(server.stats().datagramsReceived()).isEqualTo(1);
            assertThat(heard).isEmpty();
        }
    }

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void aRefusalIsToldToAConnectedEndpointWhichGoesOn(Wire wire) throws Exception {
        BlockingQueue<ErrorEvent> errors = new LinkedBlockingQueue<>();
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (Net net = new Net(wire)) {
            UdpEndpoint gone = on(net).start();
            int port = gone.port();
            gone.close();
            UdpEndpoint client = net.closing(UdpEndpoint.on(net.io())
                    .connect(wire.host(), port)
                    .onDatagram((endpoint, from, bytes) -> heard.add(Text.of(bytes)))
                    .onError((endpoint, error) -> errors.add(error))
                    .start());
            client.send("anybody?");
            assertThat(Await.next(errors).code()).isEqualTo("ECONNREFUSED");
            assertThat(client.isRunning()).isTrue();
            net.closing(UdpEndpoint.on(net.io())
                    .bind(wire.host(), port)
                    .onDatagram((endpoint, from, bytes) -> endpoint.send(from, bytes))
                    .start());
            // A refusal that is still on its way takes a datagram with it.
            Await.until("answer", () -> {
                client.send("hello");
                return heard.contains("hello");
            });
        }
    }

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void aConnectedEndpointHearsNobodyElse(Wire wire) throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (Net net = new Net(wire)) {
            UdpEndpoint peer = net.closing(on(net).start());
            UdpEndpoint stranger = net.closing(on(net).start());
            UdpEndpoint client = net.closing(UdpEndpoint.on(net.io())
                    .connect(wire.host(), peer.port())
                    .onDatagram((endpoint, from, bytes) -> heard.add(Text.of(bytes)))
                    .start());
            assertThat(client.peer()).contains(at(wire.host(), peer.port()));
            Await.get(stranger.sendAsync(at(wire.host(), client.port()), bytes("spoofed")));
            peer.send(at(wire.host(), client.port()), "from the peer");
            assertThat(Await.next(heard)).isEqualTo("from the peer");
            assertThat(client.stats().datagramsReceived()).isEqualTo(1);
            assertThatThrownBy(() -> client.send(stranger.address(), "x"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("connected");
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void oneEndpointServesBothFamilies(Wire wire) throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (Net net = new Net(wire)) {
            UdpEndpoint server = net.closing(UdpEndpoint.on(net.io())
                    .onDatagram((endpoint, from, bytes) -> endpoint.send(from, bytes))
                    .start());
            for (String address : List.of("127.0.0.1", "::1")) {
                UdpEndpoint client = net.closing(UdpEndpoint.on(net.io())
                        .bind(address, 0)
                        .onDatagram((endpoint, from, bytes) ->
                                heard.add(from.getAddress().getHostAddress() + " " + Text.of(bytes)))
                        .start());
                client.send(at(address, server.port()), "hello");
                assertThat(Await.next(heard)).endsWith(" hello");
            }
        }
    }

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void onSentIsToldOncePerDatagramInOrderAndMaySend(Wire wire) throws Exception {
        BlockingQueue<Integer> sent = new LinkedBlockingQueue<>();
        try (Net net = new Net(wire)) {
            UdpEndpoint sink = net.closing(on(net).start());
            UdpEndpoint client = net.closing(on(net).onSent((endpoint, to, bytes) -> {
                        sent.add(bytes);
                        if (bytes > 0) {
                            endpoint.send(to, new byte[bytes - 1]);
                        }
                    })
                    .start());
            client.send(sink.address(), new byte[5]);
            for (int size = 5; size >= 0; size--) {
                assertThat(Await.next(sent)).isEqualTo(size);
            }
            Await.until("all heard", () -> sink.stats().datagramsReceived() == 6);
            assertThat(sent).isEmpty();
        }
    }

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void severalSocketsSharePeersAndEachPeerStaysWithOne(Wire wire) throws Exception {
        int peers = 64;
        BlockingQueue<List<String>> heard = new LinkedBlockingQueue<>();
        try (Net net = new Net(wire)) {
            UdpEndpoint server = net.closing(on(net).sockets(2)
                    .onDatagram((endpoint, from, bytes) ->
                            endpoint.send(from, Thread.currentThread().getName()))
                    .start());
            List<UdpEndpoint> clients = new ArrayList<>();
            for (int i = 0; i < peers; i++) {
                String number = String.valueOf(i);
                clients.add(net.closing(
                        on(net).onDatagram((endpoint, from, bytes) -> heard.add(List.of(number, Text.of(bytes))))
                                .start()));
            }
            String[] threads = new String[peers];
            for (int round = 0; round < 5; round++) {
                clients.forEach(client -> client.send(server.address(), "who?"));
                for (int i = 0; i < peers; i++) {
                    List<String> answer = Await.next(heard);
                    int number = Integer.parseInt(answer.get(0));
                    assertThat(answer.get(1)).isEqualTo(round == 0 ? answer.get(1) : threads[number]);
                    threads[number] = answer.get(1);
                }
            }
            assertThat(Arrays.stream(threads).distinct()).hasSize(2);
            assertThat(server.stats().datagramsReceived()).isEqualTo(5L * peers);
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void aThrowingListenerIsReportedAndTheEndpointGoesOn(Wire wire) throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (Net net = new Net(wire)) {
            UdpEndpoint server = net.closing(on(net).onDatagram((endpoint, from, bytes) -> {
                        throw new IllegalStateException("on purpose");
                    })
                    .onDatagram((endpoint, from, bytes) -> heard.add(Text.of(bytes)))
                    .start());
            UdpEndpoint client = net.closing(on(net).start());
            client.send(server.address(), "one");
            client.send(server.address(), "two");
            assertThat(Await.next(heard)).isEqualTo("one");
            assertThat(Await.next(heard)).isEqualTo("two");
            assertThat(net.errors()).hasSize(2).allMatch(error -> error.text().contains("on purpose"));
        }
    }

    @Test
    void whatAListenerLeavesOfADatagramDoesNotHideItFromTheNext() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (Net net = new Net(Wire.plain())) {
            UdpEndpoint server =
                    net.closing(on(net).onDatagram((endpoint, from, bytes) -> bytes.position(bytes.limit()))
                            .onDatagram((endpoint, from, bytes) -> heard.add(Text.of(bytes) + " " + bytes.isReadOnly()))
                            .start());
            net.closing(on(net).start()).send(server.address(), "whole");
            assertThat(Await.next(heard)).isEqualTo("whole true");
        }
    }

    @Test
    void badArgumentsAreRefusedWithTheRule() throws Exception {
        try (Net net = new Net(Wire.plain())) {
            UdpEndpoint endpoint = net.closing(on(net).start());
            InetSocketAddress self = endpoint.address();
            assertThatThrownBy(() -> endpoint.send(self, new byte[65_508]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("65508")
                    .hasMessageContaining("at most 65507");
            assertThatThrownBy(() -> endpoint.send(at("127.0.0.1", 0), "x"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("with a port");
            assertThatThrownBy(() -> endpoint.send(InetSocketAddress.createUnresolved("nowhere", 1), "x"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> endpoint.send(at("::1", 1), "x"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("IPv4 only");
            assertThatThrownBy(() -> endpoint.send("x"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("connect");
            assertThatThrownBy(() -> endpoint.multicast("x"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("multicastTo");
            assertThatThrownBy(() -> UdpEndpoint.on(net.io()).bind(70_000))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> UdpEndpoint.on(net.io()).outbound(Outbound.DEFAULT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("DROP_NEWEST");
            assertThatThrownBy(() -> MulticastGroup.of("192.168.1.1"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("multicast address");
            assertThatThrownBy(() -> MulticastGroup.of("239.1.1.1").on("no such interface"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("interface of this machine");
            assertThatThrownBy(() -> MulticastGroup.of("232.1.1.1").from("::1"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("IPv4");
        }
    }
}
