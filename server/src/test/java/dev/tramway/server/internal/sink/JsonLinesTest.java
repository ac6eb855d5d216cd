package dev.tramway.server.internal.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.server.internal.sink.JsonLines.Rotation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTest {
    private static final Duration YEAR = Duration.ofDays(365);

    @TempDir
    private Path directory;

    private final SetClock clock = new SetClock();

    /** Stands still until it is told otherwise. */
    private static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-11-27T00:15:00.250Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private Path file() {
        return directory.resolve("log").resolve("out.jsonl");
    }

    private JsonLines lines(Rotation rotation) {
        return new JsonLines(file(), rotation, true, clock);
    }

    private static void write(JsonLines lines, String text) throws IOException {
        lines.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(directory.resolve("log"))) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void linesAreAppendedAcrossStarts() throws IOException {
        for (String line : List.of("1\n", "2\n3\n")) {
            try (JsonLines lines = lines(Rotation.DEFAULT)) {
                write(lines, line);
            }
        }
        assertThat(file()).hasContent("1\n2\n3\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"whole\n{\"id\":\"to", "whole\n", "torn", ""})
    void lineThatACrashHasTornIsTakenAway(String left) throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), left);
        try (JsonLines lines = lines(Rotation.DEFAULT)) {
            write(lines, "next\n");
        }
        assertThat(file()).hasContent(left.startsWith("whole") ? "whole\nnext\n" : "next\n");
    }

    @Test
    void veryLongTornLineIsTakenAwayToo() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "whole\n" + "x".repeat(100_000));
        try (JsonLines lines = lines(Rotation.DEFAULT)) {
            write(lines, "next\n");
        }
        assertThat(file()).hasContent("whole\nnext\n");
    }

    @Test
    void fileThatWouldGetTooLargeIsPutAsideAndTheOldestIsDeleted() throws IOException {
        try (JsonLines lines = lines(new Rotation(10, YEAR, 2))) {
            for (int i = 0; i < 5; i++) {
                write(lines, i + "234567\n");
            }
        }
        assertThat(names())
                .containsExactly("out-20261127T001500.252Z.jsonl", "out-20261127T001500.253Z.jsonl", "out.jsonl");
        assertThat(file()).hasContent("4234567\n");
        assertThat(file().resolveSibling("out-20261127T001500.252Z.jsonl")).hasContent("2234567\n");
    }

    @Test
    void oldFileIsPutAside() throws IOException {
        try (JsonLines lines = lines(new Rotation(1000, Duration.ofHours(1), 5))) {
            write(lines, "1\n");
            clock.now = clock.now.plusSeconds(3599);
            write(lines, "2\n");
            clock.now = clock.now.plusSeconds(1);
            write(lines, "3\n");
        }
        assertThat(names()).containsExactly("out-20261127T011500.250Z.jsonl", "out.jsonl");
        assertThat(file()).hasContent("3\n");
    }

    @Test
    void newestIsKeptThoughTheClockGoesBack() throws IOException {
        try (JsonLines lines = lines(new Rotation(1, YEAR, 1))) {
            write(lines, "1\n");
            write(lines, "2\n");
            clock.now = clock.now.minusSeconds(86_400);
            write(lines, "3\n");
        }
        assertThat(names()).containsExactly("out-20261127T001500.251Z.jsonl", "out.jsonl");
        assertThat(file().resolveSibling("out-20261127T001500.251Z.jsonl")).hasContent("2\n");
    }

    @Test
    void filesOfOthersAreLeftAlone() throws IOException {
        Files.createDirectories(file().getParent());
        Path other = Files.writeString(file().resolveSibling("out-of-order.jsonl"), "");
        Path sibling = Files.writeString(file().resolveSibling("out-two-20201127T011500.250Z.jsonl"), "");
        try (JsonLines lines = lines(new Rotation(1, YEAR, 0))) {
            write(lines, "1\n");
            write(lines, "2\n");
        }
        assertThat(other).exists();
        assertThat(sibling).exists();
        assertThat(names()).hasSize(3);
    }

    @Test
    void directoryThatCannotBeIsAnErrorUntilItCan() throws IOException {
        Path inTheWay = Files.writeString(directory.resolve("log"), "");
        try (JsonLines lines = lines(Rotation.DEFAULT)) {
            assertThatThrownBy(() -> write(lines, "1\n")).isInstanceOf(IOException.class);
            Files.delete(inTheWay);
            write(lines, "2\n");
        }
        assertThat(file()).hasContent("2\n");
    }
}
