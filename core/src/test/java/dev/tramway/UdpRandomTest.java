package dev.tramway;

import static dev.tramway.testing.Datagrams.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.testing.Await;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** Random acts: endpoints come, go, restart, join, leave and send, one act a millisecond. Nothing hangs, nothing fails. */
@ExtendWith(NoLeaks.class)
class UdpRandomTest {
    private static final int MOST_CLIENTS = 100;

    private static final MulticastGroup GROUP =
            MulticastGroup.of("239.255.79.1").on("127.0.0.1");

    private final Random random = new Random(20_190_205);
    private final List<UdpEndpoint> clients = new ArrayList<>();

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void endpointsComeAndGoAndSend(Wire wire) throws Exception {
        comeAndGoAndSend(wire, Duration.ofMillis(500));
    }

    @Tag("long")
    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void endpointsComeAndGoAndSendForTenSeconds(Wire wire) throws Exception {
        comeAndGoAndSend(wire, Duration.ofSeconds(10));
    }

    @OverWires(OverWires.Kind.PLAIN)
    void membersComeAndGoWhileTheGroupIsSentTo(Wire wire) throws Exception {
        joinAndLeaveAndMulticast(wire, Duration.ofMillis(500));
    }

    @Tag("long")
    @OverWires(OverWires.Kind.PLAIN)
    void membersComeAndGoWhileTheGroupIsSentToForTenSeconds(Wire wire) throws Exception {
        joinAndLeaveAndMulticast(wire, Duration.ofSeconds(10));
    }

    private void comeAndGoAndSend(Wire wire, Duration time) throws Exception {
        try (Net net = new Net(wire)) {
            UdpEndpoint server = net.closing(on(net).sockets(2)
                    .onDatagram((endpoint, from, bytes) -> endpoint.send(from, bytes))
                    .start());
            act(time, () -> {
                int act = random.nextInt(100);
                if (clients.isEmpty() || (act == 0 && clients.size() < MOST_CLIENTS)) {
                    clients.add(net.closing(on(net).start()));
                } else if (act == 1) {
                    toggle(any());
                } else if (act == 2) {
                    any().restart().exceptionally(failure -> null);
                } else {
                    any().send(server.address(), "test");
                }
            });
            assertThat(server.stats().bytesReceived()).isPositive();
            assertThat(server.stats().bytesSent()).isPositive();
            assertThat(server.stats().errors()).isZero();
        }
    }

    private void joinAndLeaveAndMulticast(Wire wire, Duration time) throws Exception {
        try (Net net = new Net(wire)) {
            UdpEndpoint first = net.closing(member(net, 0));
            UdpEndpoint server = net.closing(on(net).multicastInterface("127.0.0.1")
                    .ttl(0)
                    .multicastTo("239.255.79.1", first.port())
                    .start());
            clients.add(first);
            act(time, () -> {
                int act = random.nextInt(100);
                if (act == 0 && clients.size() < MOST_CLIENTS) {
                    clients.add(net.closing(member(net, first.port())));
                } else if (act == 1) {
                    toggle(any());
                } else if (act == 2) {
                    any().restart().exceptionally(failure -> null);
                } else if (act < 10) {
                    // A member that is stopped or restarting refuses, which is no failure.
                    any().leave(GROUP);
                    any().join(GROUP);
                } else {
                    server.multicast("test");
                }
            });
            Await.get(first.stop());
            Await.get(first.restart());
            Await.get(first.join(GROUP));
            Await.until("heard", () -> {
                server.multicast("test");
                return first.stats().bytesReceived() > 0;
            });
            assertThat(server.stats().bytesSent()).isPositive();
            assertThat(server.stats().bytesReceived()).isZero();
            assertThat(server.stats().errors()).isZero();
        }
    }

    private static UdpEndpoint member(Net net, int port) {
        return UdpEndpoint.on(net.io())
                .bind("0.0.0.0", port)
                .reuseAddress(true)
                .join(GROUP)
                .start();
    }

    private UdpEndpoint any() {
        return clients.get(random.nextInt(clients.size()));
    }

    private static void toggle(UdpEndpoint client) {
        if (client.isRunning()) {
            client.stop();
        } else {
            client.restart().exceptionally(failure -> null);
        }
    }

    private static void act(Duration time, Runnable act) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            act.run();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
