package dev.tramway.bench.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class FlowTest {
    private final AtomicInteger sends = new AtomicInteger();
    private final Flow.Link link = message -> sends.incrementAndGet();

    @Test
    void aWindowIsRefilledByWholeMessagesOnly() {
        var flow = new Windowed(10, 3);
        flow.ready(link);
        assertThat(sends).hasValue(3);
        flow.received(link, ByteBuffer.allocate(9));
        assertThat(sends).hasValue(3);
        flow.received(link, ByteBuffer.allocate(12)); // 21 bytes: two messages and a piece
        assertThat(sends).hasValue(5);
        assertThat(flow.messages()).isEqualTo(2);
        assertThat(flow.bytes()).isEqualTo(21);
        assertThat(flow.done()).isFalse();
    }

    @Test
    void writesFollowWritesUntilTheTotalIsSent() {
        var flow = new WriteDriven(10, 2);
        flow.ready(link);
        flow.written(link);
        flow.written(link);
        assertThat(sends).hasValue(2);
        flow.received(link, ByteBuffer.allocate(19));
        assertThat(flow.done()).isFalse();
        flow.received(link, ByteBuffer.allocate(1));
        assertThat(flow.done()).isTrue();
    }

    @Test
    void pingPongHasOneInFlightAndATimeForEach() {
        var times = new Histogram(3);
        var flow = new PingPong(10, 2, times);
        flow.ready(link);
        assertThat(sends).hasValue(1);
        flow.received(link, ByteBuffer.allocate(10));
        assertThat(sends).hasValue(2);
        flow.received(link, ByteBuffer.allocate(10));
        assertThat(sends).hasValue(2);
        assertThat(flow.done()).isTrue();
        assertThat(times.getTotalCount()).isEqualTo(2);
    }

    @Test
    void aClientWithoutAShareIsDone() {
        var flow = new PingPong(10, 0, new Histogram(3));
        flow.ready(link);
        assertThat(sends).hasValue(0);
        assertThat(flow.done()).isTrue();
    }
}
