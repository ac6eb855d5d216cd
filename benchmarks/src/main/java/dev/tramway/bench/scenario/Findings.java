package dev.tramway.bench.scenario;

import dev.tramway.bench.process.BenchException;
import dev.tramway.bench.process.Contender;
import dev.tramway.bench.process.Trial;
import dev.tramway.bench.report.Result;
import dev.tramway.bench.report.Result.Outcome;
import dev.tramway.bench.report.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;

/** The trials of each contender so far. One that fails is out, with a note; the others go on. */
final class Findings {
    private final SequencedMap<String, List<Trial>> trials = new LinkedHashMap<>();
    private final SequencedMap<String, String> failures = new LinkedHashMap<>();

    /** Makes a trial, unless the contender is out. */
    void attempt(Contender contender, Supplier<Trial> trial) {
        if (failures.containsKey(contender.name())) {
            return;
        }
        try {
            trials.computeIfAbsent(contender.name(), name -> new ArrayList<>()).add(trial.get());
        } catch (BenchException e) {
            fail(contender, String.valueOf(e.getMessage()));
        }
    }

    /** Puts a contender out. */
    void fail(Contender contender, String why) {
        trials.remove(contender.name());
        failures.put(contender.name(), why);
    }

    /** Makes a result of one metric per column; the first is the headline. */
    Result result(String title, Metrics metrics, List<String> remarks) {
        var outcomes = trials.entrySet().stream()
                .map(entry -> new Outcome(entry.getKey(), samples(entry.getValue(), metrics)))
                .toList();
        var notes = new ArrayList<>(remarks);
        failures.forEach((name, why) -> notes.add(name + " failed: " + why));
        return new Result(title, metrics.columns().firstEntry().getKey(), outcomes, notes, failures.isEmpty());
    }

    private static SequencedMap<String, Sample> samples(List<Trial> trials, Metrics metrics) {
        var samples = new LinkedHashMap<String, Sample>();
        metrics.columns()
                .forEach((name, metric) -> samples.put(
                        name,
                        new Sample(trials.stream().map(metric::applyAsDouble).toList())));
        return samples;
    }
}
