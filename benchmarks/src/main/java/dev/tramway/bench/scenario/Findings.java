package dev.tramway.bench.scenario;

import dev.tramway.bench.peer.ServerSettings;
import dev.tramway.bench.process.BenchException;
import dev.tramway.bench.process.Contender;
import dev.tramway.bench.process.Trial;
import dev.tramway.bench.report.Result;
import dev.tramway.bench.report.Result.Outcome;
import dev.tramway.bench.report.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The trials of each contender so far. One that fails is out, with a note; the others go on. */
final class Findings {
    private final Lab lab;
    private final SequencedMap<String, List<Trial>> trials = new LinkedHashMap<>();
    private final SequencedMap<String, String> absent = new LinkedHashMap<>();
    private boolean failed;

    Findings(Lab lab) {
        this.lab = lab;
    }

    /** Makes a trial, unless the contender is out, cannot do it, or the time is up. */
    void attempt(Contender contender, ServerSettings settings, Supplier<Trial> trial) {
        var refusal = contender.refusal(settings);
        if (absent.containsKey(contender.name())) {
            return;
        }
        if (refusal.isPresent()) {
            absent.put(contender.name(), refusal.get());
        } else if (lab.timeIsUp()) {
            late(contender);
        } else {
            make(contender, trial);
        }
    }

    private void late(Contender contender) {
        if (!trials.containsKey(contender.name())) {
            absent.put(contender.name(), "the time was up");
        }
    }

    private void make(Contender contender, Supplier<Trial> trial) {
        try {
            trials.computeIfAbsent(contender.name(), name -> new ArrayList<>()).add(trial.get());
        } catch (BenchException e) {
            lab.tell(contender.name() + ": " + e.getMessage());
            fail(contender, String.valueOf(e.getMessage()));
        }
    }

    /** Puts a contender out. */
    void fail(Contender contender, String why) {
        trials.remove(contender.name());
        absent.put(contender.name(), "failed: " + why);
        failed = true;
    }

    /** Leaves a contender out that cannot take part. */
    void leaveOut(Contender contender, String why) {
        absent.putIfAbsent(contender.name(), why);
    }

    /** Makes a result of one metric per column; the first is the headline. */
    Result result(Scenario scenario, String title, Metrics metrics, List<String> notes) {
        var outcomes = trials.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> new Outcome(entry.getKey(), samples(entry.getValue(), metrics), limits(entry.getValue())))
                .toList();
        return new Result(
                scenario.key(),
                scenario.target(),
                title,
                metrics.columns().firstEntry().getKey(),
                outcomes,
                absent,
                notes,
                !failed);
    }

    private static SequencedMap<String, Sample> samples(List<Trial> trials, Metrics metrics) {
        var samples = new LinkedHashMap<String, Sample>();
        metrics.columns()
                .forEach((name, metric) -> samples.put(
                        name,
                        new Sample(trials.stream().map(metric::applyAsDouble).toList())));
        return samples;
    }

    private static String limits(List<Trial> trials) {
        return trials.stream()
                .map(trial -> trial.limit().name().toLowerCase(Locale.ROOT))
                .distinct()
                .collect(Collectors.joining("/"));
    }
}
