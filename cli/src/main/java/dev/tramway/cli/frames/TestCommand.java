package dev.tramway.cli.frames;

import dev.tramway.frames.TestResult;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code frames test}. */
@Command(name = "test", description = "Runs the tests in definitions.", mixinStandardHelpOptions = true)
final class TestCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Definitions.")
    private List<String> files = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        int failed = 0;
        for (String file : files) {
            List<TestResult> results = Definitions.open(file).test();
            for (TestResult result : results) {
                result.failure()
                        .ifPresent(failure -> out.println(result.place() + ": " + result.name() + ": " + failure));
            }
            long passed = results.stream().filter(TestResult::passed).count();
            out.println(file + ": " + passed + " of " + results.size() + " tests passed");
            failed += results.size() - (int) passed;
        }
        return failed == 0 ? 0 : 1;
    }
}
