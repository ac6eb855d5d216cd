package dev.tramway.bench.scenario;

import dev.tramway.bench.peer.ServerSettings;
import dev.tramway.bench.peer.Work;
import dev.tramway.bench.report.Result;
import java.util.List;

/** Length-prefixed echo with a handler call and a send per message; the client checks every frame. */
final class FramedEcho implements Scenario {
    @Override
    public String id() {
        return "P2";
    }

    @Override
    public Result run(Lab lab) {
        var findings = lab.interleaved(
                lab.contenders(),
                contender -> lab.trial(contender, ServerSettings.of(Work.FRAMED), lab.load("framed")));
        var metrics =
                Metrics.headline("messages/s", trial -> trial.load().rate()).andCosts();
        return findings.result(
                "P2: length-prefixed echo, 100 connections x 1000 x 32 B",
                metrics,
                List.of("The client checks length, connection and sequence number of every frame."));
    }
}
