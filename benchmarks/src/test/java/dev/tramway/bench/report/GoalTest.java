package dev.tramway.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.bench.report.Result.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GoalTest {
    private static final Goal ECHO = Goal.all().get(0); // at least 0.95 of raw C
    private static final Goal IDLE = Goal.all().stream()
            .filter(goal -> goal.ours().scenario().equals("idle"))
            .findFirst()
            .orElseThrow();

    @Test
    void everyTargetHasAGoal() {
        var targets = Stream.concat(IntStream.rangeClosed(1, 10).mapToObj(i -> "P" + i), Stream.of("P3b", "P3c"))
                .toList();
        assertThat(Goal.all()).extracting(Goal::target).containsAll(targets);
    }

    @Test
    void aRatioHoldsOrFallsShort() {
        assertThat(ECHO.judge(List.of(result("echo", Map.of("tramway", 100.0, "raw-c", 100.0)))))
                .satisfies(verdict -> {
                    assertThat(verdict.figure()).isEqualTo("1.00 x");
                    assertThat(verdict.verdict()).isEqualTo("holds");
                });
        assertThat(ECHO.judge(List.of(result("echo", Map.of("tramway", 76.0, "raw-c", 100.0))))
                        .verdict())
                .isEqualTo("falls short by 20 %");
    }

    @Test
    void anUpperBoundIsNotToBePassed() {
        assertThat(IDLE.judge(List.of(result("idle", Map.of("tramway", 2_048.0))))
                        .verdict())
                .isEqualTo("holds");
        assertThat(IDLE.judge(List.of(result("idle", Map.of("tramway", 4_096.0))))
                        .verdict())
                .isEqualTo("falls short by 100 %");
    }

    @Test
    void whatWasNotMeasuredSaysWhy() {
        assertThat(ECHO.judge(List.of()).verdict()).isEqualTo("not measured: tramway in echo: not asked for");
        var alone = new Result(
                "echo",
                "P1",
                "Echo",
                "rate",
                result("echo", Map.of("tramway", 1.0)).outcomes(),
                Map.of("raw-c", "could not be built here"),
                List.of(),
                true);
        assertThat(ECHO.judge(List.of(alone)).verdict())
                .isEqualTo("not measured: raw-c in echo: could not be built here");
    }

    private static Result result(String key, Map<String, Double> rates) {
        var outcomes = rates.entrySet().stream()
                .map(entry -> {
                    var samples = new LinkedHashMap<String, Sample>();
                    samples.put("rate", new Sample(List.of(entry.getValue())));
                    return new Outcome(entry.getKey(), samples, "server");
                })
                .toList();
        return new Result(key, "P", "Title", "rate", outcomes, Map.of(), List.of(), true);
    }
}
