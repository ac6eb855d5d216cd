package dev.tramway.server.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.server.internal.sink.Posts;
import dev.tramway.server.internal.sink.Waits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sinks come, change and go while devices go on sending. */
class SinkReloadTest {
    private static final String SERIAL = "00200110";
    private static final Pattern VALUE = Pattern.compile("\"value\":(\\d+)");
    private static final String PLANT = """
            listeners:
              plant: { port: 0, protocol: aqua-plc, unknown: accept }
            """;
    private static final String FILE = """
              file: { type: file, path: first.jsonl }
            """;

    @TempDir
    private Path directory;

    private int measured;

    @Test
    void aSinkThatComesGetsWhatIsKeptAndTheOtherOneNoticesNothing() throws IOException {
        try (Posts hook = Posts.start();
                Plant plant = Plant.keeping(directory, sinks(FILE));
                TestDevice device = plant.device("plant")) {
            measure(device);
            awaitValues("first.jsonl", "1");
            assertThat(plant.reload(sinks(FILE + hook(hook)))).containsExactly("sink hook started");
            measure(device);
            Waits.asserted(
                    () -> assertThat(values(String.join("\n", hook.taken()))).containsExactly("1", "2"));
            awaitValues("first.jsonl", "1", "2");
        }
    }

    @Test
    void aSinkThatChangesGoesOnWhereItWas() throws IOException {
        try (Plant plant = Plant.keeping(directory, sinks(FILE));
                TestDevice device = plant.device("plant")) {
            measure(device);
            measure(device);
            awaitValues("first.jsonl", "1", "2");
            assertThat(plant.reload(sinks(FILE.replace("first", "second")))).containsExactly("sink file started");
            measure(device);
            awaitValues("second.jsonl", "3");
            awaitValues("first.jsonl", "1", "2");
        }
    }

    @Test
    void aSinkThatWasAwayGetsByItsNewAddressWhatItDoesNotHave() throws IOException {
        try (Posts away = Posts.start();
                Posts back = Posts.start();
                Plant plant = Plant.keeping(directory, sinks(hook(away)));
                TestDevice device = plant.device("plant")) {
            away.answer(body -> 503);
            measure(device);
            measure(device);
            plant.reload(sinks(hook(back)));
            Waits.asserted(
                    () -> assertThat(values(String.join("\n", back.taken()))).containsExactly("1", "2"));
        }
    }

    @Test
    void aSinkThatGoesLeavesTheReadingsThatItDoesNotHaveAndThisIsSaid() throws IOException {
        try (Posts hook = Posts.start();
                Plant plant = Plant.keeping(directory, sinks(FILE + hook(hook)));
                TestDevice device = plant.device("plant")) {
            hook.answer(body -> 503);
            measure(device);
            measure(device);
            assertThat(plant.reload(sinks(FILE)))
                    .containsExactly("sink hook stopped, readings that did not reach it: 2");
            measure(device);
            awaitValues("first.jsonl", "1", "2", "3");
            assertThat(hook.taken()).isEmpty();
        }
    }

    @Test
    void aMistakeInASinkChangesNone() throws IOException {
        try (Plant plant = Plant.keeping(directory, sinks(FILE));
                TestDevice device = plant.device("plant")) {
            List<String> words =
                    plant.reload(sinks("  other: { type: file, path: other.jsonl }\n  hook: { type: webhook }\n"));
            assertThat(words).singleElement().asString().contains("not taken").contains("url");
            measure(device);
            awaitValues("first.jsonl", "1");
            assertThat(directory.resolve("other.jsonl")).doesNotExist();
        }
    }

    @Test
    void theFirstSinkComesAndTheLastOneGoes() throws IOException {
        try (Plant plant = Plant.keeping(directory, PLANT);
                TestDevice device = plant.device("plant")) {
            measure(device);
            assertThat(plant.reload(sinks(FILE))).containsExactly("sink file started");
            measure(device);
            awaitValues("first.jsonl", "2");
            assertThat(plant.reload(PLANT)).containsExactly("sink file stopped");
            measure(device);
            assertThat(plant.reload(sinks(FILE))).containsExactly("sink file started");
            measure(device);
            awaitValues("first.jsonl", "2", "4");
        }
    }

    private static String sinks(String sinks) {
        return PLANT + "sinks:\n" + sinks;
    }

    private static String hook(Posts hook) {
        return "  hook: { type: webhook, url: \"" + hook.url("/") + "\" }\n";
    }

    /** Sends the next value, and waits until it is stored. */
    private void measure(TestDevice device) {
        measured++;
        device.measure(SERIAL, measured, measured).awaitAcknowledgement(measured);
    }

    private void awaitValues(String file, String... values) {
        Waits.asserted(() ->
                assertThat(values(Files.readString(directory.resolve(file)))).containsExactly(values));
    }

    private static List<String> values(String text) {
        return VALUE.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
