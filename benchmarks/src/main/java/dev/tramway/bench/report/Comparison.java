package dev.tramway.bench.report;

import java.util.List;
import java.util.SequencedMap;

/**
 * All that a comparison has found.
 *
 * @param environment the conditions
 * @param peers what each contender is
 * @param verdicts how each goal was met
 * @param results in order of the report
 */
public record Comparison(
        List<String> environment,
        SequencedMap<String, String> peers,
        List<Goal.Verdict> verdicts,
        List<Result> results) {
    /** Judges the goals by the results. */
    public static Comparison of(List<String> environment, SequencedMap<String, String> peers, List<Result> results) {
        var verdicts = Goal.all().stream().map(goal -> goal.judge(results)).toList();
        return new Comparison(environment, peers, verdicts, List.copyOf(results));
    }
}
