package dev.tramway.bench.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.SendResult;
import dev.tramway.bench.program.Multicaster.Pace;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MulticasterTest {
    private static final int MESSAGES = 5_000;

    @ParameterizedTest
    @EnumSource
    void sendsAtEveryPace(Pace pace) throws InterruptedException {
        var left = new CountDownLatch(MESSAGES);
        try (var multicaster = new Multicaster(pace, MESSAGES, 32, message -> {
                    left.countDown();
                    return SendResult.ACCEPTED;
                })
                .start()) {
            assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
            multicaster.stop();
            assertThat(multicaster.sent()).isGreaterThanOrEqualTo(MESSAGES);
            assertThat(multicaster.waits()).isZero();
        }
    }

    @Test
    void waitsForRoomAndLosesNothing() throws InterruptedException {
        var calls = new AtomicInteger();
        var taken = new CountDownLatch(MESSAGES);
        try (var multicaster = new Multicaster(Pace.NONE, 1, 32, message -> {
                    if (calls.incrementAndGet() % 2 == 1) {
                        return SendResult.FULL;
                    }
                    taken.countDown();
                    return SendResult.ACCEPTED;
                })
                .start()) {
            assertThat(taken.await(20, TimeUnit.SECONDS)).isTrue();
            multicaster.stop();
            assertThat(multicaster.waits()).isGreaterThanOrEqualTo(multicaster.sent());
        }
    }
}
