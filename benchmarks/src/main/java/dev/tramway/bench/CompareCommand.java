package dev.tramway.bench;

import dev.tramway.bench.process.Contender;
import dev.tramway.bench.process.Pinning;
import dev.tramway.bench.process.Programs;
import dev.tramway.bench.process.Trial;
import dev.tramway.bench.report.Comparison;
import dev.tramway.bench.report.MarkdownReport;
import dev.tramway.bench.report.Report;
import dev.tramway.bench.report.Result;
import dev.tramway.bench.scenario.Journal;
import dev.tramway.bench.scenario.Lab;
import dev.tramway.bench.scenario.Plan;
import dev.tramway.bench.scenario.Scenario;
import dev.tramway.bench.scenario.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures several servers side by side and writes a report. */
@Command(
        name = "compare",
        description = {
            "Measures servers side by side, each and its load client in processes of their own, and writes a report:",
            "Markdown, JSON and plots. The table of targets is printed; progress goes to the error stream."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class CompareCommand implements Callable<Integer> {
    private static final List<String> QUICK = List.of(
            "tramway",
            "netty-epoll",
            Contender.RAW,
            Contender.ASIO,
            "tramway-adaptive",
            Contender.RAW_SPINNING,
            "tramway-jdk-tls");

    private static final List<String> FULL = Stream.concat(
                    QUICK.stream(),
                    Stream.of(
                            "netty-epoll-jdk-tls",
                            "tramway-nio",
                            "tramway-io_uring",
                            "netty-nio",
                            "netty-io_uring",
                            "vertx",
                            "smart-socket",
                            "jdk-nio",
                            "jdk-virtual"))
            .toList();

    @Option(names = "--quick", description = "few peers and short runs, for a first impression in eight minutes")
    private boolean quick;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = "targets (P1 to P10), chapters (six, scaling) or scenarios to measure; default: all")
    private Set<String> only = Set.of();

    @Option(
            names = "--peers",
            split = ",",
            paramLabel = "NAME",
            description =
                    "servers to measure, or HOST:PORT of one that runs already; default: all, or a few if --quick")
    private List<String> peers = List.of();

    @Option(names = "--repetitions", paramLabel = "COUNT", description = "runs of each server, instead of the plan's")
    private Optional<Integer> repetitions = Optional.empty();

    @Option(
            names = "--warmup",
            paramLabel = "SECONDS",
            description = "before the measured time of a new Java process, instead of the plan's")
    private Optional<Double> warmup = Optional.empty();

    @Option(names = "--seconds", paramLabel = "SECONDS", description = "measured, of each run, instead of the plan's")
    private Optional<Double> seconds = Optional.empty();

    @Option(names = "--report", paramLabel = "DIRECTORY", description = "where the report goes (${DEFAULT-VALUE})")
    private Path directory = Path.of("benchmarks", "report");

    @Option(
            names = "--resume",
            description = "goes on where the last run into the same directory has ended; give it the same options")
    private boolean resume;

    @Option(names = "--list", description = "lists the scenarios and the peers")
    private boolean list;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var scenarios = chosen();
        if (list) {
            scenarios.forEach(
                    scenario -> spec.commandLine().getOut().println(scenario.target() + ' ' + scenario.key()));
            spec.commandLine().getOut().println("peers: " + String.join(",", FULL));
            return ExitCode.OK;
        }
        var pinning = Pinning.detect();
        var plan = plan();
        try (var programs = Programs.compile()) {
            var contenders = names().stream()
                    .map(name -> Contender.named(name, programs))
                    .toList();
            var journal = journal(plan);
            var results = measure(scenarios, contenders, plan, new Trial.Bench(programs, pinning), journal);
            var described = new LinkedHashMap<String, String>();
            contenders.forEach(contender -> described.put(contender.name(), contender.description()));
            publish(Comparison.of(Environment.facts(plan, pinning), described, results));
            return results.stream().allMatch(Result::complete) ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private List<Result> measure(
            List<Scenario> scenarios, List<Contender> contenders, Plan plan, Trial.Bench bench, Journal journal) {
        try (var progress = new BarProgress(spec.commandLine().getErr());
                var lab = new Lab(contenders, plan, bench, journal, progress)) {
            progress.expect(scenarios.stream()
                    .mapToInt(scenario -> scenario.trials(lab))
                    .sum());
            var results = new HashMap<String, Result>();
            int expected = 0;
            for (var scenario : lab.inTurn(scenarios)) {
                results.put(scenario.key(), scenario.run(lab));
                expected += scenario.trials(lab);
                progress.reached(expected);
            }
            return scenarios.stream()
                    .map(scenario -> Objects.requireNonNull(results.get(scenario.key())))
                    .toList();
        }
    }

    private void publish(Comparison comparison) throws IOException {
        Files.createDirectories(directory);
        for (var report : Report.all()) {
            report.write(comparison, directory);
        }
        var out = spec.commandLine().getOut();
        comparison.environment().forEach(fact -> out.println("* " + fact));
        MarkdownReport.verdicts(comparison, out);
        out.println();
        out.println("Report: " + directory.resolve("report.md"));
        out.flush();
    }

    private Journal journal(Plan plan) {
        var file = directory.resolve("trials-" + plan.seconds() + "s.jsonl");
        return resume ? Journal.resume(file) : Journal.begin(file);
    }

    private List<String> names() {
        return peers.isEmpty() ? quick ? QUICK : FULL : peers;
    }

    private Plan plan() {
        var base = quick ? Plan.quick() : Plan.full();
        return new Plan(
                repetitions.orElse(base.repetitions()),
                warmup.orElse(base.first()),
                base.warmup(),
                seconds.orElse(base.seconds()),
                base.fresh(),
                base.probes(),
                base.idle(),
                base.limit());
    }

    private List<Scenario> chosen() {
        var all = quick && only.isEmpty()
                ? Scenarios.compared()
                : Stream.concat(Scenarios.compared().stream(), Scenarios.scaling().stream())
                        .toList();
        var chosen = all.stream()
                .filter(scenario -> only.isEmpty() || only.contains(scenario.target()) || only.contains(scenario.key()))
                .toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("only: " + only + " (expected: some of "
                    + all.stream()
                            .flatMap(scenario -> Stream.of(scenario.target(), scenario.key()))
                            .distinct()
                            .toList()
                    + ")");
        }
        return chosen;
    }
}
