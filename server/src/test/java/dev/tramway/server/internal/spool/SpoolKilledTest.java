package dev.tramway.server.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.server.internal.sink.SinkOptions;
import dev.tramway.server.internal.sink.Sinks;
import dev.tramway.server.internal.sink.Waits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged comes out, in the order of each device, whenever the process is killed. */
class SpoolKilledTest {
    private static final Pattern ID = Pattern.compile("\"id\":\"(d\\d+)-(\\d+)\"");
    private static final long SEED = 20261127;

    @TempDir
    private Path directory;

    private final Random random = new Random(SEED);

    @Test
    void killedThreeTimes() throws IOException {
        killAndCompare(3);
    }

    @Test
    @Tag("long")
    @Timeout(600)
    void killedFortyTimes() throws IOException {
        killAndCompare(40);
    }

    private void killAndCompare(int times) throws IOException {
        Path file = directory.resolve("out").resolve("readings.jsonl");
        Path spool = directory.resolve("spool");
        var acknowledged = new HashMap<String, Long>();
        for (int i = 0; i < times; i++) {
            try (var process = SpoolProcess.start(spool, next(acknowledged), List.of("file,path=" + file))) {
                int patience = random.nextInt(3000);
                for (int line = 0; line < patience; line++) {
                    note(acknowledged, process.next());
                }
                process.kill().forEach(line -> note(acknowledged, line));
            }
        }
        assertThat(acknowledged).hasSize(SpoolProcess.DEVICES);
        var sink = Sinks.create("file", "file", new SinkOptions(Map.of("path", file.toString())));
        try (Spool rest = Spool.open(spool, SpoolLimits.DEFAULT, List.of(sink))) {
            Waits.asserted(() -> assertThat(rest.sinks().getFirst().lag()).isZero());
            assertThat(rest.status().lost()).isZero();
        }
        Map<String, Set<Long>> arrived = arrived(file);
        acknowledged.forEach((device, last) -> {
            List<Long> numbers = new ArrayList<>(arrived.getOrDefault(device, Set.of()));
            assertThat(numbers)
                    .startsWith(LongStream.rangeClosed(0, last).boxed().toArray(Long[]::new));
        });
    }

    /** A device goes on behind what was acknowledged, as a real one would: what is between is sent again. */
    private static List<Long> next(Map<String, Long> acknowledged) {
        return LongStream.range(0, SpoolProcess.DEVICES)
                .mapToObj(device -> acknowledged.getOrDefault("d" + device, -1L) + 1)
                .toList();
    }

    private static void note(Map<String, Long> acknowledged, String line) {
        String[] words = line.split(" ", 2);
        acknowledged.merge(words[0], Long.valueOf(words[1]), Math::max);
    }

    /** Numbers of each device in the order of their first copy; every line is whole. */
    private static Map<String, Set<Long>> arrived(Path file) throws IOException {
        var numbers = new HashMap<String, Set<Long>>();
        for (String line : Files.readAllLines(file)) {
            Matcher id = ID.matcher(line);
            assertThat(line).startsWith("{").endsWith("}");
            assertThat(id.find()).as(line).isTrue();
            numbers.computeIfAbsent(id.group(1), device -> new LinkedHashSet<>())
                    .add(Long.valueOf(id.group(2)));
        }
        return numbers;
    }
}
