package dev.tramway.bench.scenario;

import dev.tramway.bench.peer.ServerSettings;
import dev.tramway.bench.peer.Work;
import dev.tramway.bench.process.Contender;
import dev.tramway.bench.process.Probe;
import dev.tramway.bench.process.ServerProcess;
import dev.tramway.bench.report.Result;
import dev.tramway.bench.report.Result.Outcome;
import dev.tramway.bench.report.Sample;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Memory of a connection that does nothing: the slope between few and many connections, of the heap after a collection
 * and of what the process has in physical memory. The heap of a JVM is in physical memory from the beginning, so that what becomes
 * resident is beside it; else the room that a collector leaves, some multiple of what lives, would count.
 *
 * @param tls true to speak TLS
 */
record IdleMemory(boolean tls) implements Scenario {
    private static final String ALL = "bytes/connection";
    private static final String HEAP = "heap bytes/connection";
    private static final String RESIDENT = "resident bytes/connection beside the heap";

    @Override
    public String key() {
        return tls ? "idle-tls" : "idle";
    }

    @Override
    public String target() {
        return "P7";
    }

    private List<Contender> who(Lab lab) {
        return lab.contenders(tls ? Variants.TLS : Set.of()).stream()
                .map(Contender::withSteadyHeap)
                .toList();
    }

    @Override
    public int trials(Lab lab) {
        return 2 * who(lab).size() * lab.plan().repetitions();
    }

    @Override
    public Result run(Lab lab) {
        var idle = lab.plan().idle();
        var title = "P7: memory of an idle connection" + (tls ? ", TLS 1.3" : "") + ", from " + idle.few() + " to "
                + idle.many() + " connections";
        if (tls && !lab.hasTls()) {
            return Result.unmeasured(key(), target(), title, Scenarios.NO_TLS);
        }
        var notes = List.of(
                "The heap of a JVM, of 512 MiB, is resident from the beginning. The sum of both slopes counts. A process gives no memory"
                        + " back to the system at once, so the resident slope is coarse where it is small.");
        var few = measured(lab, idle.few()).result(this, title, metrics(), notes);
        var many = measured(lab, idle.many()).result(this, title, metrics(), notes);
        var outcomes = many.outcomes().stream()
                .flatMap(outcome -> few.of(outcome.contender()).stream()
                        .map(base -> slope(base, outcome, idle.many() - idle.few())))
                .toList();
        var absent = new LinkedHashMap<>(few.absent());
        absent.putAll(many.absent());
        return new Result(key(), target(), title, ALL, outcomes, absent, notes, few.complete() && many.complete());
    }

    private Findings measured(Lab lab, int connections) {
        var server = ServerSettings.of(Work.ECHO);
        var load = lab.load("idle").connections(connections).with("--sources=20");
        var run = new Run(tls ? lab.secure(server) : server, tls ? load.with("--tls") : load, new MemoryProbe(), true);
        return lab.interleaved(key() + ' ' + connections, who(lab), contender -> Optional.of(run));
    }

    private static Metrics metrics() {
        return Metrics.headline(HEAP, trial -> trial.seen(HEAP)).and(RESIDENT, trial -> trial.seen(RESIDENT));
    }

    private static Outcome slope(Outcome few, Outcome many, int connections) {
        double heap = (many.sample(HEAP).median() - few.sample(HEAP).median()) / connections;
        double resident = (many.sample(RESIDENT).median() - few.sample(RESIDENT).median()) / connections;
        var samples = new LinkedHashMap<String, Sample>();
        samples.put(ALL, new Sample(List.of(heap + Math.max(0, resident))));
        samples.put(HEAP, new Sample(List.of(heap)));
        samples.put(RESIDENT, new Sample(List.of(resident)));
        return new Outcome(many.contender(), samples, many.limit());
    }

    /** Looks when all are connected; the collection before it also settles what is resident. */
    private static final class MemoryProbe implements Probe {
        private final Map<String, Double> seen = new HashMap<>();

        @Override
        public void begin(ServerProcess server) {
            seen.put(HEAP, (double) server.heapBytes().orElse(0));
            seen.put(RESIDENT, (double) server.residentBytes());
        }

        @Override
        public Map<String, Double> end(ServerProcess server) {
            return Map.copyOf(seen);
        }
    }
}
