package dev.tramway.bench;

import dev.tramway.bench.process.Contender;
import dev.tramway.bench.process.Pinning;
import dev.tramway.bench.process.Programs;
import dev.tramway.bench.report.MarkdownReport;
import dev.tramway.bench.scenario.Lab;
import dev.tramway.bench.scenario.Plan;
import dev.tramway.bench.scenario.Scenario;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures several servers side by side and prints Markdown tables. */
@Command(
        name = "compare",
        description = "Measures servers side by side and prints Markdown tables; progress goes to the error stream.",
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    /** The headline of each contender is divided by theirs. */
    private static final List<String> BASELINES = List.of("netty-epoll", "netty-nio", Contender.RAW);

    @Option(names = "--only", split = ",", description = "targets to measure, such as P2,P3 (default: all)")
    private Set<String> only = Set.of();

    @Option(names = "--peers", split = ",", description = "servers to measure (${DEFAULT-VALUE}); also netty-nio")
    private List<String> peers = List.of(Contender.RAW, "netty-epoll", "tramway");

    @Option(names = "--quick", description = "short runs, for a first impression")
    private boolean quick;

    @Option(names = "--repetitions", description = "runs of each server, instead of the plan's")
    private Optional<Integer> repetitions = Optional.empty();

    @Option(names = "--warmup", description = "seconds before each measured time, instead of the plan's")
    private Optional<Double> warmup = Optional.empty();

    @Option(names = "--seconds", description = "measured seconds of each run, instead of the plan's")
    private Optional<Double> seconds = Optional.empty();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        var err = spec.commandLine().getErr();
        var pinning = Pinning.detect();
        var plan = plan();
        var scenarios = chosen();
        try (var programs = Programs.compile()) {
            var contenders =
                    peers.stream().map(name -> Contender.named(name, programs)).toList();
            var lab = new Lab(contenders, plan, programs, pinning, err::println);
            var report = new MarkdownReport(spec.commandLine().getOut(), BASELINES);
            report.environment(Environment.facts(plan, pinning));
            boolean complete = true;
            for (var scenario : scenarios) {
                var result = scenario.run(lab);
                report.write(result);
                complete &= result.complete();
            }
            return complete ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private Plan plan() {
        var base = quick ? Plan.quick() : Plan.full();
        return new Plan(
                repetitions.orElse(base.repetitions()),
                warmup.orElse(base.warmup()),
                seconds.orElse(base.seconds()),
                base.bisections());
    }

    private List<Scenario> chosen() {
        var chosen = Scenario.all().stream()
                .filter(scenario -> only.isEmpty() || only.contains(scenario.id()))
                .toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("only: " + only + " (expected: some of "
                    + Scenario.all().stream().map(Scenario::id).distinct().toList() + ")");
        }
        return chosen;
    }
}
