package dev.tramway.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallsTest {
    private static final int EACH = 1_000;

    @Test
    void addsUpWhatThreadsCount() throws InterruptedException {
        var calls = new Calls();
        var threads = IntStream.range(0, 8)
                .mapToObj(i ->
                        Thread.ofPlatform().start(() -> IntStream.range(0, EACH).forEach(j -> calls.count())))
                .toList();
        for (var thread : threads) {
            thread.join();
        }
        assertThat(calls.sum()).isEqualTo(8 * EACH);
    }
}
