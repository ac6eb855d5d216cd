package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.internal.loop.IoServiceBuilder;
import dev.tramway.testing.Await;
import dev.tramway.testing.EventLog;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Wire;
import dev.tramway.testing.Wires;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The event loops as the application uses them: tasks, hooks, start, stop, restart, waiting, transport. */
@ExtendWith(NoLeaks.class)
class IoServiceTest {
    // ---- dispatch and post ------------------------------------------------------------------------------------------

    @OverWires(OverWires.Kind.PLAIN)
    void runsTheTwelveStepsOfDispatchAndPostInOrder(Wire wire) throws Exception {
        List<String> steps = new CopyOnWriteArrayList<>();
        try (Net net = new Net(wire, options -> options.threads(1))) {
            IoService io = net.io();
            CountDownLatch bothQueued = new CountDownLatch(1);
            CompletableFuture<Void> done = new CompletableFuture<>();
            io.post(() -> awaitLatch(bothQueued));
            steps.add("1");
            io.dispatch(() -> {
                steps.add("1.1");
                steps.add("1.2");
                io.dispatch(() -> steps.add("1.2.1"));
                steps.add("1.3");
                io.post(() -> steps.add("1.3.1"));
            });
            steps.add("2");
            io.post(() -> {
                steps.add("2.1");
                steps.add("2.2");
                io.dispatch(() -> steps.add("2.2.1"));
                steps.add("2.3");
                io.post(() -> {
                    steps.add("2.3.1");
                    done.complete(null);
                });
            });
            bothQueued.countDown();
            Await.get(done);
        }
        assertThat(steps)
                .containsExactly(
                        "1", "2", "1.1", "1.2", "1.2.1", "1.3", "2.1", "2.2", "2.2.1", "2.3", "1.3.1", "2.3.1");
    }

