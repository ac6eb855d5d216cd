package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.testing.Await;
import dev.tramway.testing.Net;
import dev.tramway.testing.Wire;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A stop ends although a handler never returns. */
class StuckHandlerStopTest {
    @Test
    void stopGivesUpOnHandlersThatDoNotReturn() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (Net net = Net.withManualClock(Wire.plain())) {
            TcpServer server = net.server(options -> options.handlers(executor).onMessage((session, message) -> {
                entered.countDown();
                awaitUninterruptibly(release);
            }));
            net.client(server, options -> {}).send("x");
            assertThat(entered.await(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

            CompletableFuture<StopReport> stopping = server.stop(Duration.ZERO);
            net.settle();
            assertThat(stopping).isNotDone();

            // Again and again, since the time to give up is counted from a later turn of the loop.
            Await.until("the stop gives up", () -> {
                net.advance(Duration.ofMinutes(1));
                return stopping.isDone();
            });
            assertThat(stopping.get().cut()).isEqualTo(1);
            assertThat(net.errors()).extracting(ErrorEvent::code).containsExactly("HANDLER_STILL_RUNNING");
        } finally {
            release.countDown();
            executor.shutdown();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
