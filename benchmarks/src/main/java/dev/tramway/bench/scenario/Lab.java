package dev.tramway.bench.scenario;

import dev.tramway.bench.peer.ServerSettings;
import dev.tramway.bench.process.BenchException;
import dev.tramway.bench.process.Contender;
import dev.tramway.bench.process.LoadSettings;
import dev.tramway.bench.process.Pinning;
import dev.tramway.bench.process.Programs;
import dev.tramway.bench.process.Trial;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

/** Where scenarios run: who takes part, how long, on which cores. Tells its progress as it goes. */
public final class Lab {
    private final List<Contender> contenders;
    private final Plan plan;
    private final Programs programs;
    private final Pinning pinning;
    private final Consumer<String> progress;

    /** Makes a lab for some contenders. */
    public Lab(List<Contender> contenders, Plan plan, Programs programs, Pinning pinning, Consumer<String> progress) {
        this.contenders = List.copyOf(contenders);
        this.plan = plan;
        this.programs = programs;
        this.pinning = pinning;
        this.progress = progress;
    }

    /** Who takes part. */
    List<Contender> contenders() {
        return contenders;
    }

    /** How long and how often. */
    Plan plan() {
        return plan;
    }

    /** What the load client does by default, for the planned time. */
    LoadSettings load(String mode) {
        return LoadSettings.of(mode, plan.warmup(), plan.seconds());
    }

    /**
     * Makes one trial.
     *
     * @throws BenchException if a message was lost or a process failed
     */
    Trial trial(Contender contender, ServerSettings server, LoadSettings load) {
        var trial = Trial.run(contender, server, load, programs.load(), pinning);
        progress.accept(String.format(
                Locale.ROOT,
                "%s %s: %,.0f messages/s, %.2f cores of server, %.2f of load",
                contender.name(),
                load.mode(),
                trial.load().rate(),
                trial.serverCores(),
                trial.loadCores()));
        return trial;
    }

    /** Says what is going on. */
    void tell(String text) {
        progress.accept(text);
    }

    /** Repeats a trial of each contender in turns, A B C A B C, so that a slow minute hits all alike. */
    Findings interleaved(List<Contender> who, Function<Contender, Trial> trial) {
        var findings = new Findings();
        for (int i = 0; i < plan.repetitions(); i++) {
            who.forEach(contender -> findings.attempt(contender, () -> trial.apply(contender)));
        }
        return findings;
    }
}
