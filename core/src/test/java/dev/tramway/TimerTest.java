package dev.tramway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.Timer.Outcome;
import dev.tramway.testing.Await;
import dev.tramway.testing.Net;
import dev.tramway.testing.NoLeaks;
import dev.tramway.testing.OverWires;
import dev.tramway.testing.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Timers, in real time where that is the point, else in virtual time. */
@ExtendWith(NoLeaks.class)
class TimerTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** The scenario of the founding servers, whose timer tells expired, expired, canceled. */
    @OverWires(OverWires.Kind.PLAIN)
    void expiresForOneWhoBlocksThenForOneWhoDoesNotThenIsCanceled(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            Timer timer = net.io().timer();
            Duration span = Duration.ofMillis(20);
            List<Outcome> outcomes = new ArrayList<>();
            outcomes.add(timer.at(Instant.now().plus(span)).await());
            outcomes.add(Await.get(timer.after(span).awaitAsync()));
            CompletableFuture<Outcome> canceled =
                    timer.after(Duration.ofHours(1)).awaitAsync();
            assertThat(timer.cancel()).isEqualTo(1);
            outcomes.add(Await.get(canceled));
            assertThat(outcomes).containsExactly(Outcome.EXPIRED, Outcome.EXPIRED, Outcome.CANCELED);
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void expiresAtItsTimeAndNotBefore(Wire wire) throws Exception {
        try (Net net = Net.withManualClock(wire)) {
            Timer timer = net.io().timer().after(SECOND.multipliedBy(10));
            CompletableFuture<Outcome> wait = timer.awaitAsync();
            assertThat(timer.remaining()).isEqualTo(SECOND.multipliedBy(10));
            net.advance(SECOND.multipliedBy(10).minusNanos(1));
            assertThat(wait).isNotDone();
            assertThat(timer.remaining()).isEqualTo(Duration.ofNanos(1));
            net.advance(Duration.ofNanos(1));
            assertThat(Await.get(wait)).isEqualTo(Outcome.EXPIRED);
            net.advance(SECOND);
            assertThat(timer.remaining()).isEqualTo(SECOND.negated());
        }
    }

    @Test
    void anAbsoluteTimeIsCountedFromTheSystemClockOnce() throws Exception {
        try (Net net = Net.withManualClock(Wire.plain())) {
            Timer timer = net.io().timer().at(Instant.now().plus(Duration.ofHours(1)));
            assertThat(timer.remaining()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
            CompletableFuture<Outcome> wait = timer.awaitAsync();
            net.advance(Duration.ofHours(1));
            assertThat(Await.get(wait)).isEqualTo(Outcome.EXPIRED);
        }
    }

    @Test
    void aTimeInThePastHasExpiredAlready() throws Exception {
        try (Net net = new Net(Wire.plain())) {
            Instant past = Instant.now().minus(Duration.ofDays(1));
            assertThat(net.io().timer().at(past).await()).isEqualTo(Outcome.EXPIRED);
            assertThat(net.io().timer().after(Duration.ZERO).await()).isEqualTo(Outcome.EXPIRED);
            assertThat(net.io().timer().after(SECOND.negated()).await()).isEqualTo(Outcome.EXPIRED);
        }
    }

    @Test
    void whoWaitsAfterTheEndIsToldAtOnce() throws Exception {
        try (Net net = new Net(Wire.plain())) {
            Timer timer = net.io().timer().after(Duration.ZERO);
            assertThat(timer.await()).isEqualTo(Outcome.EXPIRED);
            assertThat(timer.await()).isEqualTo(Outcome.EXPIRED);
            assertThat(Await.get(timer.awaitAsync())).isEqualTo(Outcome.EXPIRED);
        }
    }

    @Test
    void allWhoWaitAreTold() throws Exception {
        try (Net net = Net.withManualClock(Wire.plain())) {
            Timer timer = net.io().timer().after(SECOND);
            List<CompletableFuture<Outcome>> waits =
                    Stream.generate(timer::awaitAsync).limit(100).toList();
            CompletableFuture<Outcome> blocked = CompletableFuture.supplyAsync(() -> await(timer));
            net.advance(SECOND);
            assertThat(waits).allSatisfy(wait -> assertThat(Await.get(wait)).isEqualTo(Outcome.EXPIRED));
            assertThat(Await.get(blocked)).isEqualTo(Outcome.EXPIRED);
        }
    }

    @Test
    void waitsEndOnALoop() throws Exception {
        try (Net net = Net.withManualClock(Wire.plain())) {
            Timer timer = net.io().timer().after(SECOND);
            CompletableFuture<Boolean> expiredOnLoop =
                    timer.awaitAsync().thenApply(outcome -> net.io().inLoop());
            net.advance(SECOND);
            assertThat(Await.get(expiredOnLoop)).isTrue();
            timer.after(SECOND);
            CompletableFuture<Boolean> canceledOnLoop =
                    timer.awaitAsync().thenApply(outcome -> net.io().inLoop());
            timer.cancel();
            assertThat(Await.get(canceledOnLoop)).isTrue();
        }
    }

    @Test
    void cancelingTellsAllWhoWaitAndCountsThem() throws Exception {
        try (Net net = Net.withManualClock(Wire.plain())) {
            Timer timer = net.io().timer().after(SECOND);
            List<CompletableFuture<Outcome>> waits =
                    Stream.generate(timer::awaitAsync).limit(3).toList();
            assertThat(timer.cancel()).isEqualTo(3);
            assertThat(timer.cancel()).isZero();
            assertThat(waits).allSatisfy(wait -> assertThat(Await.get(wait)).isEqualTo(Outcome.CANCELED));
            net.advance(SECOND.multipliedBy(2));
            assertThat(waits).allSatisfy(wait -> assertThat(Await.get(wait)).isEqualTo(Outcome.CANCELED));
        }
    }

    @Test
    void aWaitThatWasToldExpiredIsNotToldCanceled() throws Exception {
        try (Net net = Net.withManualClock(Wire.plain())) {
            Timer timer = net.io().timer().after(SECOND);
            CompletableFuture<Outcome> wait = timer.awaitAsync();
            net.advance(SECOND);
            assertThat(timer.cancel()).isZero();
            assertThat(Await.get(wait)).isEqualTo(Outcome.EXPIRED);
        }
    }

    @Test
    void settingAnewCancelsWhoWaitedForTheEarlierSetting() throws Exception {
        try (Net net = Net.withManualClock(Wire.plain())) {
            Timer timer = net.io().timer().after(SECOND);
            CompletableFuture<Outcome> first = timer.awaitAsync();
            timer.after(SECOND.multipliedBy(3));
            CompletableFuture<Outcome> second = timer.awaitAsync();
            assertThat(Await.get(first)).isEqualTo(Outcome.CANCELED);
            net.advance(SECOND.multipliedBy(2));
            assertThat(second).isNotDone();
            net.advance(SECOND);
            assertThat(Await.get(second)).isEqualTo(Outcome.EXPIRED);
        }
    }

    @Test
    void canBeSetAnewByOneWhoWasJustTold() throws Exception {
        try (Net net = Net.withManualClock(Wire.plain())) {
            Timer timer = net.io().timer().after(SECOND);
            CompletableFuture<Outcome> again = timer.awaitAsync()
                    .thenCompose(outcome -> timer.after(SECOND).awaitAsync());
            net.advance(SECOND);
            assertThat(again).isNotDone();
            net.advance(SECOND);
            assertThat(Await.get(again)).isEqualTo(Outcome.EXPIRED);
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void cancelRacingWithTheEndTellsEachWaitOnceAndAgreesWithTheCount(Wire wire) throws Exception {
        try (Net net = new Net(wire)) {
            for (int round = 0; round < 300; round++) {
                Timer timer = net.io().timer().after(Duration.ofNanos(1_000L * (round % 50)));
                AtomicInteger expired = new AtomicInteger();
                AtomicInteger canceled = new AtomicInteger();
                CompletableFuture<Void> told = timer.awaitAsync()
                        .thenAccept(outcome -> (outcome == Outcome.EXPIRED ? expired : canceled).incrementAndGet());
                int counted = timer.cancel();
                Await.get(told);
                assertThat(canceled).hasValue(counted);
                assertThat(expired).hasValue(1 - counted);
            }
        }
    }

    @Test
    void runsATaskOnceUnlessCanceled() throws Exception {
        try (Net net = Net.withManualClock(Wire.plain())) {
            List<String> ran = new CopyOnWriteArrayList<>();
            net.io().after(SECOND, () -> ran.add(net.io().inLoop() ? "on loop" : "elsewhere"));
            net.io().after(SECOND, () -> ran.add("canceled")).cancel();
            net.advance(SECOND);
            net.advance(SECOND);
            assertThat(ran).containsExactly("on loop");
        }
    }

    @Test
    void runsATaskAgainAndAgainAtFixedTimes() throws Exception {
        try (Net net = Net.withManualClock(Wire.plain())) {
            AtomicInteger runs = new AtomicInteger();
            Timer timer = net.io().every(SECOND, runs::incrementAndGet);
            net.advance(SECOND.minusNanos(1));
            assertThat(runs).hasValue(0);
            for (int i = 1; i <= 5; i++) {
                net.advance(i == 1 ? Duration.ofNanos(1) : SECOND);
                assertThat(runs).hasValue(i);
            }
            // Late by two and a half periods: one run, then on with the beat.
            net.advance(Duration.ofMillis(3_500));
            assertThat(runs).hasValue(6);
            net.advance(Duration.ofMillis(500));
            assertThat(runs).hasValue(7);
            timer.cancel();
            net.advance(SECOND.multipliedBy(5));
            assertThat(runs).hasValue(7);
        }
    }

    @Test
    void aTaskThatThrowsIsReportedAndRunsAgain() throws Exception {
        try (Net net = Net.withManualClock(Wire.plain())) {
            net.io().every(SECOND, () -> {
                throw new IllegalStateException("periodic");
            });
            net.io().after(SECOND, () -> {
                throw new IllegalStateException("once");
            });
            net.advance(SECOND);
            net.advance(SECOND);
            assertThat(net.errors())
                    .extracting(error -> error.cause().orElseThrow().getMessage())
                    .containsExactlyInAnyOrder("periodic", "once", "periodic");
        }
    }

    @Test
    void aPeriodicTaskMayCancelItself() throws Exception {
        try (Net net = Net.withManualClock(Wire.plain())) {
            AtomicInteger runs = new AtomicInteger();
            CompletableFuture<Timer> self = new CompletableFuture<>();
            self.complete(net.io().every(SECOND, () -> {
                runs.incrementAndGet();
                self.join().cancel();
            }));
            net.advance(SECOND);
            net.advance(SECOND);
            assertThat(runs).hasValue(1);
        }
    }

    @OverWires(OverWires.Kind.PLAIN)
    void aStopCancelsAllThatIsPending(Wire wire) throws Exception {
        Net net = new Net(wire);
        AtomicInteger ran = new AtomicInteger();
        Timer timer = net.io().timer().after(Duration.ofHours(1));
        List<CompletableFuture<Outcome>> waits =
                Stream.generate(timer::awaitAsync).limit(10).toList();
        CompletableFuture<Outcome> blocked = CompletableFuture.supplyAsync(() -> await(timer));
        net.io().after(Duration.ofHours(1), ran::incrementAndGet);
        net.io().every(Duration.ofHours(1), ran::incrementAndGet);
        net.close();
        assertThat(waits).allSatisfy(wait -> assertThat(Await.get(wait)).isEqualTo(Outcome.CANCELED));
        assertThat(Await.get(blocked)).isEqualTo(Outcome.CANCELED);
        assertThat(ran).hasValue(0);
    }

    @Test
    void whoWaitsOnAStoppedServiceIsToldCanceled() throws Exception {
        IoService io = IoService.builder().threads(1).start();
        Timer timer = io.timer().after(Duration.ofHours(1));
        Await.get(io.stop());
        assertThat(Await.get(io.timer().after(Duration.ofHours(1)).awaitAsync()))
                .isEqualTo(Outcome.CANCELED);
        assertThat(Await.get(timer.after(Duration.ofHours(1)).awaitAsync())).isEqualTo(Outcome.CANCELED);
    }

    @Test
    void refusesToWaitWithoutATimeOrOnALoop() throws Exception {
        try (Net net = new Net(Wire.plain())) {
            Timer timer = net.io().timer();
            assertThatThrownBy(timer::await)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("after or at");
            assertThat(Await.failureOf(timer.awaitAsync())).isInstanceOf(IllegalStateException.class);
            CompletableFuture<Throwable> onLoop = new CompletableFuture<>();
            net.io().post(() -> {
                try {
                    timer.after(Duration.ZERO).await();
                } catch (IllegalStateException | InterruptedException e) {
                    onLoop.complete(e);
                }
            });
            assertThat(Await.get(onLoop)).hasMessageContaining("event loop");
            assertThatThrownBy(() -> net.io().every(Duration.ZERO, () -> {})).hasMessageContaining("period");
        }
    }

    @Test
    void keepsManyTimersInTheOrderOfTheirTimes() throws Exception {
        try (Net net = Net.withManualClock(Wire.plain())) {
            List<Integer> order = new CopyOnWriteArrayList<>();
            CompletableFuture<Void> armed = new CompletableFuture<>();
            // On one loop, so that one order is promised.
            net.io().post(() -> {
                for (int i = 0; i < 1_000; i++) {
                    int place = i * 7_919 % 1_000;
                    net.io().after(Duration.ofMillis(place + 1L), () -> order.add(place));
                }
                armed.complete(null);
            });
            Await.get(armed);
            net.advance(SECOND);
            assertThat(order).hasSize(1_000).isSorted();
        }
    }

    private static Outcome await(Timer timer) {
        try {
            return timer.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
