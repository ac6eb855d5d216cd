package dev.tramway;

import static dev.tramway.testing.Datagrams.at;
import static dev.tramway.testing.Datagrams.bytes;
import static dev.tramway.testing.Datagrams.echo;
import static dev.tramway.testing.Datagrams.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.testing.Await;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Wire;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Starting, stopping and restarting endpoints, from anywhere, and what goes wrong with it. */
@ExtendWith(NoLeaks.class)
class UdpLifecycleTest {
    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void aPortInUseIsAClearErrorAndLeavesNothingBehind(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            UdpEndpoint first = on(net).start();
            int port = first.port();
            assertThatThrownBy(() ->
                            UdpEndpoint.on(net.io()).bind(wire.host(), port).start())
                    .isInstanceOf(BindFailedException.class)
                    .hasMessageContaining(":" + port)
                    .hasMessageContaining("in use")
                    .hasMessageContaining("choose another port")
                    .hasCauseInstanceOf(BindFailedException.class);
            assertThat(Await.failureOf(UdpEndpoint.on(net.io())
                            .bind(wire.host(), port)
                            .sockets(3)
                            .startAsync()))
                    .isInstanceOf(BindFailedException.class);
            first.close();
            net.closing(UdpEndpoint.on(net.io()).bind(wire.host(), port).start());
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void anAddressThatIsNotOursOrNotKnownIsAClearError(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            assertThatThrownBy(() ->
                            UdpEndpoint.on(net.io()).bind("198.51.100.7", 0).start())
                    .isInstanceOf(BindFailedException.class)
                    .hasMessageContaining("198.51.100.7:0")
                    .hasMessageContaining("give one that it has");
            assertThatThrownBy(() -> UdpEndpoint.on(net.io())
                            .bind("no such name.invalid", 0)
                            .start())
                    .isInstanceOf(BindFailedException.class)
                    .hasMessageContaining("no such name.invalid")
                    .hasMessageContaining("not known");
            assertThatThrownBy(() -> UdpEndpoint.on(net.io())
                            .connect("no such name.invalid", 1)
                            .start())
                    .isInstanceOf(BindFailedException.class)
                    .hasMessageContaining("connect to no such name.invalid");
        }
    }

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void eventsComeInOrderAndARestartKeepsPortAndConfiguration(Wire wire) throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        try (Net net = new Net(wire)) {
            UdpEndpoint server = net.closing(on(net).onStarted(endpoint -> told.add("started"))
                    .onStopped(endpoint -> told.add("stopped"))
                    .onDatagram((endpoint, from, bytes) -> told.add(Text.of(bytes)))
                    .start());
            UdpEndpoint client = net.closing(on(net).start());
            int port = server.port();
            for (int round = 0; round < 3; round++) {
                assertThat(Await.next(told)).isEqualTo("started");
                assertThat(server.isRunning()).isTrue();
                assertThat(server.port()).isEqualTo(port);
                client.send(at(wire.host(), port), "hello");
                assertThat(Await.next(told)).isEqualTo("hello");
                assertThat(server.stats().datagramsReceived()).isEqualTo(1);
                Await.get(server.restart());
                assertThat(Await.next(told)).isEqualTo("stopped");
            }
            server.close();
            assertThat(server.isRunning()).isFalse();
            assertThat(Await.next(told)).isEqualTo("started");
            assertThat(Await.next(told)).isEqualTo("stopped");
            assertThat(server.send(client.address(), "x")).isEqualTo(SendResult.CLOSED);
            assertThat(Await.failureOf(server.sendAsync(client.address(), bytes("x"))))
                    .isInstanceOf(ClosedException.class);
            server.close();
            Await.get(server.stop());
            assertThat(told).isEmpty();
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void canSendAsSoonAsItIsToldToHaveStarted(Wire wire) throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (Net net = new Net(wire)) {
            UdpEndpoint server = net.closing(on(net).onDatagram((endpoint, from, bytes) -> heard.add(Text.of(bytes)))
                    .start());
            AtomicInteger starts = new AtomicInteger();
            BlockingQueue<SendResult> results = new LinkedBlockingQueue<>();
            UdpEndpoint client = net.closing(UdpEndpoint.on(net.io())
                    .connect(wire.host(), server.port())
                    .onStarted(endpoint -> results.add(endpoint.send("start " + starts.incrementAndGet())))
                    .start());
            Await.get(client.restart());
            for (int start = 1; start <= 2; start++) {
                assertThat(Await.next(results)).isEqualTo(SendResult.ACCEPTED);
                assertThat(Await.next(heard)).isEqualTo("start " + start);
            }
        }
    }

    private interface Ending {
        CompletableFuture<?> end(UdpEndpoint endpoint);
    }

