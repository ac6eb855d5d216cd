package dev.tramway.bench.scenario;

import dev.tramway.bench.peer.ServerSettings;
import dev.tramway.bench.peer.Work;
import dev.tramway.bench.process.BenchException;
import dev.tramway.bench.process.Contender;
import dev.tramway.bench.process.LoadSettings;
import dev.tramway.bench.report.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Broadcast to 100 clients at the highest rate that a server holds without loss. The rate is searched for each server by
 * itself, then all are measured at theirs in turns.
 */
final class PacedBroadcast implements Scenario {
    /** Deliveries, as a share of what the rate asks for, from which on it counts as held. */
    private static final double HELD = 0.98;
    /** Longest delay of 99 in 100 deliveries; beyond it, a queue is filling or has not drained. */
    private static final double LONGEST_P99_MICROS = 250_000;
    /** The measured rate is a little below the highest found, which a bad moment would break. */
    private static final double MARGIN = 0.95;

    /** A rate that is missed is tried again, since a machine has bad moments. */
    private static final int TRIES = 2;

    private static final double FIRST_RATE = 2_000;
    private static final double HIGHEST_RATE = 16_000_000;
    /** Measured seconds of one step of the search. */
    private static final double PROBE = 1;

    @Override
    public String id() {
        return "P3";
    }

    @Override
    public Result run(Lab lab) {
        var findings = new Findings();
        var rates = new LinkedHashMap<Contender, Double>();
        for (var contender : lab.contenders()) {
            double rate = MARGIN * search(lab, contender);
            if (rate > 0) {
                rates.put(contender, rate);
            } else {
                findings.fail(contender, "no rate can be held");
            }
        }
        for (int i = 0; i < lab.plan().repetitions(); i++) {
            rates.forEach((contender, rate) ->
                    findings.attempt(contender, () -> lab.trial(contender, settings(rate), lab.load("subscribe"))));
        }
        return result(findings);
    }

    private static Result result(Findings findings) {
        var metrics = Metrics.headline("deliveries/s", trial -> trial.load().rate())
                .andCosts()
                .and("p50 ms", trial -> trial.load().p50Micros() / 1_000)
                .and("p99 ms", trial -> trial.load().p99Micros() / 1_000);
        return findings.result(
                "P3: broadcast of 32 B to 100 clients without loss, paced",
                metrics,
                List.of(
                        "Each at the highest rate that it was found to hold, less 5 %; a message is a delivery.",
                        "Every client checks that its sequence numbers are contiguous; delay from a burst's stamp to a read."));
    }

    private static double search(Lab lab, Contender contender) {
        return new RateSearch(FIRST_RATE, HIGHEST_RATE, lab.plan().bisections())
                .highest(rate -> holds(lab, contender, rate));
    }

    private static boolean holds(Lab lab, Contender contender, double rate) {
        return IntStream.range(0, TRIES).anyMatch(i -> probe(lab, contender, rate));
    }

    private static boolean probe(Lab lab, Contender contender, double rate) {
        var load = LoadSettings.of("subscribe", lab.plan().warmup(), PROBE);
        try {
            var trial = lab.trial(contender, settings(rate), load);
            return trial.load().rate() >= HELD * rate * load.connections()
                    && trial.load().p99Micros() <= LONGEST_P99_MICROS;
        } catch (BenchException e) {
            lab.tell(contender.name() + " at " + (long) rate + "/s: " + e.getMessage());
            return false;
        }
    }

    private static ServerSettings settings(double rate) {
        return ServerSettings.of(Work.BROADCAST).withRate(rate);
    }
}
