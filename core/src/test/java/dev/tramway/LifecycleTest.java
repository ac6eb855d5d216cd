package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.testing.Await;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.Peer;
import dev.tramway.testing.Wire;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Starts, stops and restarts that meet each other end in one of the states that were asked for, and never hang. */
@ExtendWith(NoLeaks.class)
@Timeout(60)
class LifecycleTest {
    @Test
    void twoRestartsAtOnceLeaveOneRunningServer() throws Exception {
        try (Net net = new Net(Wire.plain())) {
            TcpServer server = net.server(options -> {});
            for (int round = 0; round < 20; round++) {
                CompletableFuture<Void> first = server.restart();
                CompletableFuture<Void> second = server.restart();
                Await.get(first);
                Await.get(second);
                assertThat(server.isRunning()).isTrue();
            }
            int port = server.port();
            Await.get(server.stop(Duration.ZERO));
            // Nobody listens any more: no run was forgotten on the way.
            try (TcpServer next =
                    TcpServer.on(net.io()).address("127.0.0.1").port(port).start()) {
                assertThat(next.port()).isEqualTo(port);
            }
        }
    }

    @Test
    void aStopDuringARestartWins() throws Exception {
        try (Net net = new Net(Wire.plain())) {
            TcpServer server = net.server(options -> {});
            for (int round = 0; round < 20; round++) {
                Future<Void> restart = server.restart();
                Await.get(server.stop(Duration.ZERO));
                assertThat(server.isRunning()).isFalse();
                Await.until("end of the restart", restart::isDone);
                assertThat(server.isRunning()).isFalse();
                Await.get(server.restart());
            }
        }
    }

    @Test
    void awaitStopWaitsOnOverARestart() throws Exception {
        try (Net net = new Net(Wire.plain())) {
            TcpServer server = net.server(options -> {});
            CompletableFuture<Void> returned = CompletableFuture.runAsync(() -> {
                try {
                    server.awaitStop();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            for (int round = 0; round < 20; round++) {
                Await.get(server.restart());
                assertThat(returned).isNotDone();
            }
            Await.get(server.stop(Duration.ZERO));
            Await.get(returned);
        }
    }

    @Test
    void theDeadlineOfADrainDoesNotReachTheNextRun() throws Exception {
        try (Net net = Net.withManualClock(Wire.plain())) {
            TcpServer server = net.server(options -> {});
            Await.get(server.stop(Duration.ofSeconds(30)));
            Await.get(server.restart());
            Peer peer = net.peer(server);
            Await.until("one session", () -> server.stats().sessions() == 1);
            net.advance(Duration.ofSeconds(31));
            server.broadcast("still here");
            assertThat(peer.receiveText(10)).isEqualTo("still here");
        }
    }

    @Test
    void aGroupHandleOutlivesARestartOfItsServer() throws Exception {
        try (Net net = new Net(Wire.plain())) {
            TcpServer server = net.server(options -> {});
            Group room = server.group("room");
            Group everyone = server.everyone();
            Await.get(server.restart());
            Peer peer = net.peer(server);
            Await.until("one session", () -> server.stats().sessions() == 1);
            room.add(server.sessions().iterator().next());
            room.broadcast("room");
            everyone.broadcast("everyone");
            assertThat(peer.receiveText(12)).isEqualTo("roomeveryone");
        }
    }

    @Test
    void aServiceThatIsStoppedWhileItRestartsEnds() throws Exception {
        IoService io = IoService.builder().name("restarting").threads(2).start();
        TcpServer server = TcpServer.on(io).address("127.0.0.1").port(0).start();
        Future<Void> restart = io.restart();
        Await.get(io.stop());
        Await.until("end of the restart", restart::isDone);
        assertThat(server.isRunning()).isFalse();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("restarting"));
    }

    @Test
    void twoRestartsOfAServiceAtOnceBothEnd() throws Exception {
        try (IoService io = IoService.builder().threads(2).start();
                TcpServer server = TcpServer.on(io).address("127.0.0.1").port(0).start()) {
            CompletableFuture<Void> first = io.restart();
            CompletableFuture<Void> second = io.restart();
            Await.get(first);
            Await.get(second);
            assertThat(io.isRunning()).isTrue();
            assertThat(server.isRunning()).isTrue();
        }
    }

    @Test
    void closingFromAHandlerOnAnExecutorDoesNotWaitForItself() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(2);
                Net net = new Net(Wire.plain())) {
            CompletableFuture<String> closed = new CompletableFuture<>();
            TcpServer server = net.server(options -> options.handlers(pool).onMessage((session, message) -> {
                session.server().close();
                closed.complete("closed");
            }));
            net.peer(server).send("close");
            assertThat(Await.get(closed)).isEqualTo("closed");
            Await.until("stopped", () -> server.stats().sessions() == 0);
        }
    }

    @Test
    void aClientAndAServiceClosedFromTheirOwnHandlersOnAnExecutorEnd() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(2);
                Net net = new Net(Wire.plain())) {
            TcpServer server = net.server(options -> options.onConnect(session -> session.send("go")));
            CompletableFuture<String> closed = new CompletableFuture<>();
            IoService own = IoService.builder().threads(1).start();
            TcpClient client = TcpClient.on(own)
                    .to("127.0.0.1", server.port())
                    .handlers(pool)
                    .build();
            client.listen(new SessionListener() {
                @Override
                public void onMessage(Session session, java.nio.ByteBuffer message) {
                    client.close();
                    own.close();
                    closed.complete("closed");
                }
            });
            client.connect();
            assertThat(Await.get(closed)).isEqualTo("closed");
            Await.get(own.stop());
        }
    }
}
