package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.testing.Await;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Wire;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Connects, disconnects and closes of one client that meet each other. */
@ExtendWith(NoLeaks.class)
@Timeout(120)
class ClientLifecycleTest {
    @OverWires
    void aConnectAfterADisconnectIsNotCancelledWithTheAttemptBefore(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> {});
            TcpClient client = net.unconnected(server.port(), options -> {});
            for (int round = 0; round < 50; round++) {
                Future<Session> first = client.connectAsync();
                client.disconnect();
                Session session = Await.get(client.connectAsync());
                assertThat(first.isDone()).isTrue();
                assertThat(session.isOpen()).isTrue();
                assertThat(client.session()).contains(session);
                Await.get(client.disconnect());
            }
            Await.until("all left", () -> server.stats().sessions() == 0);
        }
    }

    @OverWires
    void nothingIsToldAfterCloseHasReturned(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> {});
            for (int round = 0; round < 50; round++) {
                List<String> events = new CopyOnWriteArrayList<>();
                TcpClient client = net.unconnected(
                        server.port(),
                        options -> options.onConnect(session -> events.add("connect"))
                                .onDisconnect((session, reason) -> events.add("disconnect")));
                client.connectAsync();
                client.close();
                List<String> then = List.copyOf(events);
                net.settle();
                assertThat(events).isEqualTo(then);
                assertThat(events.size()).isIn(0, 2);
            }
            Await.until("all left", () -> server.stats().sessions() == 0);
        }
    }

    @Test
    void aNameThatIsNotKnownIsToldOnALoopWithItsRemedy() throws Exception {
        try (Net net = new Net(Wire.plain())) {
            CompletableFuture<Boolean> onLoop = new CompletableFuture<>();
            TcpClient client = net.closing(TcpClient.on(net.io())
                    .to("no-such-host.invalid", 1)
                    .onConnectFailed((failed, error) -> onLoop.complete(net.io().inLoop()))
                    .build());
            assertThat(Await.failureOf(client.connectAsync()))
                    .isInstanceOf(ConnectFailedException.class)
                    .hasMessageContaining("no-such-host.invalid:1")
                    .hasMessageContaining("the name is not known")
                    .hasMessageContaining("check its spelling");
            assertThat(Await.get(onLoop)).isTrue();
        }
    }
}
