package dev.tramway.bench.micro;

import dev.tramway.IoService;
import dev.tramway.Timer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Timers, set and cancelled on the loop, which is how timeouts live, and hand-over to the loop. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TimerBenchmark {
    private static final int TIMERS = 1_000;
    private static final Duration LATER = Duration.ofMinutes(1);

    private final IoService io = IoService.builder().threads(1).start();

    /** Stops the loop. */
    @TearDown
    public void stop() {
        io.close();
    }

    /** Sets a timer and cancels it. */
    @Benchmark
    @OperationsPerInvocation(TIMERS)
    public void setAndCancel() throws InterruptedException {
        onLoop(() -> {
            var timers = new Timer[TIMERS];
            for (int i = 0; i < TIMERS; i++) {
                timers[i] = io.after(LATER, () -> {});
            }
            for (var timer : timers) {
                timer.cancel();
            }
        });
    }

    /** Posts a task and waits for it. */
    @Benchmark
    public void handOver() throws InterruptedException {
        onLoop(() -> {});
    }

    private void onLoop(Runnable work) throws InterruptedException {
        var done = new CountDownLatch(1);
        io.post(() -> {
            work.run();
            done.countDown();
        });
        done.await();
    }
}
