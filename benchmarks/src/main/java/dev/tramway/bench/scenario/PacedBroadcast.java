package dev.tramway.bench.scenario;

import dev.tramway.bench.peer.ServerSettings;
import dev.tramway.bench.peer.Work;
import dev.tramway.bench.process.BenchException;
import dev.tramway.bench.process.Contender;
import dev.tramway.bench.process.Trial;
import dev.tramway.bench.report.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Broadcast to 100 clients at the highest rate that a server holds without loss. A run without a pace, in which the
 * producer only waits for room, shows how much passes; the rate is tried a little below that, then a little below what
 * passed at the last one, until it is held. Then all are measured at theirs, in turns.
 *
 * @param tls true to speak TLS
 */
record PacedBroadcast(boolean tls) implements Scenario {
    /** Deliveries, as a share of what the rate asks for, from which on it counts as held. */
    private static final double HELD = 0.98;
    /** Longest delay of 99 in 100 deliveries; beyond it, a queue is filling or has not drained. */
    private static final double LONGEST_P99_MICROS = 250_000;
    /** The rate that is tried, as a share of what passed before. */
    private static final double STEP = 0.85;

    private static final double UNPACED = 16_000_000;
    private static final int CLIENTS = 100;

    @Override
    public String key() {
        return tls ? "tls-broadcast" : "broadcast";
    }

    @Override
    public String target() {
        return tls ? "P6" : "P3";
    }

    private List<Contender> who(Lab lab) {
        return lab.contenders(tls ? Variants.TLS : Set.of());
    }

    @Override
    public Object kind(Lab lab) {
        return server(lab, 0);
    }

    @Override
    public int trials(Lab lab) {
        return who(lab).size() * (lab.plan().repetitions() + 2);
    }

    @Override
    public Result run(Lab lab) {
        var title = target() + ": broadcast of 32 B to 100 clients without loss, paced" + (tls ? ", TLS 1.3" : "");
        if (tls && !lab.hasTls()) {
            return Result.unmeasured(key(), target(), title, Scenarios.NO_TLS);
        }
        var rates = new LinkedHashMap<Contender, Double>();
        var unfit = new LinkedHashMap<Contender, String>();
        for (var contender : who(lab)) {
            var refusal = lab.timeIsUp() ? Optional.of("the time was up") : contender.refusal(server(lab, 1));
            refusal.ifPresentOrElse(why -> unfit.put(contender, why), () -> search(lab, contender, rates, unfit));
        }
        var findings = lab.interleaved(
                key(),
                List.copyOf(rates.keySet()),
                contender -> Optional.ofNullable(rates.get(contender)).map(rate -> trial(lab, rate)));
        unfit.forEach(findings::leaveOut);
        return result(findings, title);
    }

    private Result result(Findings findings, String title) {
        var metrics = Metrics.headline("deliveries/s", trial -> trial.load().rate())
                .andCosts()
                .and("p50 ms", trial -> trial.load().p50Micros() / 1_000)
                .and("p99 ms", trial -> trial.load().p99Micros() / 1_000);
        return findings.result(
                this,
                title,
                metrics,
                List.of(
                        "Each at the highest rate that it was found to hold; a message is a delivery.",
                        "Every client checks that its sequence numbers are contiguous; delay from a burst's stamp to a read."));
    }

    private void search(
            Lab lab,
            Contender contender,
            LinkedHashMap<Contender, Double> rates,
            LinkedHashMap<Contender, String> unfit) {
        try {
            var before = lab.trial(key() + " unpaced", contender, trial(lab, UNPACED));
            for (int i = 1; i <= lab.plan().probes(); i++) {
                double rate = Math.max(1, Math.rint(STEP * before.load().rate() / CLIENTS));
                before = lab.trial(key() + " try " + i, contender, trial(lab, rate));
                if (holds(before, rate)) {
                    rates.put(contender, rate);
                    return;
                }
            }
            unfit.put(contender, "no rate could be held within " + lab.plan().probes() + " tries");
        } catch (BenchException e) {
            unfit.put(contender, "failed: " + e.getMessage());
        }
    }

    private static boolean holds(Trial trial, double rate) {
        return trial.load().rate() >= HELD * rate * CLIENTS && trial.load().p99Micros() <= LONGEST_P99_MICROS;
    }

    private Run trial(Lab lab, double rate) {
        var load = lab.load("subscribe");
        return new Run(server(lab, rate), tls ? load.with("--tls") : load);
    }

    private ServerSettings server(Lab lab, double rate) {
        var plain = ServerSettings.of(Work.BROADCAST).withRate(rate);
        return tls ? lab.secure(plain) : plain;
    }
}
