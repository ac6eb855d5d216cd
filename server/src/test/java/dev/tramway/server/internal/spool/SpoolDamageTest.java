package dev.tramway.server.internal.spool;

import static dev.tramway.server.internal.reading.Readings.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.server.internal.reading.DeviceReading;
import dev.tramway.server.internal.sink.MemorySink;
import dev.tramway.server.internal.sink.Waits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that something else has damaged: what is sound comes out, what is not is counted, and new readings get through. */
class SpoolDamageTest {
    private static final int ALL = 2000;
    private static final Random RANDOM = new Random(20261127);

    @TempDir
    private Path directory;

    /** Leaves readings in blocks of ten in several files. */
    @BeforeEach
    void fill() throws IOException {
        var sink = new MemorySink("sink");
        sink.fail(true);
        try (Spool spool = Spool.open(directory, new SpoolLimits(2 << 20, ALL), List.of(sink))) {
            for (int i = 0; i < ALL; i += 10) {
                Waits.get(spool.store(row("a", i, 10)));
            }
        }
        assertThat(files()).hasSizeGreaterThan(2);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> file.toString().endsWith(".mv")).sorted().toList();
        }
    }

    /** Opens what is there, stores ten more, and compares. */
    private List<DeviceReading> survivors() throws IOException {
        var sink = new MemorySink("sink");
        try (Spool spool = Spool.open(directory, SpoolLimits.DEFAULT, List.of(sink))) {
            Waits.get(spool.store(row("b", 0, 10)));
            Waits.asserted(() -> assertThat(spool.sinks().getFirst().lag()).isZero());
            List<DeviceReading> received = sink.received();
            List<DeviceReading> old = received.subList(0, received.size() - 10);
            assertThat(received).endsWith(row("b", 0, 10).toArray(DeviceReading[]::new));
            assertThat(row("a", 0, ALL)).containsSubsequence(old);
            assertThat(new HashSet<>(old)).hasSameSizeAs(old);
            assertThat(old.size() + spool.status().lost()).isGreaterThanOrEqualTo(ALL);
            return old;
        }
    }

    @RepeatedTest(4)
    void bytesSomewhereInAFile() throws IOException {
        Path file = files().get(1);
        byte[] bytes = Files.readAllBytes(file);
        int at = RANDOM.nextInt(bytes.length - 512);
        for (int i = 0; i < 512; i++) {
            bytes[at + i] ^= 0x5a;
        }
        Files.write(file, bytes);
        assertThat(survivors()).hasSizeGreaterThan(ALL / 2);
    }

    @Test
    void wholeFileIsRubbish() throws IOException {
        Path file = files().get(1);
        Files.write(file, new byte[(int) Files.size(file)]);
        assertThat(survivors()).hasSizeGreaterThan(ALL / 2);
        assertThat(file.resolveSibling(file.getFileName() + ".damaged")).exists();
    }

    @Test
    void lastFileIsCutOff() throws IOException {
        Path file = files().getLast();
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        var sink = new MemorySink("sink");
        try (Spool spool = Spool.open(directory, SpoolLimits.DEFAULT, List.of(sink))) {
            Waits.get(spool.store(row("b", 0, 10)));
            Waits.asserted(
                    () -> assertThat(sink.received()).endsWith(row("b", 0, 10).toArray(DeviceReading[]::new)));
            assertThat(row("a", 0, ALL))
                    .containsSubsequence(
                            sink.received().subList(0, sink.received().size() - 10));
            assertThat(sink.received()).hasSizeGreaterThan(ALL / 2);
        }
    }

    @Test
    void placesOfTheSinksAreRubbish() throws IOException {
        Files.writeString(directory.resolve("cursors.properties"), "sink=\\u12");
        assertThat(survivors()).hasSize(ALL);
    }
}
