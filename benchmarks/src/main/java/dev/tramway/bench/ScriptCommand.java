package dev.tramway.bench;

import dev.tramway.bench.script.ScriptBench;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures scripts. */
@Command(
        name = "script",
        description = {
            "Measures servers and clients that are scripts, each beside the same in plain Java, in processes of their own,",
            "and checks that nothing is lost and nothing overtakes. Needs Linux."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ScriptCommand implements Callable<Integer> {
    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            completionCandidates = Keys.class,
            description = "some of ${COMPLETION-CANDIDATES}; default: all")
    private Set<String> only = Set.of();

    @Option(names = "--seconds", paramLabel = "SECONDS", description = "of each measurement (${DEFAULT-VALUE})")
    private double seconds = 10;

    @Option(names = "--clients", paramLabel = "COUNT", description = "where there are many (${DEFAULT-VALUE})")
    private int clients = 1_500;

    @Option(names = "--idle", paramLabel = "COUNT", description = "connections that do nothing (${DEFAULT-VALUE})")
    private int idle = 10_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** What can be measured. */
    private static final class Keys implements Iterable<String> {
        private static final List<String> ALL = ScriptBench.keys();

        @Override
        public Iterator<String> iterator() {
            return ALL.iterator();
        }
    }

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        return ScriptBench.run(only, seconds, clients, idle, out) ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
