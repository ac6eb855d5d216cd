package dev.tramway.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.bench.peer.ServerReport;
import dev.tramway.bench.peer.ServerSettings;
import dev.tramway.bench.peer.Work;
import dev.tramway.bench.process.BenchException;
import dev.tramway.bench.process.Contender;
import dev.tramway.bench.process.LoadReport;
import dev.tramway.bench.process.LoadSettings;
import dev.tramway.bench.process.Pinning;
import dev.tramway.bench.process.Programs;
import dev.tramway.bench.process.Trial;
import dev.tramway.bench.report.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Interleaving, failures, the end of the time and resuming, with trials that are made up. */
@EnabledIf("dev.tramway.bench.process.Programs#available")
class LabTest {
    private static final ServerSettings ECHO = ServerSettings.of(Work.ECHO);

    private static Programs programs;

    @TempDir
    private Path directory;

    @BeforeAll
    static void compile() {
        programs = Programs.compile();
    }

    @AfterAll
    static void delete() {
        programs.close();
    }

    @Test
    void whoFailsIsOutAndTheOthersGoOn() {
        var lab = lab(Duration.ofMinutes(1), journal());
        var findings = new Findings(lab);
        for (long messages : List.of(10L, 30L, 20L)) {
            findings.attempt(contender("tramway"), ECHO, () -> trial(messages));
            findings.attempt(contender("netty-nio"), ECHO, () -> {
                if (messages == 30) {
                    throw new BenchException("it lost a message");
                }
                return trial(messages);
            });
            findings.attempt(contender("raw-c"), ServerSettings.of(Work.CHAT), () -> trial(messages));
        }
        var scenario = Scenarios.compared().get(0);
        var result = findings.result(
                scenario, "Echo", Metrics.headline("rate", t -> t.load().rate()), List.of("remark"));
        assertThat(result.complete()).isFalse();
        assertThat(result.absent())
                .containsEntry("netty-nio", "failed: it lost a message")
                .containsEntry("raw-c", "does not do chat");
        assertThat(result.outcomes()).singleElement().satisfies(outcome -> {
            assertThat(outcome.contender()).isEqualTo("tramway");
            assertThat(outcome.sample("rate")).isEqualTo(new Sample(List.of(10.0, 20.0, 30.0)));
            assertThat(outcome.limit()).isEqualTo("server");
        });
    }

    @Test
    void nothingBeginsWhenTheTimeIsUp() {
        var findings = lab(Duration.ZERO.minusSeconds(1), journal())
                .interleaved("key", List.of(contender("tramway")), contender -> Optional.of(unused()));
        var result = findings.result(Scenarios.compared().get(0), "Echo", Metrics.rate(), List.of());
        assertThat(result.outcomes()).isEmpty();
        assertThat(result.absence("tramway")).isEqualTo("the time was up");
    }

    @Test
    void trialsThatWereMadeAreNotMadeAgain() throws IOException {
        journal().add("key #0 tramway", trial(7));
        Files.writeString(directory.resolve("trials"), "{\"key\":\"cut o", StandardOpenOption.APPEND);
        var lab = lab(Duration.ofMinutes(1), Journal.resume(directory.resolve("trials")));
        var findings = lab.interleaved("key", List.of(contender("tramway")), contender -> Optional.of(unused()));
        var result = findings.result(Scenarios.compared().get(0), "Echo", Metrics.rate(), List.of());
        assertThat(result.of("tramway").orElseThrow().sample("messages/s")).isEqualTo(new Sample(List.of(7.0)));
    }

    @Test
    void variantsTakePartWhereTheyAreAskedFor() {
        var lab = lab(Duration.ofMinutes(1), journal());
        assertThat(lab.contenders(Set.of())).extracting(Contender::name).containsExactly("tramway");
        assertThat(lab.contenders(Variants.WAITING))
                .extracting(Contender::name)
                .containsExactly("tramway", "tramway-adaptive");
    }

    @Test
    void noTwoScenariosHaveTheSameKey() {
        assertThat(Scenarios.compared()).extracting(Scenario::key).doesNotHaveDuplicates();
        assertThat(new HashSet<>(
                        Scenarios.compared().stream().map(Scenario::target).toList()))
                .contains("P1", "P2", "P3", "P3b", "P3c", "P4", "P5", "P6", "P7", "P8", "P9", "P10", Scenarios.SIX);
        assertThat(Scenarios.scaling()).extracting(Scenario::key).doesNotHaveDuplicates();
    }

    /** A run that would fail at once: its server cannot listen there. */
    private static Run unused() {
        return new Run(new ServerSettings(Work.ECHO, 1, 1, 1, 32, Optional.empty()), LoadSettings.of("echo", 0, 1));
    }

    private Journal journal() {
        return Journal.begin(directory.resolve("trials"));
    }

    private Contender contender(String name) {
        return Contender.named(name, programs);
    }

    private Lab lab(Duration limit, Journal journal) {
        var plan = new Plan(1, 0, 0, 1, true, 1, new Plan.Idle(1, 2), limit);
        var bench = new Trial.Bench(programs, new Pinning(false));
        return new Lab(
                List.of(contender("tramway"), contender("tramway-adaptive")), plan, bench, journal, new Silence());
    }

    private static Trial trial(long messages) {
        return new Trial(
                new LoadReport(1, messages, 32 * messages, 0, 0, 0, 0.5, 0, 0, 0),
                new ServerReport(1, 1, messages, 0, OptionalLong.empty(), OptionalLong.empty()),
                Map.of());
    }

    private static final class Silence implements Progress {
        @Override
        public void begin(String what) {}

        @Override
        public void step() {}

        @Override
        public void tell(String text) {}
    }
}
