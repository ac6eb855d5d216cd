package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.internal.loop.IoServiceBuilder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A stop ends although a handler never returns. */
class StuckHandlerStopTest {
    @Test
    void stopGivesUpOnHandlersThatDoNotReturn() throws Exception {
        AtomicLong skipped = new AtomicLong();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        IoServiceBuilder builder = (IoServiceBuilder) IoService.builder().threads(1);
        try (IoService io =
                        builder.clock(() -> System.nanoTime() + skipped.get()).start();
                TcpServer server = TcpServer.on(io)
                        .address("127.0.0.1")
                        .port(0)
                        .handlers(executor)
                        .onMessage((session, message) -> {
                            entered.countDown();
                            awaitUninterruptibly(release);
                        })
                        .start();
                TcpClient client =
                        TcpClient.on(io).to("127.0.0.1", server.port()).connect()) {
            client.send("x");
            assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<StopReport> stopping = server.stop(Duration.ZERO);
            CompletableFuture<Void> reached = new CompletableFuture<>();
            io.post(() -> io.post(() -> io.post(() -> reached.complete(null))));
            reached.get(20, TimeUnit.SECONDS);
            assertThat(stopping).isNotDone();

            skipped.addAndGet(TimeUnit.SECONDS.toNanos(60));
            while (!stopping.isDone()) {
                io.post(() -> {});
                Thread.onSpinWait();
            }
            assertThat(stopping.get().cut()).isEqualTo(1);
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
