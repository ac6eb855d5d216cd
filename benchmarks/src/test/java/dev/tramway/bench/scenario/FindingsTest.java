package dev.tramway.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.bench.peer.ServerReport;
import dev.tramway.bench.process.BenchException;
import dev.tramway.bench.process.Contender;
import dev.tramway.bench.process.LoadReport;
import dev.tramway.bench.process.Trial;
import dev.tramway.bench.report.Sample;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private static final Contender GOOD = new Contender.Java("good");
    private static final Contender BAD = new Contender.Java("bad");

    @Test
    void whoFailsIsOutAndTheOthersGoOn() {
        var findings = new Findings();
        for (long messages : List.of(10L, 30L, 20L)) {
            findings.attempt(GOOD, () -> trial(messages));
            findings.attempt(BAD, () -> {
                if (messages == 30) {
                    throw new BenchException("it lost a message");
                }
                return trial(messages);
            });
        }
        var result =
                findings.result("Echo", Metrics.headline("rate", t -> t.load().rate()), List.of("remark"));
        assertThat(result.complete()).isFalse();
        assertThat(result.notes()).containsExactly("remark", "bad failed: it lost a message");
        assertThat(result.outcomes()).singleElement().satisfies(outcome -> {
            assertThat(outcome.contender()).isEqualTo("good");
            assertThat(outcome.samples()).containsEntry("rate", new Sample(List.of(10.0, 20.0, 30.0)));
        });
    }

    private static Trial trial(long messages) {
        return new Trial(
                new LoadReport(1, messages, 32 * messages, 0, 0.5, 0, 0, 0),
                new ServerReport(1, 1, messages, 0, OptionalLong.empty(), OptionalLong.empty()));
    }
}
