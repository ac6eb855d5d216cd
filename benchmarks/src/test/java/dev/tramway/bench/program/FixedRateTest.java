package dev.tramway.bench.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class FixedRateTest {
    private final Histogram times = new Histogram(TimeUnit.HOURS.toNanos(1), 3);

    @Test
    void messagesAreDueInTurnsOverTheClients() {
        var second = new FixedRate.Schedule(1_000, 1, 4); // every 4 ms, from 1 ms on
        assertThat(LongStream.range(0, 3).map(second::due)).containsExactly(1_000_000L, 5_000_000L, 9_000_000L);
        assertThat(LongStream.of(0, 999_999, 1_000_001, 4_999_999, 5_000_001).map(second::dueBy))
                .containsExactly(0L, 0L, 1L, 1L, 2L);
    }

    @Test
    void datagramsCarryTheirNumbersSoThatALostOneDoesNotShiftTheTimes() {
        var flow = new FixedRate(8, new FixedRate.Schedule(1e9, 0, 1), true, times);
        var numbers = new ArrayList<Long>();
        flow.sendDue(message -> numbers.add(message.getLong(0)));
        while (numbers.size() < 3) {
            flow.sendDue(message -> numbers.add(message.getLong(0)));
        }
        assertThat(numbers.subList(0, 3)).containsExactly(0L, 1L, 2L);
        flow.received(message -> {}, ByteBuffer.allocate(8).putLong(0, 2)); // 0 and 1 are lost
        assertThat(times.getTotalCount()).isEqualTo(1);
        assertThat(flow.messages()).isEqualTo(1);
    }
}
