package dev.tramway.bench.scenario;

import dev.tramway.bench.peer.ServerReport;
import dev.tramway.bench.peer.ServerSettings;
import dev.tramway.bench.peer.Work;
import dev.tramway.bench.process.Contender;
import dev.tramway.bench.process.Trial;
import dev.tramway.bench.report.Result;
import java.util.List;

/**
 * Bytes that a Java server allocates on the heap in steady state, over all its threads.
 *
 * @param settings what the server does
 * @param mode what the load client does
 * @param title of the table
 */
record Allocation(ServerSettings settings, String mode, String title) implements Scenario {
    /** A rate that every peer can hold. */
    private static final double BROADCAST_RATE = 4_000;

    static Scenario ofEcho() {
        return new Allocation(
                ServerSettings.of(Work.FRAMED), "framed", "P9: allocation, length-prefixed echo, 100 x 1000 x 32 B");
    }

    static Scenario ofBroadcast() {
        return new Allocation(
                ServerSettings.of(Work.BROADCAST).withRate(BROADCAST_RATE),
                "subscribe",
                "P9: allocation, broadcast of 32 B to 100 clients, 4,000 messages/s");
    }

    @Override
    public String id() {
        return "P9";
    }

    @Override
    public Result run(Lab lab) {
        var who = lab.contenders().stream()
                .filter(contender -> contender instanceof Contender.Java)
                .toList();
        var findings = lab.interleaved(who, contender -> lab.trial(contender, settings, lab.load(mode)));
        var metrics = Metrics.headline("B/message", Allocation::perMessage)
                .and("B/turn", Allocation::perTurn)
                .and("messages", trial -> trial.load().messages());
        return findings.result(
                title,
                metrics,
                List.of("B/turn: bytes per turn of an event loop; 0 where a library does not tell its turns."));
    }

    private static double bytes(ServerReport report) {
        return report.allocatedBytes().orElse(0);
    }

    private static double perMessage(Trial trial) {
        return bytes(trial.server()) / trial.load().messages();
    }

    private static double perTurn(Trial trial) {
        return trial.server().turns().stream()
                .mapToDouble(turns -> bytes(trial.server()) / Math.max(1, turns))
                .findAny()
                .orElse(0);
    }
}
