package dev.tramway;

import static dev.tramway.testing.Datagrams.bytes;
import static dev.tramway.testing.Datagrams.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.testing.Await;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Wire;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtendWith;

/** Limits, pauses and handlers on an executor. */
@ExtendWith(NoLeaks.class)
class UdpFlowTest {
    /** Keeps every loop of a test busy until it is let go, so that nothing is sent meanwhile. */
    private static CountDownLatch busy(Net net) {
        CountDownLatch letGo = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(net.loops().size());
        net.loops()
                .forEach(loop -> loop.inbox()
                        .offerControl(
                                (message, detail) -> {
                                    all.countDown();
                                    try {
                                        letGo.await();
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                },
                                null));
        try {
            all.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return letGo;
    }

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void aFullQueueAnswersFullCountsItAndTellsWhenThereIsRoom(Wire wire) throws Exception {
        BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
        CompletableFuture<Void> writable = new CompletableFuture<>();
        try (Net net = new Net(wire)) {
            UdpEndpoint server = net.closing(on(net).onDatagram((endpoint, from, bytes) -> heard.add(bytes.remaining()))
                    .start());
            UdpEndpoint client =
                    net.closing(on(net).outbound(Outbound.limit(10_000).whenFull(Outbound.WhenFull.DROP_NEWEST))
                            .onWritable(endpoint -> writable.complete(null))
                            .start());
            CountDownLatch letGo = busy(net);
            List<SendResult> results = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                results.add(client.send(server.address(), new byte[1000]));
            }
            assertThat(client.stats().datagramsPending()).isEqualTo(9);
            assertThat(client.stats().bytesPending()).isEqualTo(9000);
            assertThat(Await.failureOf(client.sendAsync(server.address(), ByteBuffer.allocate(1000))))
                    .isInstanceOf(SendFailedException.class)
                    .hasMessageContaining("queue is full");
            letGo.countDown();
            // A datagram costs 32 bytes more than it holds: 9 fit.
            assertThat(results.subList(0, 9)).containsOnly(SendResult.ACCEPTED);
            assertThat(results.subList(9, 12)).containsOnly(SendResult.FULL);
            Await.get(writable);
            assertThat(client.send(server.address(), new byte[1])).isEqualTo(SendResult.ACCEPTED);
            for (int i = 0; i < 9; i++) {
                assertThat(Await.next(heard)).isEqualTo(1000);
            }
            assertThat(Await.next(heard)).isEqualTo(1);
            assertThat(client.stats().datagramsDropped()).isEqualTo(4);
            Await.until("all sent", () -> client.stats().datagramsSent() == 10);
            assertThat(client.stats().datagramsPending()).isZero();
        }
    }

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void droppingTheOldestKeepsTheNewestAndTellsWhatWasDropped(Wire wire) throws Exception {
        BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
        AtomicInteger told = new AtomicInteger();
        try (Net net = new Net(wire)) {
            UdpEndpoint server = net.closing(on(net).onDatagram((endpoint, from, bytes) -> heard.add(bytes.getInt()))
                    .start());
            UdpEndpoint client = net.closing(on(net).outbound(Outbound.limit(1).whenFull(Outbound.WhenFull.DROP_OLDEST))
                    .listen(new UdpListener() {
                        @Override
                        public void onDropped(UdpEndpoint endpoint, int datagrams, long bytes) {
                            assertThat(bytes).isEqualTo(4L * datagrams);
                            told.addAndGet(datagrams);
                        }
                    })
                    .start());
            CountDownLatch letGo = busy(net);
            List<CompletableFuture<Void>> sent = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                sent.add(client.sendAsync(
                        server.address(), ByteBuffer.allocate(4).putInt(0, i)));
            }
            letGo.countDown();
            int last = -1;
            while (last < 49) {
                int next = Await.next(heard);
                assertThat(next).isGreaterThan(last);
                last = next;
            }
            Await.until("all settled", () -> client.stats().datagramsPending() == 0);
            UdpStats stats = client.stats();
            assertThat(stats.datagramsSent() + stats.datagramsDropped()).isEqualTo(50);
            Await.until("drops told", () -> told.get() == stats.datagramsDropped());
            sent.forEach(each -> each.handle((done, failure) -> failure).join());
            assertThat(sent.stream().filter(CompletableFuture::isCompletedExceptionally))
                    .hasSize((int) stats.datagramsDropped());
        }
    }

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void aPauseDeliversNothingAndLosesNothing(Wire wire) throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (Net net = new Net(wire)) {
            UdpEndpoint server = net.closing(on(net).onDatagram((endpoint, from, bytes) -> {
                        if (Text.equals(bytes, "0")) {
                            endpoint.pauseReading();
                        }
                        heard.add(Text.of(bytes));
                    })
                    .start());
            UdpEndpoint client = net.closing(on(net).start());
            net.io().post(() -> {
                for (int i = 0; i < 20; i++) {
                    client.send(server.address(), "" + i);
                }
            });
            assertThat(Await.next(heard)).isEqualTo("0");
            Await.until("all sent", () -> client.stats().datagramsSent() == 20);
            net.settle();
            assertThat(heard).isEmpty();
            server.resumeReading();
            for (int i = 1; i < 20; i++) {
                assertThat(Await.next(heard)).isEqualTo("" + i);
            }
        }
    }

    @OverWires(value = OverWires.Kind.PLAIN, ipv6 = true)
    void handlersOnAnExecutorKeepTheOrderAndNeverOverlap(Wire wire) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(3);
        BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
        BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        Set<String> threads = ConcurrentHashMap.newKeySet();
        AtomicInteger inside = new AtomicInteger();
        // What the kernel keeps for a socket that is not read for a while.
        int count = 100;
        try (Net net = new Net(wire)) {
            UdpEndpoint server = net.closing(on(net).handlers(executor)
                    .onDatagram((endpoint, from, bytes) -> {
                        assertThat(inside.incrementAndGet()).isEqualTo(1);
                        threads.add(Thread.currentThread().getName());
                        heard.add(bytes.getInt());
                        inside.decrementAndGet();
                        endpoint.send(from, "answer");
                    })
                    .start());
            UdpEndpoint client = net.closing(on(net).onDatagram((endpoint, from, bytes) -> answers.add(Text.of(bytes)))
                    .start());
            for (int i = 0; i < count; i++) {
                int number = i;
                Await.get(client.sendAsync(
                        server.address(), ByteBuffer.allocate(4).putInt(0, number)));
            }
            for (int i = 0; i < count; i++) {
                assertThat(Await.next(heard)).isEqualTo(i);
                assertThat(Await.next(answers)).isEqualTo("answer");
            }
            assertThat(threads).noneMatch(name -> name.startsWith("test-"));
        } finally {
            executor.shutdown();
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void aPauseHoldsABatchOnAnExecutorToo(Wire wire) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(2);
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (Net net = new Net(wire)) {
            UdpEndpoint server = net.closing(on(net).handlers(executor)
                    .onDatagram((endpoint, from, bytes) -> {
                        endpoint.pauseReading();
                        heard.add(Text.of(bytes));
                    })
                    .start());
            UdpEndpoint client = net.closing(on(net).start());
            net.io().post(() -> {
                for (int i = 0; i < 5; i++) {
                    client.send(server.address(), "" + i);
                }
            });
            for (int i = 0; i < 5; i++) {
                assertThat(Await.next(heard)).isEqualTo("" + i);
                net.settle();
                assertThat(heard).isEmpty();
                server.resumeReading();
            }
        } finally {
            executor.shutdown();
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void manyThreadsSendAndEachKeepsItsOrder(Wire wire) throws Exception {
        // Together what the kernel keeps for a socket that is not read for a while.
        int senders = 4;
        int each = 40;
        int[] last = new int[senders];
        AtomicInteger heard = new AtomicInteger();
        BlockingQueue<String> wrong = new LinkedBlockingQueue<>();
        try (Net net = new Net(wire)) {
            UdpEndpoint server = net.closing(on(net).onDatagram((endpoint, from, bytes) -> {
                        int sender = bytes.getInt();
                        int number = bytes.getInt();
                        if (number <= last[sender]) {
                            wrong.add(sender + ": " + number + " after " + last[sender]);
                        }
                        last[sender] = number;
                        heard.incrementAndGet();
                    })
                    .start());
            UdpEndpoint client = net.closing(on(net).start());
            InetSocketAddress to = server.address();
            List<Thread> threads = new ArrayList<>();
            for (int sender = 0; sender < senders; sender++) {
                int self = sender;
                threads.add(Thread.ofPlatform().start(() -> {
                    for (int i = 1; i <= each; i++) {
                        Await.get(client.sendAsync(
                                to,
                                ByteBuffer.allocate(8).putInt(self).putInt(i).flip()));
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            Await.until("all heard", () -> heard.get() == senders * each);
            assertThat(wrong).isEmpty();
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void whatWasQueuedAtAStopIsSentOrCountedAsDropped(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            UdpEndpoint server = net.closing(on(net).start());
            UdpEndpoint client = net.closing(on(net).start());
            CountDownLatch letGo = busy(net);
            for (int i = 0; i < 100; i++) {
                client.send(server.address(), bytes("x"));
            }
            CompletableFuture<Void> stopped = client.stop();
            letGo.countDown();
            Await.get(stopped);
            UdpStats stats = client.stats();
            assertThat(stats.datagramsSent() + stats.datagramsDropped()).isEqualTo(100);
            assertThat(stats.datagramsPending()).isZero();
        }
    }
}
