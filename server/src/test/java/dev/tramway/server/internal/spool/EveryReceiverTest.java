package dev.tramway.server.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.server.internal.sink.Mosquitto;
import dev.tramway.server.internal.sink.Postgres;
import dev.tramway.server.internal.sink.Posts;
import dev.tramway.server.internal.sink.Sink;
import dev.tramway.server.internal.sink.Waits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker, a database, a webhook, a receiver of line protocol and a file get every reading exactly once, copies left out, while the broker
 * goes and comes back, the database is killed, and so is the process with the spool.
 */
@EnabledOnOs(OS.LINUX)
class EveryReceiverTest {
    private static final Pattern ID = Pattern.compile("id\"?[:=]\"(d\\d+)-(\\d+)\"");
    private static final int MANY = 400;

    @TempDir
    private Path directory;

    private final Map<String, Long> acknowledged = new HashMap<>();

    @Test
    @Timeout(180)
    void nothingIsLostAndNothingIsMadeUp() throws IOException, InterruptedException {
        Path file = directory.resolve("readings.jsonl");
        try (Mosquitto broker = Mosquitto.start(Files.createDirectory(directory.resolve("broker")));
                Mosquitto.Listener listener = broker.listen("plant/#");
                Postgres database = Postgres.create();
                Posts hook = Posts.start();
                Posts influx = Posts.start()) {
            List<String> sinks = List.of(
                    "file,path=" + file,
                    "mqtt,topic=plant/{device},url=tcp://localhost:" + broker.port(),
                    "postgresql,url=" + database.url(),
                    "webhook,batch=50,url=" + hook.url("/hook"),
                    "influxdb,url=" + influx.url("/write"));
            runAndKill(sinks, () -> {});
            runAndKill(sinks, () -> {
                broker.stop();
                database.kill();
            });
            broker.startAgain();
            database.startAgain();
            drain(sinks);

            assertComplete(numbers(Files.readAllLines(file)));
            assertComplete(numbers(hook.taken()));
            assertComplete(numbers(influx.taken()));
            assertComplete(numbers(database.query("select 'id=\"' || id || '\"' from readings order by name, number")));
            assertThat(database.query("select count(*) - count(distinct id) from readings"))
                    .containsExactly("0");
            Waits.asserted(() -> assertComplete(numbers(listener.texts())));
        }
    }

    private interface Disaster {
        void strike() throws IOException, InterruptedException;
    }

    /** Lets devices store readings, lets something happen meanwhile, and kills the process. */
    private void runAndKill(List<String> sinks, Disaster disaster) throws IOException, InterruptedException {
        List<Long> from = LongStream.range(0, SpoolProcess.DEVICES)
                .mapToObj(device -> acknowledged.getOrDefault("d" + device, -1L) + 1)
                .toList();
        try (var process = SpoolProcess.start(directory.resolve("spool"), from, sinks)) {
            note(process, MANY);
            disaster.strike();
            note(process, MANY);
            process.kill().forEach(this::note);
        }
    }

    private void note(SpoolProcess process, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            note(process.next());
        }
    }

    private void note(String line) {
        String[] words = line.split(" ", 2);
        acknowledged.merge(words[0], Long.valueOf(words[1]), Math::max);
    }

    /** Opens what is left, with everybody there, until they have it. */
    private void drain(List<String> texts) throws IOException {
        List<Sink> sinks = texts.stream().map(SpoolProcess::sink).toList();
        try (Spool spool = Spool.open(directory.resolve("spool"), SpoolLimits.DEFAULT, sinks)) {
            Waits.asserted(() -> assertThat(spool.sinks()).allMatch(sink -> sink.lag() == 0));
            assertThat(spool.sinks()).allMatch(sink -> sink.refused() == 0);
            assertThat(spool.status().lost()).isZero();
        }
    }

    /** Numbers of each device in the order of their first copy. */
    private static Map<String, List<Long>> numbers(List<String> texts) {
        var numbers = new HashMap<String, Set<Long>>();
        for (String text : texts) {
            Matcher id = ID.matcher(text);
            while (id.find()) {
                numbers.computeIfAbsent(id.group(1), device -> new LinkedHashSet<>())
                        .add(Long.valueOf(id.group(2)));
            }
        }
        var lists = new HashMap<String, List<Long>>();
        numbers.forEach((device, found) -> lists.put(device, new ArrayList<>(found)));
        return lists;
    }

    /** In order, without a gap, and with all that was acknowledged; a little more may have been stored and not yet acknowledged. */
    private void assertComplete(Map<String, List<Long>> numbers) {
        assertThat(numbers).hasSize(SpoolProcess.DEVICES);
        numbers.forEach((device, found) -> {
            assertThat(found)
                    .containsExactlyElementsOf(
                            LongStream.range(0, found.size()).boxed().toList());
            assertThat(found).hasSizeGreaterThan((int) (long) acknowledged.getOrDefault(device, -1L));
        });
    }
}