    private static void endsInsideACallback(Wire wire, boolean onExecutor, boolean again, Ending ending)
            throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(2);
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        AtomicReference<CompletableFuture<?>> ended = new AtomicReference<>();
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        try (Net net = new Net(wire)) {
            UdpEndpoint client = net.closing(on(net).start());
            UdpEndpoint.Builder builder = on(net).onDatagram((endpoint, from, bytes) -> {
                        heard.add(Text.of(bytes));
                        if (Text.equals(bytes, "end")) {
                            // Else the second might be sent to the socket of the next run.
                            Await.until("both sent", () -> client.stats().datagramsSent() == 2);
                            ended.set(ending.end(endpoint));
                        }
                    })
                    .onStopped(endpoint -> stopped.complete(null));
            UdpEndpoint server = net.closing((onExecutor ? builder.handlers(executor) : builder).start());
            net.io().post(() -> {
                client.send(server.address(), "end");
                client.send(server.address(), "too late");
            });
            assertThat(Await.next(heard)).isEqualTo("end");
            Await.get(stopped);
            if (again) {
                Await.until("future known", () -> ended.get() != null);
                Await.get(ended.get());
                heard.clear();
                Await.until("heard after the restart", () -> {
                    client.send(server.address(), "again");
                    return heard.contains("again");
                });
                assertThat(heard).doesNotContain("too late");
            } else {
                assertThat(heard).isEmpty();
            }
        } finally {
            executor.shutdown();
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void anEndpointIsStoppedClosedAndRestartedFromInsideACallback(Wire wire) throws Exception {
        for (boolean onExecutor : new boolean[] {false, true}) {
            endsInsideACallback(wire, onExecutor, false, UdpEndpoint::stop);
            endsInsideACallback(wire, onExecutor, true, UdpEndpoint::restart);
            endsInsideACallback(wire, onExecutor, false, endpoint -> {
                endpoint.close();
                return CompletableFuture.completedFuture(null);
            });
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void theServiceStopsAndRestartsItsEndpoints(Wire wire) throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (Net net = new Net(wire)) {
            UdpEndpoint server = echo(net);
            UdpEndpoint stopped = net.closing(on(net).start());
            stopped.close();
            UdpEndpoint client = net.closing(on(net).onDatagram((endpoint, from, bytes) -> heard.add(Text.of(bytes)))
                    .start());
            int port = server.port();
            Await.get(net.io().restart());
            assertThat(server.isRunning()).isTrue();
            assertThat(server.port()).isEqualTo(port);
            assertThat(stopped.isRunning()).isFalse();
            client.send(server.address(), "after");
            assertThat(Await.next(heard)).isEqualTo("after");
            Await.get(net.io().stop());
            assertThat(server.isRunning()).isFalse();
            assertThat(client.send(server.address(), "x")).isEqualTo(SendResult.CLOSED);
            assertThatThrownBy(() -> UdpEndpoint.on(net.io()).bind(0).start())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("stopped");
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void aStopThatComesWhileItStartsWins(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            for (int i = 0; i < 20; i++) {
                UdpEndpoint server = net.closing(on(net).start());
                CompletableFuture<Void> restarted = server.restart();
                server.stop();
                restarted.handle((done, failure) -> failure).get();
                Await.until("stopped", () -> !server.isRunning());
                assertThat(server.send(server.address(), "x")).isEqualTo(SendResult.CLOSED);
            }
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void startOnAnEventLoopIsRefusedAndStartAsyncWorks(Wire wire) throws Exception {
        CompletableFuture<CompletableFuture<UdpEndpoint>> started = new CompletableFuture<>();
        CompletableFuture<Throwable> refused = new CompletableFuture<>();
        try (Net net = new Net(wire)) {
            net.io().post(() -> {
                try {
                    on(net).start();
                } catch (IllegalStateException e) {
                    refused.complete(e);
                }
                started.complete(on(net).startAsync());
            });
            assertThat(Await.get(refused)).hasMessageContaining("startAsync");
            assertThat(Await.get(Await.get(started)).isRunning()).isTrue();
        }
    }

    @Test
    void aHandlerThatNeverReturnsDoesNotKeepTheStopFromEnding() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CompletableFuture<Void> inside = new CompletableFuture<>();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (Net net = Net.withManualClock(Wire.plain())) {
            UdpEndpoint server = net.closing(on(net).handlers(executor)
                    .onDatagram((endpoint, from, bytes) -> {
                        inside.complete(null);
                        try {
                            never.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    })
                    .start());
            server.send(server.address(), "x");
            Await.get(inside);
            CompletableFuture<Void> stopped = server.stop();
            net.settle();
            assertThat(stopped).isNotDone();
            net.advance(Duration.ofSeconds(11));
            Await.get(stopped);
            assertThat(net.errors()).extracting(ErrorEvent::code).contains("HANDLER_STILL_RUNNING");
        } finally {
            never.countDown();
            executor.shutdown();
        }
    }
}
