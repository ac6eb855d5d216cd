package dev.tramway.bench.scenario;

import dev.tramway.bench.peer.ServerSettings;
import dev.tramway.bench.process.Trial;
import dev.tramway.bench.report.Result;
import dev.tramway.bench.report.Result.Outcome;
import dev.tramway.bench.report.Sample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Broadcast from a thread that is no event loop, without and with a tenth of the clients that never read. */
final class StoppedClients implements Scenario {
    private static final String WITHOUT = "p99 ms, all read";
    private static final String WITH = "p99 ms, a tenth stopped";
    private static final String RATIO = "ratio";
    /** A rate that every peer can hold. */
    private static final double RATE = 2_000;

    private static final ServerSettings SERVER = Scenarios.MULTICAST.withRate(RATE);

    @Override
    public String key() {
        return "stopped";
    }

    @Override
    public String target() {
        return "P3c";
    }

    @Override
    public Object kind(Lab lab) {
        return SERVER.withRate(0);
    }

    @Override
    public int trials(Lab lab) {
        return 2 * lab.contenders(Set.of()).size() * lab.plan().repetitions();
    }

    @Override
    public Result run(Lab lab) {
        var title = "P3c: broadcast of 28 B from a foreign thread, 2,000 messages/s, a tenth of 100 clients stopped";
        var notes = List.of(
                "A client that owes a megabyte gets nothing more; nobody waits for it. Clients that read must miss nothing.");
        var without = measured(lab, 0, WITHOUT).result(this, title, metrics(WITHOUT), notes);
        var with = measured(lab, 10, WITH).result(this, title, metrics(WITH), notes);
        var outcomes = with.outcomes().stream()
                .flatMap(outcome -> without.of(outcome.contender()).stream().map(base -> joined(base, outcome)))
                .toList();
        var absent = new LinkedHashMap<>(without.absent());
        absent.putAll(with.absent());
        return new Result(
                key(), target(), title, RATIO, outcomes, absent, notes, without.complete() && with.complete());
    }

    private Findings measured(Lab lab, int percent, String name) {
        var load = lab.load("subscribe").size(SERVER.size()).with("--stopped=" + percent);
        return lab.interleaved(
                key() + ' ' + name, lab.contenders(Set.of()), contender -> Optional.of(new Run(SERVER, load)));
    }

    private static Metrics metrics(String name) {
        return Metrics.headline(name, trial -> trial.load().p99Micros() / 1_000)
                .and("deliveries/s", trial -> trial.load().rate())
                .and("cores", Trial::serverCores);
    }

    private static Outcome joined(Outcome without, Outcome with) {
        var samples = new LinkedHashMap<String, Sample>();
        var before = without.sample(WITHOUT);
        var after = with.sample(WITH);
        samples.put(RATIO, new Sample(List.of(after.median() / before.median())));
        samples.put(WITHOUT, before);
        samples.put(WITH, after);
        samples.put("deliveries/s", with.sample("deliveries/s"));
        samples.put("server cores", with.sample("cores"));
        return new Outcome(with.contender(), samples, with.limit());
    }
}
