package dev.tramway.server.internal.spool;

import static dev.tramway.server.internal.reading.Readings.ids;
import static dev.tramway.server.internal.reading.Readings.numbered;
import static dev.tramway.server.internal.reading.Readings.row;
import static dev.tramway.server.internal.reading.Readings.valued;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.server.internal.reading.DeviceReading;
import dev.tramway.server.internal.reading.StoreFullException;
import dev.tramway.server.internal.sink.MemorySink;
import dev.tramway.server.internal.sink.Sink;
import dev.tramway.server.internal.sink.SinkStatus;
import dev.tramway.server.internal.sink.Waits;
import dev.tramway.server.internal.spool.SpoolStatus.Health;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final int KIB = 1024;

    @TempDir
    private Path directory;

    private final MemorySink first = new MemorySink("first");
    private final MemorySink second = new MemorySink("second");

    private Spool open(Sink... sinks) {
        return open(SpoolLimits.DEFAULT, sinks);
    }

    private Spool open(SpoolLimits limits, Sink... sinks) {
        try {
            return Spool.open(directory, limits, List.of(sinks));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void store(Spool spool, List<DeviceReading> readings) {
        Waits.get(spool.store(readings));
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> file.toString().endsWith(".mv")).count();
        }
    }

    @Test
    void everySinkGetsEveryReadingAsItWas() {
        List<DeviceReading> readings = List.of(
                valued("a", "1", 42L),
                valued("a", "2", -0.5),
                valued("a", "3", true),
                valued("a", "4", "текст \u2028 \"\n"),
                valued("a", "5", Double.NaN),
                valued("x".repeat(70_000), "6", ""));
        try (Spool spool = open(first, second)) {
            store(spool, readings);
            Waits.asserted(() -> assertThat(first.received()).isEqualTo(readings));
            Waits.asserted(() -> assertThat(second.received()).isEqualTo(readings));
        }
        assertThat(first.closed()).isTrue();
    }

    @Test
    void orderOfEachDeviceIsKeptWhenManyThreadsStore() {
        int devices = 8;
        int each = 500;
        try (Spool spool = open(first)) {
            List<Thread> threads = IntStream.range(0, devices)
                    .mapToObj(device -> Thread.ofVirtual().start(() -> {
                        for (int i = 0; i < each; i++) {
                            spool.store(List.of(numbered("d" + device, i)));
                        }
                    }))
                    .toList();
            Waits.asserted(() -> assertThat(first.received()).hasSize(devices * each));
            assertThat(threads).noneMatch(Thread::isAlive);
        }
        for (int device = 0; device < devices; device++) {
            String name = "d" + device;
            assertThat(first.received().stream()
                            .filter(reading -> reading.device().equals(name)))
                    .containsExactlyElementsOf(row(name, 0, each));
        }
    }

    @Test
    void sinkThatHangsHoldsUpNobody() {
        first.hang();
        try (Spool spool = open(first, second)) {
            for (int i = 0; i < 50; i++) {
                store(spool, row("a", i * 100L, 100));
            }
            Waits.asserted(() -> assertThat(second.received()).isEqualTo(row("a", 0, 5000)));
            assertThat(first.received()).isEmpty();
            SinkStatus hanging = spool.sinks().getFirst();
            assertThat(hanging.lag()).isEqualTo(5000);
            assertThat(hanging.lagTime()).isPositive();
            Waits.asserted(() -> assertThat(spool.sinks().getLast().lag()).isZero());
            assertThat(spool.sinks().getLast().lagTime()).isZero();
            first.release();
            Waits.asserted(() -> assertThat(first.received()).isEqualTo(row("a", 0, 5000)));
        }
    }

    @Test
    void sinkThatFailsIsTriedUntilItWorks() {
        first.fail(true);
        try (Spool spool = open(first)) {
            store(spool, row("a", 0, 10));
            Waits.asserted(() -> assertThat(spool.sinks().getFirst().retried()).isPositive());
            assertThat(spool.sinks().getFirst().healthy()).isFalse();
            assertThat(spool.sinks().getFirst().trouble()).contains("told to fail");
            first.fail(false);
            Waits.asserted(() -> assertThat(first.received()).isEqualTo(row("a", 0, 10)));
            Waits.asserted(() -> assertThat(spool.sinks().getFirst().healthy()).isTrue());
        }
    }

    @Test
    void refusedReadingGoesToAFileAndItsNeighboursGetThrough() throws IOException {
        first.refuse("a-7");
        try (Spool spool = open(first)) {
            store(spool, row("a", 0, 20));
            Waits.asserted(
                    () -> assertThat(spool.sinks().getFirst().delivered()).isEqualTo(19));
            Waits.asserted(() -> assertThat(spool.sinks().getFirst().refused()).isEqualTo(1));
        }
        assertThat(ids(first.received())).hasSize(19).doesNotContain("a-7");
        assertThat(Files.readString(directory.resolve("refused.jsonl")))
                .contains("\"sink\":\"first\"", "told to refuse a-7", "\"id\":\"a-7\"")
                .hasLineCount(1);
    }

    @Test
    void whatWasNotDeliveredIsDeliveredAfterTheNextStart() {
        first.fail(true);
        try (Spool spool = open(first, second)) {
            store(spool, row("a", 0, 1000));
            Waits.asserted(() -> assertThat(second.received()).hasSize(1000));
        }
        var firstAgain = new MemorySink("first");
        var secondAgain = new MemorySink("second");
        try (Spool spool = open(firstAgain, secondAgain)) {
            store(spool, row("a", 1000, 10));
            Waits.asserted(() -> assertThat(firstAgain.received()).isEqualTo(row("a", 0, 1010)));
            Waits.asserted(() -> assertThat(secondAgain.received()).isEqualTo(row("a", 1000, 10)));
        }
    }

    @Test
    void filesAreDeletedWhenEverySinkHasThem() throws IOException {
        first.hang();
        var limits = new SpoolLimits(KIB * KIB, 10_000);
        try (Spool spool = open(limits, first, second)) {
            for (int i = 0; i < 6; i++) {
                store(spool, row("a", i * 500L, 500));
            }
            assertThat(files()).isGreaterThan(2);
            first.release();
            Waits.asserted(() -> assertThat(files()).isLessThanOrEqualTo(1));
        }
    }

    @Test
    void limitRefusesReadingsUntilASinkHasTakenSome() {
        first.hang();
        try (Spool spool = open(new SpoolLimits(KIB * KIB, 10_000), first)) {
            long kept = 0;
            CompletableFuture<Void> last = spool.store(row("a", 0, 500));
            while (!failed(last)) {
                kept += 500;
                last = spool.store(row("a", kept, 500));
            }
            assertThatThrownBy(last::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(StoreFullException.class)
                    .hasMessageContaining("limit of 1048576 bytes");
            assertThat(spool.status().health()).isEqualTo(Health.FULL);
            assertThat(spool.status().refused()).isEqualTo(500);
            first.release();
            Waits.asserted(() -> assertThat(spool.status().health()).isEqualTo(Health.OK));
            store(spool, row("a", kept, 500));
            long all = kept + 500;
            Waits.asserted(() -> assertThat(first.received()).hasSize((int) all));
            assertThat(first.received()).isEqualTo(row("a", 0, (int) all));
        }
    }

    private static boolean failed(CompletableFuture<Void> future) {
        return future.handle((done, failure) -> failure != null)
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void moreThanMayWaitForTheDiskIsRefusedAtOnce() {
        try (Spool spool = open(new SpoolLimits(KIB * KIB, 100), first)) {
            assertThat(spool.store(row("a", 0, 101))).isCompletedExceptionally();
            store(spool, row("a", 0, 100));
        }
    }

    @Test
    void nothingIsTakenAfterTheEndAndWhatWasTakenIsStored() {
        first.hang();
        var stored = new ArrayList<CompletableFuture<Void>>();
        Spool spool = open(first);
        for (int i = 0; i < 100; i++) {
            stored.add(spool.store(row("a", i * 10L, 10)));
        }
        spool.close();
        stored.forEach(Waits::get);
        assertThatThrownBy(() -> spool.store(row("a", 0, 1)).join()).hasMessageContaining("closed");
        var again = new MemorySink("first");
        try (Spool next = open(again)) {
            Waits.asserted(() -> assertThat(again.received()).isEqualTo(row("a", 0, 1000)));
            assertThat(next.status().lost()).isZero();
        }
    }

    @Test
    void withoutSinksNothingIsKept() throws IOException {
        try (Spool spool = open(new SpoolLimits(KIB * KIB, 100_000))) {
            for (int i = 0; i < 30; i++) {
                store(spool, row("a", i * 1000L, 1000));
            }
            assertThat(spool.sinks()).isEmpty();
            assertThat(spool.status().waiting()).isZero();
        }
        assertThat(files()).isZero();
    }

    @Test
    void secondProcessIsKeptOut() {
        // Another spool over the same directory, in whatever process, would write the same numbers.
        try (Spool spool = open(first)) {
            store(spool, row("a", 0, 1));
            assertThatThrownBy(() -> Spool.open(directory, SpoolLimits.DEFAULT, List.of(second)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use");
        }
        open(second).close();
    }

    @Test
    void limitsHaveRanges() {
        assertThatThrownBy(() -> new SpoolLimits(1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
