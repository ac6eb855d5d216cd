package dev.tramway.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** Runs the benchmarks of single parts; what follows is JMH's own command line. */
@Command(
        name = "micro",
        customSynopsis = "bench micro [--help] [JMH_ARGUMENT...]",
        description = {
            "Runs the JMH benchmarks of framing, send path, broadcast and timers.",
            "What follows is JMH's own command line: -l lists, -h explains, a word picks, '-prof gc' shows allocation."
        })
final class MicroCommand implements Callable<Integer> {
    @Option(names = "--help", usageHelp = true, description = "shows this; -h shows JMH's own help")
    @SuppressWarnings("UnusedVariable") // picocli's
    private boolean help;

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        try {
            return run(new CommandLineOptions(arguments.toArray(String[]::new)));
        } catch (CommandLineOptionException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static int run(CommandLineOptions options) throws Exception {
        if (options.shouldHelp()) {
            options.showHelp();
            return ExitCode.OK;
        }
        var runner = new Runner(options);
        if (options.shouldList()) {
            runner.list();
            return ExitCode.OK;
        }
        try {
            runner.run();
            return ExitCode.OK;
        } catch (NoBenchmarksException e) {
            throw new IllegalArgumentException("no benchmark matches", e);
        } catch (RunnerException e) {
            System.err.println(e.getMessage());
            return ExitCode.SOFTWARE;
        }
    }
}