    @OverWires(OverWires.Kind.PLAIN)
    void manyTasksAtOnceDoNotKeepATimerWaiting(Wire wire) throws Exception {
        int tasks = 20_000;
        AtomicInteger ran = new AtomicInteger();
        CompletableFuture<Integer> ranBefore = new CompletableFuture<>();
        AtomicLong now = new AtomicLong(System.nanoTime());
        try (Net net = new Net(wire, options -> options.clock(now::get))) {
            IoService io = net.io();
            io.post(() -> {
                io.after(Duration.ofSeconds(1), () -> ranBefore.complete(ran.get()));
                for (int i = 0; i < tasks; i++) {
                    io.post(() -> {
                        // Due from the first of them on.
                        if (ran.getAndIncrement() == 0) {
                            now.addAndGet(Duration.ofSeconds(2).toNanos());
                        }
                    });
                }
            });
            assertThat(Await.get(ranBefore)).isPositive().isLessThan(tasks);
            Await.until("all ran", () -> ran.get() == tasks);
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void keepsTheOrderOfTheTasksOfEachThread(Wire wire) throws Exception {
        int tasks = 5_000;
        List<List<Integer>> ran = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        try (Net net = new Net(wire)) {
            List<Thread> posting = new ArrayList<>();
            for (List<Integer> own : ran) {
                posting.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < tasks; i++) {
                        int number = i;
                        net.io().execute(() -> own.add(number));
                    }
                }));
            }
            for (Thread thread : posting) {
                thread.join();
            }
            net.settle();
        }
        for (List<Integer> own : ran) {
            assertThat(own).hasSize(tasks).isSorted();
        }
    }

    @Test
    void knowsItsOwnThreadsAndNoOthers() throws Exception {
        try (IoService one = IoService.builder().threads(1).start();
                IoService other = IoService.builder().threads(1).start()) {
            CompletableFuture<List<Boolean>> asked = new CompletableFuture<>();
            one.post(() -> asked.complete(List.of(one.inLoop(), other.inLoop())));
            assertThat(Await.get(asked)).containsExactly(true, false);
            assertThat(one.inLoop()).isFalse();
        }
    }

    @Test
    void reportsATaskThatThrowsAndGoesOn() throws Exception {
        try (Net net = new Net(Wire.plain())) {
            net.io().post(() -> {
                throw new IllegalStateException("posted");
            });
            net.io()
                    .post(() -> net.io().dispatch(() -> {
                        throw new IllegalStateException("dispatched");
                    }));
            net.settle();
            CompletableFuture<String> next = new CompletableFuture<>();
            net.io().post(() -> next.complete("alive"));
            assertThat(Await.get(next)).isEqualTo("alive");
            assertThat(net.errors()).hasSize(2).allSatisfy(error -> {
                assertThat(error.category()).isEqualTo(ErrorEvent.Category.HANDLER);
                assertThat(error.code()).isEqualTo("IllegalStateException");
                assertThat(error.cause()).isPresent();
            });
            assertThat(net.errors().get(0).text()).contains("posted");
            assertThat(net.errors().get(1).text()).contains("dispatched");
        }
    }

    @Test
    void refusesTasksOnceItHasStopped() {
        IoService io = IoService.builder().threads(1).start();
        Await.get(io.stop());
        assertThat(io.isRunning()).isFalse();
        assertThatThrownBy(() -> io.post(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("stopped");
        assertThatThrownBy(() -> io.dispatch(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void refusesTasksBeyondTheLimitOfItsQueueAndTakesThemAgainLater() throws Exception {
        try (Net net = new Net(Wire.plain(), options -> options.threads(1).inboxLimit(64 << 10))) {
            CountDownLatch held = new CountDownLatch(1);
            net.io().post(() -> awaitLatch(held));
            AtomicInteger ran = new AtomicInteger();
            AtomicInteger taken = new AtomicInteger();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1_000_000; i++) {
                            net.io().post(ran::incrementAndGet);
                            taken.incrementAndGet();
                        }
                    })
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("inboxLimit");
            held.countDown();
            net.settle();
            assertThat(ran).hasValue(taken.get());
            net.io().post(ran::incrementAndGet);
            net.settle();
            assertThat(ran).hasValue(taken.get() + 1);
        }
    }

    // ---- hooks ------------------------------------------------------------------------------------------------------

    @OverWires(OverWires.Kind.PLAIN)
    void callsThreadHooksOnEachThreadAndServiceHooksOnALoop(Wire wire) throws Exception {
        Set<Thread> started = ConcurrentHashMap.newKeySet();
        Set<Thread> ended = ConcurrentHashMap.newKeySet();
        List<String> order = new CopyOnWriteArrayList<>();
        AtomicInteger onLoop = new AtomicInteger();
        BlockingQueue<IoService> service = new LinkedBlockingQueue<>();
        IoService io = wire.service()
                .threads(3)
                .name("hooked")
                .onThreadStart(() -> started.add(Thread.currentThread()))
                .onThreadStop(() -> ended.add(Thread.currentThread()))
                .onStarted(() -> order.add("started"))
                .onStarted(() -> onLoop.addAndGet(Await.next(service).inLoop() ? 1 : 0))
                .onStopped(() -> order.add("stopped"))
                .start();
        service.add(io);
        Await.get(io.stop());
        assertThat(order).containsExactly("started", "stopped");
        assertThat(onLoop).hasValue(1);
        assertThat(started).hasSize(3).isEqualTo(ended);
        assertThat(started).extracting(Thread::getName).containsExactlyInAnyOrder("hooked-1", "hooked-2", "hooked-3");
        assertThat(started).noneMatch(Thread::isAlive);
    }

    @Test
    void aHookThatThrowsIsReportedAndStopsNothing() throws Exception {
        Runnable failing = () -> {
            throw new IllegalStateException("hook");
        };
        try (Net net = new Net(
                Wire.plain(),
                options -> options.threads(1)
                        .onThreadStart(failing)
                        .onStarted(failing)
                        .onStopped(failing)
                        .onThreadStop(failing))) {
            net.settle();
            Await.get(net.io().stop());
            assertThat(net.errors()).hasSize(4);
        }
    }

    // ---- start, stop, restart ---------------------------------------------------------------------------------------

    @OverWires
    void stoppingClosesServersAndClientsInOrder(Wire wire) throws Exception {
        EventLog log = EventLog.quiet();
        EventLog clientLog = EventLog.quiet();
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(options -> options.listen(log));
            TcpClient client = net.client(server, options -> options.listen(clientLog));
            log.await("connect");
            Await.get(net.io().stop());
            assertThat(server.isRunning()).isFalse();
            assertThat(client.isConnected()).isFalse();
            assertThat(log.all()).startsWith("started").endsWith("stopped");
            assertThat(log.all())
                    .filteredOn(event -> event.startsWith("disconnect"))
                    .hasSize(1);
            assertThat(clientLog.all())
                    .filteredOn(event -> event.startsWith("disconnect"))
                    .hasSize(1);
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void stopsWhenAskedOnALoopAndByManyAtOnce(Wire wire) throws Exception {
        for (int round = 0; round < 5; round++) {
            IoService io = wire.service().start();
            io.post(() -> {
                io.close();
                io.stop();
            });
            CompletableFuture<Void> fromHere = io.stop();
            io.close();
            assertThat(fromHere).isCompleted();
        }
    }

    @OverWires
    void stopsWhenAskedByAHandler(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            TcpServer server = net.server(
                    options -> options.onMessage((session, message) -> net.io().close()));
            net.client(server, options -> {}).send("stop");
            Await.until("stopped", () -> !server.isRunning());
            Await.get(net.io().stop());
        }
    }

    @Test
    void startsAndStopsManyTimes() {
        for (int i = 0; i < 50; i++) {
            try (IoService io = IoService.builder().threads(2).start()) {
                assertThat(io.isRunning()).isTrue();
            }
        }
    }

    @OverWires
    void severalServicesOfOneProcessTalkToEachOther(Wire wire) throws Exception {
        try (Net here = new Net(wire);
                Net there = new Net(wire)) {
            TcpServer server = here.server(options -> options.onMessage(Session::send));
            try (Connection connection = there.connection(server, options -> {})) {
                connection.send("hello");
                assertThat(Text.of(connection.receive().orElseThrow())).isEqualTo("hello");
            }
            there.close();
            assertThat(here.peer(server).send("still here").receiveText(10)).isEqualTo("still here");
        }
    }

    @OverWires
    void aRestartBringsServersBackOnTheirPortsAndReconnectingClients(Wire wire) throws Exception {
        AtomicInteger threads = new AtomicInteger();
        EventLog log = EventLog.quiet();
        EventLog clientLog = EventLog.quiet();
        try (Net net = new Net(wire, options -> options.onThreadStart(threads::incrementAndGet))) {
            TcpServer server = net.server(options -> options.listen(log).onMessage(Session::send));
            TcpServer stopped = net.server(options -> {});
            Await.get(stopped.stop(Duration.ZERO));
            int port = server.port();
            TcpClient returning = net.client(
                    server, options -> options.listen(clientLog).reconnect(Backoff.fixed(Duration.ofMillis(10))));
            TcpClient leaving = net.client(server, options -> {});
            Await.get(net.io().restart());
            assertThat(net.io().isRunning()).isTrue();
            assertThat(server.isRunning()).isTrue();
            assertThat(server.port()).isEqualTo(port);
            assertThat(stopped.isRunning()).isFalse();
            Await.until("all new threads have started", () -> threads.get() == 4);
            Await.until("connected again", returning::isConnected);
            assertThat(leaving.isConnected()).isFalse();
            returning.send("again");
            clientLog.await("message again");
            Await.get(leaving.connectAsync());
            assertThat(leaving.isConnected()).isTrue();
        }
        assertThat(log.all()).filteredOn("started"::equals).hasSize(2);
        assertThat(log.all()).filteredOn("stopped"::equals).hasSize(2);
        assertThat(clientLog.all()).filteredOn("connect"::equals).hasSize(2);
    }

    @OverWires
    void restartsWhenAskedByAHandler(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            CompletableFuture<CompletableFuture<Void>> restarting = new CompletableFuture<>();
            TcpServer server = net.server(options -> options.onMessage(
                    (session, message) -> restarting.complete(net.io().restart())));
            TcpClient client = net.client(server, options -> {});
            client.send("restart");
            Await.get(Await.get(restarting));
            assertThat(server.isRunning()).isTrue();
            Await.get(client.connectAsync());
        }
    }

    @Test
    void cannotBeRestartedOnceStopped() {
        IoService io = IoService.start();
        Await.get(io.stop());
        assertThat(Await.failureOf(io.restart())).hasMessageContaining("stopped");
    }

    // ---- waiting ----------------------------------------------------------------------------------------------------

    @Test
    void refusesToSpinOnEveryCoreUnlessForced() {
        int cores = Runtime.getRuntime().availableProcessors();
        try (IoService refused =
                IoService.builder().threads(cores).waiting(Waiting.spin()).start()) {
            assertThat(refused.waiting()).isEqualTo(Waiting.block());
        }
        Waiting forced = Waiting.adaptive(Duration.ofNanos(50_000)).force();
        try (IoService io = IoService.builder().threads(cores).waiting(forced).start()) {
            assertThat(io.waiting()).isEqualTo(forced);
        }
    }

    @OverWires
    void worksWhateverWayItsLoopsWait(Wire wire) throws Exception {
        for (Waiting waiting : List.of(
                Waiting.block(),
                Waiting.adaptive(Duration.ofMillis(1)).force(),
                Waiting.spin().force())) {
            try (Net net = new Net(wire, options -> options.threads(1).waiting(waiting))) {
                TcpServer server = net.server(options -> options.onMessage(Session::send));
                assertThat(net.peer(server).send("test").receiveText(4)).isEqualTo("test");
            }
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void callsTheIdleHookOnlyWhileSpinning(Wire wire) throws Exception {
        AtomicLong calls = new AtomicLong();
        try (Net net = new Net(wire, options -> options.threads(1).onIdle(calls::incrementAndGet))) {
            net.settle();
        }
        assertThat(calls).hasValue(0);
        try (Net net = new Net(
                wire,
                options -> options.threads(1).waiting(Waiting.spin().force()).onIdle(calls::incrementAndGet))) {
            Await.until("idle calls", () -> calls.get() > 100);
        }
    }

    // ---- transport --------------------------------------------------------------------------------------------------

    @Test
    void choosesATransportAndSaysWhy() {
        try (IoService io = IoService.builder().threads(1).start()) {
            assertThat(io.transport()).isNotEqualTo(Transport.AUTO).isIn(Wires.transports());
            assertThat(io.transportReason()).isNotBlank();
        }
        try (IoService io =
                IoService.builder().threads(1).transport(Transport.NIO).start()) {
            assertThat(io.transport()).isEqualTo(Transport.NIO);
            assertThat(io.transportReason()).isEqualTo("chosen");
        }
    }

    @Test
    void usesEpollWhereItsNativeJarIsPresentAndElseSaysWhatIsMissing() {
        try (IoService io = IoService.builder().threads(1).start()) {
            if (Wires.transports().contains(Transport.EPOLL)) {
                assertThat(io.transport()).isEqualTo(Transport.EPOLL);
            } else if (System.getProperty("os.name").contains("Linux")) {
                assertThat(io.transportReason()).startsWith("no epoll: ");
            }
        }
    }

    @Test
    void refusesATransportThatIsNotThere() {
        for (Transport transport : List.of(Transport.EPOLL, Transport.IO_URING, Transport.KQUEUE)) {
            if (!Wires.transports().contains(transport)) {
                assertThatThrownBy(
                                () -> IoService.builder().transport(transport).start())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining(transport + " is not available")
                        .hasMessageContaining("use AUTO");
            }
        }
    }

    // ---- checks -----------------------------------------------------------------------------------------------------

    @Test
    void refusesSettingsOutOfRange() {
        IoService.Builder builder = new IoServiceBuilder();
        assertThatThrownBy(() -> builder.threads(0)).hasMessageContaining("threads: 0 (expected: 1 to 1024)");
        assertThatThrownBy(() -> builder.threads(1025)).hasMessageContaining("1025");
        assertThatThrownBy(() -> builder.inboxLimit(1)).hasMessageContaining("inboxLimit");
        assertThatThrownBy(() -> builder.blockedAfter(Duration.ofMillis(-1))).hasMessageContaining("blockedAfter");
        assertThatThrownBy(() -> Waiting.adaptive(Duration.ofMillis(-1))).hasMessageContaining("spin window");
    }

    // ---- watchdog ---------------------------------------------------------------------------------------------------

    @OverWires
    void reportsABlockedLoopWithTheStackOfItsHandler(Wire wire) throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (Net net = new Net(wire, options -> options.blockedAfter(Duration.ofMillis(50)))) {
            TcpServer server = net.server(options -> options.onMessage((session, message) -> awaitLatch(release)));
            net.peer(server).send("block");
            Await.until("report", () -> !net.errors().isEmpty());
            release.countDown();
            ErrorEvent report = net.errors().get(0);
            assertThat(report.category()).isEqualTo(ErrorEvent.Category.HANDLER);
            assertThat(report.code()).isEqualTo("BLOCKED_LOOP");
            assertThat(report.text()).contains("test-").contains("50 ms").contains("handlers(executor)");
            assertThat(report.cause().orElseThrow().getStackTrace())
                    .anyMatch(frame -> frame.getMethodName().equals("awaitLatch"))
                    .anyMatch(frame -> frame.getClassName().startsWith(IoServiceTest.class.getName()));
            net.settle();
            assertThat(net.errors()).as("told once for each time").hasSize(1);
        }
    }

    @Test
    void theReportOfABlockedLoopMayCloseTheServiceWhichThenEndsWithAllItsThreads() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<IoService> service = new CompletableFuture<>();
        CompletableFuture<Void> closed = new CompletableFuture<>();
        IoService io = IoService.builder()
                .name("closed-by-its-report")
                .blockedAfter(Duration.ofMillis(50))
                .onError(report -> {
                    service.join().close();
                    closed.complete(null);
                })
                .start();
        service.complete(io);
        io.post(() -> awaitLatch(release));
        Await.get(closed);
        release.countDown();
        Await.get(io.stop());
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("closed-by-its-report"));
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
