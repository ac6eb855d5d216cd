package dev.tramway.bench.scenario;

import dev.tramway.bench.peer.ServerSettings;
import dev.tramway.bench.process.BenchException;
import dev.tramway.bench.process.Contender;
import dev.tramway.bench.process.LoadSettings;
import dev.tramway.bench.process.Servers;
import dev.tramway.bench.process.Trial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Where scenarios run: who takes part, how long, on which cores. Tells its progress as it goes. */
public final class Lab implements AutoCloseable {
    private final List<Contender> contenders;
    private final Plan plan;
    private final Trial.Bench bench;
    private final Journal journal;
    private final Progress progress;
    private final Servers servers;
    private final long endNanos;

    /** Makes a lab for some contenders; its time begins now. */
    public Lab(List<Contender> contenders, Plan plan, Trial.Bench bench, Journal journal, Progress progress) {
        this.contenders = List.copyOf(contenders);
        this.plan = plan;
        this.bench = bench;
        this.journal = journal;
        this.progress = progress;
        this.servers = new Servers(bench);
        this.endNanos = System.nanoTime() + plan.limit().toNanos();
    }

    /**
     * Who takes part.
     *
     * @param variants of libraries that only some scenarios ask for
     */
    List<Contender> contenders(Set<String> variants) {
        return contenders.stream()
                .filter(contender -> !Variants.ALL.contains(contender.name()) || variants.contains(contender.name()))
                .toList();
    }

    /** The order in which scenarios are run: those that ask the same of a server follow each other, while it is warm. */
    public List<Scenario> inTurn(List<Scenario> scenarios) {
        return scenarios.stream()
                .collect(
                        Collectors.groupingBy(scenario -> scenario.kind(this), LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    /** How long and how often. */
    Plan plan() {
        return plan;
    }

    /** True if the load client and the certificate for TLS are there. */
    boolean hasTls() {
        return bench.programs().hasTls();
    }

    /** The same server over TLS. */
    ServerSettings secure(ServerSettings plain) {
        return plain.withTls(bench.programs().certificate());
    }

    /** What the load client does by default, for the planned time. */
    LoadSettings load(String mode) {
        return LoadSettings.of(mode, plan.warmup(), plan.seconds());
    }

    /** True if nothing more is to be begun. */
    boolean timeIsUp() {
        return System.nanoTime() > endNanos;
    }

    /**
     * Makes one trial, or takes it from the journal.
     *
     * @param key of all trials alike
     * @throws BenchException if a message was lost or a process failed
     */
    Trial trial(String key, Contender contender, Run run) {
        var name = key + ' ' + contender.name();
        progress.begin(name);
        try {
            var before = journal.find(name);
            if (before.isPresent()) {
                return before.get();
            }
            var trial = make(contender, run);
            journal.add(name, trial);
            return trial;
        } finally {
            progress.step();
        }
    }

    private Trial make(Contender contender, Run run) {
        var load = run.load();
        if (run.untouched() || contender instanceof Contender.External) {
            return Trial.run(contender, run.server(), load, run.probe(), bench);
        }
        var first = contender instanceof Contender.Java ? load.warmup(plan.first()) : load;
        return plan.fresh()
                ? Trial.run(contender, run.server(), first, run.probe(), bench)
                : servers.trial(contender, run.server(), load, first, run.probe());
    }

    /** Ends the servers that still run. */
    @Override
    public void close() {
        servers.close();
    }

    /** Says what is going on. */
    void tell(String text) {
        progress.tell(text);
    }

    /**
     * Repeats a trial of each contender in turns, A B C A B C, so that a slow minute hits all alike.
     *
     * @param runs what each does; nothing for one that cannot
     */
    Findings interleaved(String key, List<Contender> who, Function<Contender, Optional<Run>> runs) {
        var findings = new Findings(this);
        for (int i = 0; i < plan.repetitions(); i++) {
            for (var contender : who) {
                var round = key + " #" + i;
                runs.apply(contender)
                        .ifPresent(
                                run -> findings.attempt(contender, run.server(), () -> trial(round, contender, run)));
            }
        }
        return findings;
    }
}
